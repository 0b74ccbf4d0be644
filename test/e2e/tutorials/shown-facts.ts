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
import { ruleText } from './rule-text.ts';
import type {
  ShownContainer,
  ShownEndpoint,
  ShownInterface,
  ShownNetwork,
  ShownRoute,
  ShownRule,
  ShownSandbox,
  ShownState,
} from './shown-state.ts';

/** A host as GraphQL shows it, as facts. @param host its name in the lab */
export function shownPicture(state: ShownState, host: string): HostPicture {
  const stack: StackInterfaces = { owner: '', interfaces: state.interfaces.map(interfaceFact) };
  const stacks = state.sandboxes.map((sandbox) => ({
    owner: sandbox.container?.name ?? 'ingress_sbox',
    interfaces: sandbox.interfaces.map(interfaceFact),
  }));
  const facts: Record<string, unknown> = {
    'host/interfaces': stack.interfaces,
    'host/routes': routesOf(state.routes, 4),
    'host/routes6': routesOf(state.routes, 6),
    ...hostChains(state),
    'host/listeners': listenersOf(state),
    'host/proxies': proxiesOf(state),
    'host/forwarding': state.forwardings
      .filter(({ namespace, bridge }) => namespace === '' && bridge !== null)
      .filter(({ isPermanent }) => isPermanent)
      .map(({ mac, device, bridge }) => `${mac} dev ${device} master ${bridge}`),
  };
  for (const network of state.networks) {
    facts[`network/${network.name}`] = networkFact(network, state);
  }
  for (const container of state.containers) Object.assign(facts, containerFacts(container, state));
  Object.assign(facts, dnsFacts(state, host));
  return { facts, drawn: drawnOf(state, stack, stacks) };
}

function interfaceFact(link: ShownInterface): InterfaceFact {
  return {
    index: link.interfaceIndex,
    name: link.name,
    kind: link.kind.toLowerCase(),
    mac: link.mac,
    mtu: link.mtuBytes,
    isUp: link.isUp,
    hasCarrier: link.hasCarrier,
    state: link.operationalState,
    master: link.master,
    peerIndex: link.peerInterfaceIndex,
    peerNamespace: link.peerNamespaceNumber,
    queueLength: link.queueLength,
    addresses: link.addresses.map(({ address, broadcast, scope }) =>
      [
        address,
        ...(broadcast === null ? [] : ['brd', broadcast]),
        'scope',
        scope.toLowerCase(),
      ].join(' '),
    ),
  };
}

function routesOf(routes: readonly ShownRoute[], family: number): readonly string[] {
  return routes
    .filter((route) => route.family === family)
    .map((route) =>
      [
        route.destination,
        ...(route.gateway === null ? [] : ['via', route.gateway]),
        'dev',
        route.device,
        ...(route.protocol === 'KERNEL' ? ['proto', 'kernel'] : []),
        ...(route.scope === 'LINK' && family === 4 ? ['scope', 'link'] : []),
        ...(route.source === null ? [] : ['src', route.source]),
        ...(route.metric === 0 ? [] : ['metric', String(route.metric)]),
        ...(route.isLinkDown ? ['linkdown'] : []),
      ].join(' '),
    );
}

function hostChains(state: ShownState): Record<string, unknown> {
  const chains: Record<string, string[]> = {};
  for (const { family, table, name, policy } of state.chains) {
    if (family === 4) chains[`host/${table.toLowerCase()}/${name}`] = [`policy ${policy ?? '-'}`];
  }
  for (const rule of state.rules) {
    if (rule.family === 4)
      chains[`host/${rule.table.toLowerCase()}/${rule.chain}`]?.push(ruleText(rule));
  }
  return chains;
}

/** The builtin chains of the nat table are there in every stack, whether anything is in them. */
const builtinNatChains = ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'];

function sandboxChains(own: string, rules: readonly ShownRule[]): Record<string, unknown> {
  const chains: Record<string, string[]> = {};
  for (const name of builtinNatChains) chains[`${own}/nat/${name}`] = ['policy ACCEPT'];
  const texts = withoutDnsPorts(rules.map(ruleText));
  for (const [at, { chain }] of rules.entries()) {
    (chains[`${own}/nat/${chain}`] ??= ['policy -']).push(texts[at] ?? '');
  }
  return chains;
}

function listenersOf(state: ShownState): readonly string[] {
  return state.sockets
    .map(({ protocol, localAddress, localPort, state: socketState }) => {
      const address = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
      return `${protocol.toLowerCase().slice(0, 3)} ${socketState} ${address}:${localPort}`;
    })
    .toSorted();
}

function proxiesOf(state: ShownState): readonly string[] {
  return state.processes
    .map(({ command }) => command.join(' '))
    .filter((line) => line.startsWith('/usr/sbin/docker-proxy'))
    .toSorted();
}

function networkFact(network: ShownNetwork, state: ShownState): object {
  if (network.scope === 'SWARM' && network.vnis.length === 0) return notAllocated;
  const members = state.endpoints.filter(
    (endpoint) => endpoint.network.networkId === network.networkId,
  );
  return {
    driver: network.driver,
    scope: network.scope.toLowerCase(),
    isInternal: network.isInternal,
    isAttachable: network.isAttachable,
    isIngress: network.isIngress,
    isIPv6Enabled: network.isIPv6Enabled,
    isConfigOnly: network.isConfigOnly,
    configFrom: network.configFrom ?? '',
    ipamDriver: network.ipamDriver,
    options: { ...recordOf(network.options), ...vxlanIds(network) },
    labels: recordOf(network.labels),
    pools: network.pools.map((pool) => ({
      subnet: pool.subnet,
      ipRange: pool.ipRange ?? '',
      gateway: pool.gateway ?? '',
      auxAddresses: recordOf(pool.auxAddresses),
    })),
    members: membersOf(
      network.name,
      members.map((endpoint) => [
        endpoint.container?.name ?? '',
        [endpoint.mac, endpoint.ipv4, endpoint.ipv6].filter(Boolean).join(' '),
      ]),
    ),
  };
}

/** What `inspect` shows as an option of an overlay is a field of its own. */
const vxlanIds = ({ vnis }: ShownNetwork): Record<string, string> =>
  vnis.length === 0 ? {} : { 'com.docker.network.driver.overlay.vxlanid_list': vnis.join(',') };

const recordOf = (
  entries: readonly { readonly name: string; readonly value: string }[],
): Record<string, string> => Object.fromEntries(entries.map(({ name, value }) => [name, value]));

function containerFacts(container: ShownContainer, state: ShownState): Record<string, unknown> {
  const own = `container/${container.name}`;
  const isRunning = container.status === 'RUNNING' || container.status === 'PAUSED';
  const { sandbox } = container;
  const facts: Record<string, unknown> = {
    [own]: {
      status: container.status.toLowerCase(),
      exitCode: container.exitCode,
      error: container.error ?? '',
      image: container.image,
      command: container.command,
      hostname: container.hostname,
      networkMode: container.networkMode,
      labels: recordOf(container.labels),
      stack: isRunning ? stackOf(container, state) : null,
      endpoints: endpointsOf(container, state),
      ports: state.publishedPorts
        .filter((port) => port.container?.name === container.name)
        .map(
          ({ hostIp, hostPort, containerPort, protocol }) =>
            `${hostIp} ${hostPort} -> ${containerPort}/${protocol.toLowerCase()}`,
        )
        .toSorted(),
    },
  };
  const stack = state.sandboxes.find(({ sandboxId }) => sandboxId === sandbox?.sandboxId);
  return isRunning && stack !== undefined ? Object.assign(facts, stackFacts(own, stack)) : facts;
}

function stackOf({ sandbox, networkMode }: ShownContainer, state: ShownState): string {
  const partner = state.containers.find(
    ({ containerId }) => networkMode === `container:${containerId}`,
  );
  if ((partner?.networkMode ?? networkMode) === 'host') return 'host';
  const owner = state.containers.find(({ name }) => name === sandbox?.container?.name);
  const isItsOwn = owner?.sandbox?.sandboxId === sandbox?.sandboxId;
  return owner !== undefined && isItsOwn ? `of ${owner.name}` : nobodys;
}

function stackFacts(own: string, stack: ShownSandbox): Record<string, unknown> {
  const interfaces = stack.interfaces.map(interfaceFact);
  const addresses = interfaces.flatMap((one) =>
    one.name === 'lo' ? [] : one.addresses.map((text) => text.split('/')[0] ?? ''),
  );
  return {
    [`${own}/interfaces`]: interfaces,
    [`${own}/routes`]: routesOf(stack.routes, 4),
    [`${own}/routes6`]: routesOf(stack.routes, 6),
    [`${own}/hosts`]: hostsLines(linesOf(stack.hostsFile), addresses),
    [`${own}/resolv`]: linesOf(stack.resolvConf),
    ...sandboxChains(
      own,
      stack.rules.nodes.filter(({ family }) => family === 4),
    ),
  };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** While it does not run, an endpoint is a wish, and `inspect` shows it without an id. */
function endpointsOf(container: ShownContainer, state: ShownState): object {
  return Object.fromEntries(
    state.endpoints
      .filter((endpoint) => endpoint.container?.name === container.name)
      .filter(({ networkName }) => networkName !== gatewayNetworkName)
      .map((endpoint): [string, object] => [
        endpoint.networkName,
        {
          ipv4: endpoint.ipv4 ?? '',
          ipv6: endpoint.ipv6 ?? '',
          mac: endpoint.mac,
          gateway: endpoint.gateway ?? '',
          aliases: endpoint.aliases,
        },
      ])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/**
 * Each name that somebody of the host has in reach, and what a container finds for it: what the
 * recordings asked for. An overlay answers with those of other hosts besides.
 */
function dnsFacts(state: ShownState, host: string): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  const overlays = new Set(
    state.networks.flatMap(({ name, scope }) => (scope === 'SWARM' ? [name] : [])),
  );
  for (const container of state.containers) {
    const endpoints = state.endpoints
      .filter(
        ({ sandbox }) => sandbox !== null && sandbox.sandboxId === container.sandbox?.sandboxId,
      )
      .toSorted(byWayOut(overlays));
    if (endpoints[0]?.container?.name !== container.name) continue;
    const stack = state.sandboxes.find(
      ({ sandboxId }) => sandboxId === container.sandbox?.sandboxId,
    );
    if (!hasOwnResolver(linesOf(stack?.resolvConf ?? ''))) continue;
    for (const endpoint of endpoints) {
      const own = state.dnsNames.filter((each) => each.host.name === host);
      const asked = new Set(namesOn(endpoint, own).keys());
      for (const [name, addresses] of namesOn(endpoint, state.dnsNames)) {
        if (!asked.has(name)) continue;
        facts[`dns/${container.name}/${name}`] ??= addresses.toSorted();
      }
    }
  }
  return facts;
}

/**
 * The resolver asks the networks of a container in this order, and the first that knows answers:
 * overlays before others, then the way out.
 *
 * @source docker/libnetwork sandbox.go ResolveName
 */
const byWayOut =
  (overlays: ReadonlySet<string>) =>
  (one: ShownEndpoint, other: ShownEndpoint): number =>
    Number(overlays.has(other.networkName)) - Number(overlays.has(one.networkName)) ||
    Number(other.isGatewayEndpoint) - Number(one.isGatewayEndpoint) ||
    (one.interfaceIndex ?? 0) - (other.interfaceIndex ?? 0);

function namesOn(
  { network }: ShownEndpoint,
  dnsNames: ShownState['dnsNames'],
): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { network: where, name, address } of dnsNames) {
    if (where.networkId !== network.networkId) continue;
    names.set(name, [...(names.get(name) ?? []), address]);
  }
  return names;
}

function drawnOf(
  state: ShownState,
  host: StackInterfaces,
  stacks: readonly StackInterfaces[],
): ReadonlyMap<string, string> {
  const drawn = new Map(drawnOfLinks(host, stacks));
  for (const { networkId, name } of state.networks) {
    for (const [raw, token] of drawnId(networkId, `network ${name}`)) drawn.set(raw, token);
    drawn.set(`br-${networkId.slice(0, 12)}`, `<bridge ${name}>`);
  }
  for (const { containerId, name } of state.containers) {
    for (const [raw, token] of drawnId(containerId, `container ${name}`)) drawn.set(raw, token);
  }
  return drawn;
}
