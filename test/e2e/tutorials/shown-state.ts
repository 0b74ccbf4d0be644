import type { TestServer } from '../server.ts';

/** What GraphQL shows of a host, as far as it is compared: the selections below name each field. */
type ShownAddress = {
  readonly address: string;
  readonly broadcast: string | null;
  readonly scope: string;
};

export type ShownInterface = {
  readonly interfaceIndex: number;
  readonly name: string;
  readonly kind: string;
  readonly mac: string;
  readonly mtuBytes: number;
  readonly isUp: boolean;
  readonly hasCarrier: boolean;
  readonly operationalState: string;
  readonly master: string | null;
  readonly peerInterfaceIndex: number | null;
  readonly peerNamespaceNumber: number | null;
  readonly queueLength: number | null;
  readonly addresses: readonly ShownAddress[];
};

export type ShownRoute = {
  readonly destination: string;
  readonly family: number;
  readonly gateway: string | null;
  readonly device: string;
  readonly protocol: string | null;
  readonly scope: string;
  readonly source: string | null;
  readonly metric: number;
  readonly isLinkDown: boolean;
};

export type Negatable = { readonly value: string; readonly negated: boolean };

export type ShownRule = {
  readonly family: number;
  readonly table: string;
  readonly chain: string;
  readonly match: {
    readonly source: Negatable | null;
    readonly destination: Negatable | null;
    readonly inInterface: Negatable | null;
    readonly outInterface: Negatable | null;
    readonly protocol: string | null;
    readonly destinationPort: number | null;
    readonly sourcePort: number | null;
    readonly connectionStates: readonly string[] | null;
    readonly destinationType: string | null;
  };
  readonly target: {
    readonly kind: string;
    readonly chain: string | null;
    readonly to: string | null;
    readonly rejectWith: string | null;
  };
};

type ShownChain = {
  readonly family: number;
  readonly table: string;
  readonly name: string;
  readonly policy: string | null;
};

type KeyValue = { readonly name: string; readonly value: string };

export type ShownContainer = {
  readonly containerId: string;
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly status: string;
  readonly exitCode: number;
  readonly error: string | null;
  readonly networkMode: string;
  readonly hostname: string;
  readonly labels: readonly KeyValue[];
  readonly sandbox: { readonly sandboxId: string; readonly container: Named | null } | null;
};

type Named = { readonly name: string };

export type ShownEndpoint = {
  readonly endpointId: string;
  readonly network: { readonly networkId: string };
  readonly networkName: string;
  readonly container: Named | null;
  readonly sandbox: { readonly sandboxId: string } | null;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
  readonly mac: string;
  readonly gateway: string | null;
  readonly isGatewayEndpoint: boolean;
  readonly interfaceIndex: number | null;
  readonly aliases: readonly string[];
};

export type ShownNetwork = {
  readonly networkId: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  readonly isIngress: boolean;
  readonly isIPv6Enabled: boolean;
  readonly isConfigOnly: boolean;
  readonly configFrom: string | null;
  readonly ipamDriver: string;
  readonly vnis: readonly number[];
  readonly pools: readonly {
    readonly subnet: string;
    readonly ipRange: string | null;
    readonly gateway: string | null;
    readonly auxAddresses: readonly KeyValue[];
  }[];
  readonly options: readonly KeyValue[];
  readonly labels: readonly KeyValue[];
};

export type ShownSandbox = {
  readonly sandboxId: string;
  readonly container: Named | null;
  readonly hostsFile: string;
  readonly resolvConf: string;
  readonly interfaces: readonly ShownInterface[];
  readonly routes: readonly ShownRoute[];
  readonly rules: { readonly nodes: readonly ShownRule[] };
};

export type ShownState = {
  readonly interfaces: readonly ShownInterface[];
  readonly routes: readonly ShownRoute[];
  readonly chains: readonly ShownChain[];
  readonly rules: readonly ShownRule[];
  readonly forwardings: readonly {
    readonly namespace: string;
    readonly device: string;
    readonly mac: string;
    readonly bridge: string | null;
    readonly isPermanent: boolean;
  }[];
  readonly sockets: readonly {
    readonly protocol: string;
    readonly localAddress: string;
    readonly localPort: number;
    readonly state: string;
  }[];
  readonly processes: readonly { readonly command: readonly string[] }[];
  readonly containers: readonly ShownContainer[];
  readonly endpoints: readonly ShownEndpoint[];
  readonly networks: readonly ShownNetwork[];
  readonly publishedPorts: readonly {
    readonly protocol: string;
    readonly hostIp: string;
    readonly hostPort: number;
    readonly containerPort: number;
    readonly container: Named | null;
  }[];
  readonly dnsNames: readonly {
    readonly host: Named;
    readonly network: { readonly networkId: string; readonly scope: string };
    readonly name: string;
    readonly address: string;
  }[];
  readonly sandboxes: readonly ShownSandbox[];
};

const interfaceFields = `interfaceIndex name kind mac mtuBytes isUp hasCarrier operationalState
  master peerInterfaceIndex peerNamespaceNumber queueLength
  addresses { address broadcast scope }`;
const routeFields = 'destination family gateway device protocol scope source metric isLinkDown';
const dnsNameFields = 'host { name } network { networkId scope } name address';
const ruleFields = `family table chain
  match { source { value negated } destination { value negated }
    inInterface { value negated } outInterface { value negated }
    protocol destinationPort sourcePort connectionStates destinationType }
  target { kind chain to rejectWith }`;

type Collection = {
  readonly name: keyof ShownState;
  readonly first: number;
  readonly fields: string;
};

/** In groups that one query may ask for at once: what a query may cost is limited. */
const groups: readonly (readonly Collection[])[] = [
  [
    { name: 'interfaces', first: 60, fields: interfaceFields },
    { name: 'routes', first: 100, fields: routeFields },
    { name: 'chains', first: 20, fields: 'family table name policy' },
    { name: 'rules', first: 200, fields: ruleFields },
    { name: 'forwardings', first: 100, fields: 'namespace device mac bridge isPermanent' },
    { name: 'sockets', first: 100, fields: 'protocol localAddress localPort state' },
    { name: 'processes', first: 200, fields: 'command' },
  ],
  [
    {
      name: 'networks',
      first: 40,
      fields: `networkId name driver scope isInternal isAttachable isIngress isIPv6Enabled
        isConfigOnly configFrom ipamDriver vnis pools { subnet ipRange gateway
        auxAddresses { name value } } options { name value } labels { name value }`,
    },
    {
      name: 'containers',
      first: 60,
      fields: `containerId name image command status exitCode error networkMode hostname
        labels { name value } sandbox { sandboxId container { name } }`,
    },
    {
      name: 'endpoints',
      first: 100,
      fields: `endpointId network { networkId } networkName container { name }
        sandbox { sandboxId } ipv4 ipv6 mac gateway isGatewayEndpoint interfaceIndex aliases`,
    },
    {
      name: 'publishedPorts',
      first: 100,
      fields: 'protocol hostIp hostPort containerPort container { name }',
    },
    { name: 'dnsNames', first: 200, fields: dnsNameFields },
  ],
  [
    {
      name: 'sandboxes',
      first: 30,
      fields: `sandboxId container { name } hostsFile resolvConf
        interfaces { ${interfaceFields} } routes { ${routeFields} }
        rules(first: 10) { nodes { ${ruleFields} } }`,
    },
  ],
];

type Page = {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
type ShownLab = {
  readonly version: number;
  readonly host: Readonly<Record<string, Page>>;
};

/** What happens by itself makes a version now and then, not one after the other. */
const readsMax = 20;

export type LabPlace = {
  readonly server: TestServer;
  readonly lab: string;
  /** At least this version is read. */
  readonly version: number;
};

/**
 * Reads everything that is compared of one host, page by page, all of one version: programs that
 * end make new ones meanwhile.
 */
export async function readShownState(place: LabPlace, host: string): Promise<ShownState> {
  for (let read = 1; read <= readsMax; read += 1) {
    const versions = new Set<number>();
    const parts = await Promise.all(
      groups.map((group) => readGroup({ ...place, versions }, host, group)),
    );
    if (versions.size === 1) return Object.assign({}, ...parts) as ShownState;
  }
  throw new Error(`lab ${place.lab} had another version in each of ${readsMax} reads`);
}

type ReadPlace = LabPlace & { readonly versions: Set<number> };

async function readGroup(
  place: ReadPlace,
  host: string,
  group: readonly Collection[],
): Promise<object> {
  const read: Record<string, unknown[]> = {};
  let open = group.map((collection) => ({ collection, after: null as string | null }));
  while (open.length > 0) {
    const shown = await readPages(place, host, open);
    place.versions.add(shown.version);
    const next: typeof open = [];
    for (const { collection } of open) {
      const page = shown.host[collection.name];
      (read[collection.name] ??= []).push(...(page?.nodes ?? []));
      const after = page?.pageInfo.endCursor ?? null;
      if (page?.pageInfo.hasNextPage === true) next.push({ collection, after });
    }
    open = next;
  }
  return read;
}

async function readPages(
  { server, lab, version }: LabPlace,
  host: string,
  open: readonly { readonly collection: Collection; readonly after: string | null }[],
): Promise<ShownLab> {
  const fields = open.map(
    ({ collection: { name, first, fields: selection }, after }) =>
      `${name}(first: ${first}, after: ${JSON.stringify(after)}) {
        nodes { ${selection} } pageInfo { hasNextPage endCursor } }`,
  );
  const query = `query ($lab: String!, $version: LabVersion, $host: String!) {
    lab(name: $lab, atLeastVersion: $version) {
      version host(name: $host) { ${fields.join('\n')} } } }`;
  const answer = await server.ask<{ readonly lab: ShownLab }>(query, { lab, version, host });
  return answer.lab;
}
