import type { HostState } from '@netfold/test-transcripts';
import {
  drawnId,
  drawnOfLinks,
  gatewayNetworkName,
  hasOwnResolver,
  hostsLines,
  membersOf,
  nobodys,
  notAllocated,
  withoutDnsPorts,
  type HostPicture,
  type InterfaceFact,
  type StackInterfaces,
} from './host-facts.ts';
import type {
  RecordedContainer,
  RecordedEndpoint,
  RecordedLink,
  RecordedNetwork,
  RecordedRoute,
} from './recorded-state.ts';

/** The recorded state of a host, as facts. */
export function recordedPicture(state: HostState): HostPicture {
  const containers = under<RecordedContainer>(state, 'engine/container/');
  const networks = under<RecordedNetwork>(state, 'engine/network/');
  const host: StackInterfaces = { owner: '', interfaces: interfacesOf(state, 'host') };
  const stacks = stackNames(state, containers).map((prefix) => ({
    owner: prefix.slice(prefix.indexOf('/') + 1),
    interfaces: interfacesOf(state, prefix),
  }));
  const facts: Record<string, unknown> = {
    'host/interfaces': host.interfaces,
    'host/routes': routesOf(state, 'host/route'),
    'host/routes6': routesOf(state, 'host/route6'),
    ...chainsOf(state, 'host', 'filter'),
    ...chainsOf(state, 'host', 'nat'),
    'host/listeners': listenersOf(state['host/listeners']),
    'host/proxies': state['host/proxies'],
    'host/forwarding': forwardingOf(state),
  };
  for (const [name, network] of networks) {
    facts[`network/${name}`] = networkFact(network, host.interfaces);
  }
  for (const [name, container] of containers) {
    Object.assign(facts, containerFacts(state, name, container, containers));
  }
  Object.assign(facts, dnsFacts(state));
  return { facts, drawn: drawnOf(containers, networks, host, stacks) };
}

/**
 * Whether nothing was under way: a node that joins a swarm is told so before it has made its
 * ingress network, and then a veth that is not up yet lies about.
 */
export function isAtRest(state: HostState): boolean {
  const links = [...under<RecordedLink>(state, 'host/link/').values()];
  return links.every((link) => !link.ifname.startsWith('veth') || link.flags.includes('UP'));
}

function under<Item>(state: HostState, prefix: string): Map<string, Item> {
  const keys = Object.keys(state).filter((key) => key.startsWith(prefix));
  return new Map(keys.map((key) => [key.slice(prefix.length), state[key] as Item]));
}

/** Who has a stack of his own: containers, and the namespace of the ingress network. */
function stackNames(
  state: HostState,
  containers: ReadonlyMap<string, RecordedContainer>,
): readonly string[] {
  const names = Object.keys(state).flatMap((key) => {
    const [, name = ''] = /^(container\/[^/]+|netns\/ingress_sbox)\/link\//.exec(key) ?? [];
    const mode = containers.get(name.replace('container/', ''))?.HostConfig.NetworkMode ?? '';
    return name === '' || mode.startsWith('container:') ? [] : [name];
  });
  return [...new Set(names)];
}

function interfacesOf(state: HostState, prefix: string): readonly InterfaceFact[] {
  const links = [...under<RecordedLink>(state, `${prefix}/link/`).values()];
  const isHost = prefix === 'host';
  return links
    .map((link) => interfaceFact(link, isHost))
    .toSorted((one, other) => one.index - other.index);
}

/**
 * The NIC of a recorded machine is itself a veth into another namespace: that end is no part of
 * the machine, and it takes number 0 of the namespaces that containers are numbered by.
 */
function interfaceFact(link: RecordedLink, isHost: boolean): InterfaceFact {
  const isNic = isHost && link.ifname === 'eth0';
  const kind = link.linkinfo?.info_kind ?? 'loopback';
  const namespace = link.link_netnsid ?? null;
  return {
    index: link.ifindex,
    name: link.ifname,
    kind: isNic ? 'nic' : kind,
    mac: link.address,
    mtu: link.mtu,
    isUp: link.flags.includes('UP'),
    hasCarrier: link.flags.includes('LOWER_UP'),
    state: link.operstate,
    master: link.master ?? null,
    peerIndex: isNic ? null : (link.link_index ?? null),
    peerNamespace: isNic || namespace === null ? null : namespace - (isHost ? 1 : 0),
    queueLength: link.txqlen ?? null,
    addresses: link.addr_info.map((one) => {
      const broadcast = one.broadcast === undefined ? '' : ` brd ${one.broadcast}`;
      return `${one.local}/${one.prefixlen}${broadcast} scope ${one.scope}`;
    }),
  };
}

function routesOf(state: HostState, section: string): readonly string[] {
  return ((state[section] ?? []) as readonly RecordedRoute[]).map(routeText);
}

const routeText = (route: RecordedRoute): string =>
  [
    route.dst,
    ...(route.gateway === undefined ? [] : ['via', route.gateway]),
    'dev',
    route.dev,
    ...(route.protocol === undefined ? [] : ['proto', route.protocol]),
    ...(route.scope === undefined ? [] : ['scope', route.scope]),
    ...(route.prefsrc === undefined ? [] : ['src', route.prefsrc]),
    ...(route.metric === undefined ? [] : ['metric', String(route.metric)]),
    ...route.flags,
  ].join(' ');

/** `iptables-save` by chain: the policy, then the rules in their order. */
function chainsOf(state: HostState, prefix: string, table: string): Record<string, unknown> {
  const lines = withoutDnsPorts((state[`${prefix}/${table}`] ?? []) as readonly string[]);
  const chains: Record<string, string[]> = {};
  for (const line of lines) {
    const [, chain, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (chain !== undefined) chains[`${prefix}/${table}/${chain}`] = [`policy ${policy}`];
    const [, changed, rule] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    if (changed !== undefined) chains[`${prefix}/${table}/${changed}`]?.push(rule ?? '');
  }
  return chains;
}

/** `ss` prints `[::]` for what listens on IPv6 only and `*` for both: here they are the same. */
function listenersOf(section: unknown): readonly string[] {
  return ((section ?? []) as readonly string[])
    .map((line) => {
      const [protocol, state, , , local = ''] = line.split(/\s+/);
      return `${protocol} ${state} ${local.replace('*:', '[::]:')}`;
    })
    .toSorted();
}

type RecordedForwarding = { mac: string; ifname: string; master?: string; state: string };

/** What a bridge keeps of its own ports; what it learnt has depended on traffic. */
function forwardingOf(state: HostState): readonly string[] {
  const entries = [...under<RecordedForwarding[]>(state, 'host/fdb/').values()].flat();
  return entries
    .filter(({ master, state: kept }) => master !== undefined && kept === 'permanent')
    .map(({ mac, ifname, master }) => `${mac} dev ${ifname} master ${master}`);
}

function networkFact(network: RecordedNetwork, links: readonly InterfaceFact[]): object {
  // A swarm network whose subnet is not free yet has a name and nothing else.
  if (network.Driver === '') return notAllocated;
  const config = network.IPAM.Config ?? [];
  return {
    driver: network.Driver,
    scope: network.Scope,
    isInternal: network.Internal,
    isAttachable: network.Attachable,
    isIngress: network.Ingress,
    isIPv6Enabled: network.EnableIPv6,
    isConfigOnly: network.ConfigOnly,
    configFrom: network.ConfigFrom.Network,
    ipamDriver: network.IPAM.Driver,
    options: network.Options ?? {},
    labels: network.Labels ?? {},
    pools: config.map((pool) => ({
      subnet: pool.Subnet,
      ipRange: pool.IPRange ?? '',
      gateway: pool.Gateway ?? gatewayOnBridge(network, links, pool.Subnet),
      auxAddresses: pool.AuxiliaryAddresses ?? {},
    })),
    members: membersOf(
      network.Name,
      Object.values(network.Containers ?? {}).map((member) => {
        const { Name, MacAddress, IPv4Address, IPv6Address } = member;
        const isEngines = network.Scope === 'swarm' && Name === `${network.Name}-endpoint`;
        const addresses = [MacAddress, IPv4Address, IPv6Address].filter(Boolean).join(' ');
        return [isEngines ? '' : Name, addresses];
      }),
    ),
  };
}

/** `inspect` keeps silent about a gateway that the engine chose itself; the bridge has it. */
function gatewayOnBridge(
  network: RecordedNetwork,
  links: readonly InterfaceFact[],
  subnet: string,
): string {
  const named = network.Options?.['com.docker.network.bridge.name'];
  const bridge = links.find(({ name }) => name === (named ?? `br-${network.Id.slice(0, 12)}`));
  const length = subnet.slice(subnet.indexOf('/'));
  const family = subnet.includes(':') ? ':' : '.';
  const address = bridge?.addresses
    .map((text) => text.split(' ')[0] ?? '')
    .find((text) => text.includes(family) && text.endsWith(length));
  return address?.split('/')[0] ?? '';
}

function containerFacts(
  state: HostState,
  name: string,
  container: RecordedContainer,
  all: ReadonlyMap<string, RecordedContainer>,
): Record<string, unknown> {
  const own = `container/${name}`;
  const { State, Config, HostConfig, NetworkSettings } = container;
  const facts: Record<string, unknown> = {
    [own]: {
      status: State.Status,
      exitCode: State.ExitCode,
      error: State.Error,
      image: Config.Image,
      command: [container.Path, ...container.Args].filter((word) => word !== ''),
      hostname: Config.Hostname,
      networkMode: HostConfig.NetworkMode,
      labels: Config.Labels ?? {},
      stack: State.Running ? stackOf(state, name, all) : null,
      // A start that failed may leave addresses behind here that nobody has any more.
      endpoints: State.Running ? endpointsOf(NetworkSettings.Networks) : {},
      ports: portsOf(NetworkSettings.Ports),
    },
  };
  const netns = state[`${own}/netns`];
  if (netns === undefined || isHost(netns)) return facts;
  const interfaces = interfacesOf(state, own);
  const addresses = interfaces.flatMap((one) =>
    one.name === 'lo' ? [] : one.addresses.map((text) => text.split('/')[0] ?? ''),
  );
  facts[`${own}/interfaces`] = interfaces;
  facts[`${own}/routes`] = routesOf(state, `${own}/route`);
  facts[`${own}/routes6`] = routesOf(state, `${own}/route6`);
  facts[`${own}/hosts`] = hostsLines(linesOf(state[`${own}/hosts`]), addresses);
  facts[`${own}/resolv`] = linesOf(state[`${own}/resolv`]);
  return Object.assign(facts, chainsOf(state, own, 'nat'));
}

const isHost = (netns: unknown): boolean => linesOf(netns)[0] === 'host';

const linesOf = (section: unknown): readonly string[] => (section ?? []) as readonly string[];

/** Whose stack it sees: `host`, its own, or that of another container. */
function stackOf(
  state: HostState,
  name: string,
  all: ReadonlyMap<string, RecordedContainer>,
): string {
  const netns = linesOf(state[`container/${name}/netns`])[0] ?? '';
  if (netns === 'host') return 'host';
  const owner = [...all].find(
    ([other, { HostConfig }]) =>
      !HostConfig.NetworkMode.startsWith('container:') &&
      linesOf(state[`container/${other}/netns`])[0] === netns,
  );
  return owner === undefined ? nobodys : `of ${owner[0]}`;
}

function endpointsOf(networks: Readonly<Record<string, RecordedEndpoint | null>>): object {
  return Object.fromEntries(
    Object.entries(networks)
      .filter((entry): entry is [string, RecordedEndpoint] => (entry[1]?.EndpointID ?? '') !== '')
      .filter(([name]) => name !== gatewayNetworkName)
      .map(([name, endpoint]): [string, object] => [name, endpointFact(endpoint)])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function endpointFact(endpoint: RecordedEndpoint): object {
  const { IPAddress, IPPrefixLen, GlobalIPv6Address, GlobalIPv6PrefixLen } = endpoint;
  return {
    ipv4: IPAddress === '' ? '' : `${IPAddress}/${IPPrefixLen}`,
    ipv6: GlobalIPv6Address === '' ? '' : `${GlobalIPv6Address}/${GlobalIPv6PrefixLen}`,
    mac: endpoint.MacAddress,
    gateway: endpoint.Gateway,
    aliases: endpoint.Aliases ?? [],
  };
}

function portsOf(ports: RecordedContainer['NetworkSettings']['Ports']): readonly string[] {
  return Object.entries(ports ?? {})
    .flatMap(([port, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => `${HostIp} ${HostPort} -> ${port}`),
    )
    .toSorted();
}

/** What was found; a name that nobody has leaves no fact. */
function dnsFacts(state: HostState): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [key, lines] of under<readonly string[]>(state, 'dns/')) {
    const addresses = lines.flatMap((line) => /^Address(?: \d+)?: (\S+)/.exec(line)?.[1] ?? []);
    const [container, name = ''] = key.split('/');
    const resolv = linesOf(state[`container/${container}/resolv`]);
    if (addresses.length > 0 && hasOwnResolver(resolv)) {
      facts[`dns/${container}/${name.toLowerCase()}`] = addresses.toSorted();
    }
  }
  return facts;
}

function drawnOf(
  containers: ReadonlyMap<string, RecordedContainer>,
  networks: ReadonlyMap<string, RecordedNetwork>,
  host: StackInterfaces,
  stacks: readonly StackInterfaces[],
): ReadonlyMap<string, string> {
  const drawn = new Map(drawnOfLinks(host, stacks));
  for (const [name, network] of networks) {
    for (const [raw, token] of drawnId(network.Id, `network ${name}`)) drawn.set(raw, token);
    drawn.set(`br-${network.Id.slice(0, 12)}`, `<bridge ${name}>`);
  }
  for (const [name, container] of containers) {
    for (const [raw, token] of drawnId(container.Id, `container ${name}`)) drawn.set(raw, token);
  }
  return drawn;
}
