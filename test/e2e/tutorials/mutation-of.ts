import type { ApiExchange } from '@netfold/test-transcripts';

/** A mutation with its input but for the lab, or a look at what should not be there. */
export type Asked =
  | { readonly kind: 'mutation'; readonly name: string; readonly input: Input }
  | { readonly kind: 'look'; readonly field: 'network' | 'container'; readonly reference: string };

export type Input = Readonly<Record<string, unknown>>;

type Words = Readonly<Record<string, string>>;

type Route = {
  readonly method: string;
  readonly path: RegExp;
  ask(reference: string, query: URLSearchParams, body: never): Asked;
};

/** What the client sent to create a container. Members without a value were not recorded. */
type ContainerBody = {
  readonly Image: string;
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly Labels?: Words;
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly MacAddress?: string;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly NetworkingConfig?: {
    readonly EndpointsConfig?: Readonly<Record<string, EndpointBody>>;
  };
  readonly HostConfig: {
    readonly NetworkMode?: string;
    readonly PortBindings?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[]>
    >;
    readonly PublishAllPorts?: boolean;
    readonly Links?: readonly string[];
    readonly Dns?: readonly string[];
    readonly DnsSearch?: readonly string[];
    readonly DnsOptions?: readonly string[];
    readonly ExtraHosts?: readonly string[];
    readonly AutoRemove?: boolean;
    readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number };
  };
};

type EndpointBody = {
  readonly Aliases?: readonly string[];
  readonly Links?: readonly string[];
  readonly MacAddress?: string;
  readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string };
};

type NetworkBody = {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly EnableIPv6?: boolean;
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network?: string };
  readonly Options?: Words;
  readonly Labels?: Words;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Options?: Words;
    readonly Config?: readonly {
      readonly Subnet?: string;
      readonly IPRange?: string;
      readonly Gateway?: string;
      readonly AuxAddress?: Words;
      readonly AuxiliaryAddresses?: Words;
    }[];
  };
};

type ConnectBody = { readonly Container?: string; readonly EndpointConfig?: EndpointBody };
type DisconnectBody = { readonly Container?: string; readonly Force?: boolean };
type SwarmBody = {
  readonly ListenAddr?: string;
  readonly AdvertiseAddr?: string;
  readonly SubnetSize?: number;
  readonly DefaultAddrPool?: readonly string[];
  readonly RemoteAddrs?: readonly string[];
  readonly JoinToken?: string;
};

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/networks\/create$/,
    ask: (_, query, body: NetworkBody) => mutation('networkCreate', networkInput(body)),
  },
  {
    method: 'POST',
    path: /^\/networks\/prune$/,
    ask: (_, query) => mutation('networkPrune', { filters: filtersOf(query.get('filters')) }),
  },
  {
    method: 'POST',
    path: /^\/networks\/([^/]*)\/connect$/,
    ask: (network, query, body: ConnectBody) => {
      const endpoint = body.EndpointConfig;
      const wish = endpoint === undefined ? {} : { endpoint: endpointInput(endpoint) };
      return mutation('networkConnect', { network, container: body.Container ?? '', ...wish });
    },
  },
  {
    method: 'POST',
    path: /^\/networks\/([^/]*)\/disconnect$/,
    ask: (network, query, body: DisconnectBody) => {
      const force = body.Force ?? false;
      return mutation('networkDisconnect', { network, container: body.Container ?? '', force });
    },
  },
  {
    method: 'DELETE',
    path: /^\/networks\/([^/]*)$/,
    ask: (network) => mutation('networkRemove', { network }),
  },
  {
    method: 'GET',
    path: /^\/networks\/([^/]*)$/,
    ask: (reference) => ({ kind: 'look', field: 'network', reference }),
  },
  {
    method: 'GET',
    path: /^\/containers\/([^/]*)\/json$/,
    ask: (reference) => ({ kind: 'look', field: 'container', reference }),
  },
  {
    method: 'POST',
    path: /^\/containers\/create$/,
    ask: (_, query, body: ContainerBody) =>
      mutation('containerCreate', { name: query.get('name') ?? '', ...containerInput(body) }),
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]*)\/(?:start|pause|unpause)$/,
    ask: (container) => mutation('', { container }),
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]*)\/(?:stop|restart)$/,
    ask: (container, query) => {
      const seconds = query.get('t');
      return mutation('', { container, timeoutSeconds: seconds === null ? null : Number(seconds) });
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]*)\/kill$/,
    ask: (container, query) => {
      const signal = query.get('signal');
      return mutation('', { container, ...(signal === null ? {} : { signal }) });
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]*)\/rename$/,
    ask: (container, query) => mutation('', { container, name: query.get('name') ?? '' }),
  },
  {
    method: 'DELETE',
    path: /^\/containers\/([^/]*)$/,
    ask: (container, query) => {
      const [force, link] = [isTrue(query.get('force')), isTrue(query.get('link'))];
      return mutation('containerRemove', { container, force, link });
    },
  },
  {
    method: 'POST',
    path: /^\/swarm\/init$/,
    ask: (_, query, body: SwarmBody) =>
      mutation('swarmInit', {
        listenAddress: body.ListenAddr,
        advertiseAddress: body.AdvertiseAddr ?? '',
        defaultAddressPools: body.DefaultAddrPool ?? [],
        subnetSize: body.SubnetSize ?? 0,
      }),
  },
  {
    method: 'POST',
    path: /^\/swarm\/join$/,
    ask: (_, query, body: SwarmBody) =>
      mutation('swarmJoin', {
        listenAddress: body.ListenAddr,
        advertiseAddress: body.AdvertiseAddr ?? '',
        remoteAddresses: body.RemoteAddrs ?? [],
        token: body.JoinToken ?? '',
      }),
  },
  {
    method: 'POST',
    path: /^\/swarm\/leave$/,
    ask: (_, query) => mutation('swarmLeave', { force: isTrue(query.get('force')) }),
  },
];

/** @returns the same request in words of GraphQL; `null` where GraphQL has none for it */
export function askedBy({ method, path, request }: ApiExchange): Asked | null {
  const url = new URL(path.replace(/^\/v[\d.]+/, ''), 'http://engine');
  for (const route of routes) {
    const match = route.path.exec(url.pathname);
    if (route.method !== method || match === null) continue;
    const reference = decodeURIComponent(match[1] ?? '');
    const asked = route.ask(reference, url.searchParams, (request ?? {}) as never);
    if (asked.kind === 'look' || asked.name !== '') return asked;
    return { ...asked, name: containerMutation(url.pathname) };
  }
  return null;
}

const mutation = (name: string, input: Input): Asked => ({ kind: 'mutation', name, input });

/** `/containers/web/stop` is `containerStop`. */
function containerMutation(path: string): string {
  const verb = path.slice(path.lastIndexOf('/') + 1);
  return `container${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
}

const isTrue = (value: string | null): boolean =>
  value !== null && ['1', 'true', 'True', 'TRUE', 't', 'T'].includes(value);

const pairsOf = (words: Words = {}): readonly object[] =>
  Object.entries(words).map(([name, value]) => ({ name, value }));

/** Docker sends `{"label": ["a=b"]}`, older clients `{"label": {"a=b": true}}`. */
function filtersOf(text: string | null): readonly object[] {
  const filters = JSON.parse(text ?? '{}') as Record<string, string[] | Record<string, boolean>>;
  return Object.entries(filters).map(([name, values]) => ({
    name,
    values: Array.isArray(values) ? values : Object.keys(values),
  }));
}

function networkInput(body: NetworkBody): Input {
  const { IPAM } = body;
  return {
    name: body.Name ?? '',
    ...(body.Driver === undefined ? {} : { driver: body.Driver }),
    scope: body.Scope ?? '',
    isInternal: body.Internal ?? false,
    isAttachable: body.Attachable ?? false,
    isIngress: body.Ingress ?? false,
    isIPv6Enabled: body.EnableIPv6 ?? false,
    isConfigOnly: body.ConfigOnly ?? false,
    configFrom: body.ConfigFrom?.Network ?? '',
    options: pairsOf(body.Options),
    labels: pairsOf(body.Labels),
    ...(IPAM?.Driver === undefined ? {} : { ipamDriver: IPAM.Driver }),
    pools: (IPAM?.Config ?? []).map((pool) => ({
      subnet: pool.Subnet ?? '',
      ipRange: pool.IPRange ?? '',
      gateway: pool.Gateway ?? '',
      auxAddresses: pairsOf(pool.AuxiliaryAddresses ?? pool.AuxAddress),
    })),
  };
}

const endpointInput = (body: EndpointBody): Input => ({
  ipv4Address: body.IPAMConfig?.IPv4Address ?? '',
  ipv6Address: body.IPAMConfig?.IPv6Address ?? '',
  aliases: body.Aliases ?? [],
  links: body.Links ?? [],
  macAddress: body.MacAddress ?? '',
});

function containerInput(body: ContainerBody): Input {
  const { HostConfig: host } = body;
  return {
    image: body.Image,
    command: body.Cmd ?? null,
    entrypoint: body.Entrypoint ?? null,
    environment: body.Env ?? [],
    labels: pairsOf(body.Labels),
    hostname: body.Hostname ?? '',
    domainname: body.Domainname ?? '',
    macAddress: body.MacAddress ?? '',
    tty: body.Tty ?? false,
    openStdin: body.OpenStdin ?? false,
    networkMode: host.NetworkMode ?? 'default',
    publish: Object.entries(host.PortBindings ?? {}).flatMap(([containerPort, bindings]) =>
      bindings.map(({ HostIp, HostPort }) => ({
        containerPort,
        hostIp: HostIp ?? '',
        hostPort: HostPort ?? '',
      })),
    ),
    publishAllPorts: host.PublishAllPorts ?? false,
    links: host.Links ?? [],
    dns: host.Dns ?? [],
    dnsSearch: host.DnsSearch ?? [],
    dnsOptions: host.DnsOptions ?? [],
    extraHosts: host.ExtraHosts ?? [],
    autoRemove: host.AutoRemove ?? false,
    restartPolicy: {
      name: host.RestartPolicy?.Name ?? '',
      maximumRetryCount: host.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    endpoints: Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {}).map(
      ([network, endpoint]) => ({ network, ...endpointInput(endpoint) }),
    ),
  };
}
