import { stackOwner } from './topology.ts';
import type { ReachabilityContainer, ReachabilityTopology } from './topology.ts';

/**
 * One question that a program asks the network, and where it runs: in a container (`c1`), on the
 * host (`host`), or on another machine of its LAN (`other`).
 *
 * `to` names an address: `c2@n1` that container's on that network, `gateway@n1` the host's on that
 * network's bridge, `lan` the host's on its LAN, `loopback` 127.0.0.1, `outside` the LAN's gateway.
 */
export type Probe = {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'icmp' | 'tcp' | 'udp';
  /** 0 for ICMP. */
  readonly port: number;
};

/**
 * What came of a probe, one character:
 *
 * - `1` to `9`: that container answered (`c1` to `c9`)
 * - `o`: an echo reply
 * - `c`: the connection was taken, and no answer came on it
 * - `r`: refused
 * - `u`: the network is unreachable
 * - `t`: nothing came in time. A kernel that finds nobody with the address says so after three
 *   seconds, which is more than a probe waits; it may have begun to look for an earlier probe.
 */
export type Verdict = string;

export const verdictsPattern = /^[1-9ocrut]*$/;

/** A port that is asked where nothing listens. */
const closedPort = 80;

/** Every question about one topology, grouped by who asks, always in the same order. */
export function probesOf(topology: ReachabilityTopology): readonly Probe[] {
  const { containers } = topology;
  const asking = containers.filter(({ end }) => end === undefined);
  return [
    ...asking.flatMap((from) => [
      ...containers.flatMap((to) => (to === from ? [] : pairProbes(topology, from, to))),
      ...publishedProbes(topology, from.name, ['lan', ...ownGateway(topology, from)]),
      { from: from.name, to: 'outside', protocol: 'icmp' as const, port: 0 },
    ]),
    ...containers.flatMap((to) => containerProbes(topology, 'host', to)),
    ...publishedProbes(topology, 'host', ['lan', 'loopback']),
    ...publishedProbes(topology, 'other', ['lan']),
  ];
}

/** Everything that one container can ask of another at the other's own addresses. */
export function pairProbes(
  topology: ReachabilityTopology,
  from: ReachabilityContainer,
  to: ReachabilityContainer,
): readonly Probe[] {
  const isSameStack = stackOwner(topology, from) === stackOwner(topology, to);
  if (!isSameStack) return containerProbes(topology, from.name, to);
  return portsOf(to).map((port) => ({ from: from.name, to: 'loopback', ...port }));
}

function containerProbes(
  topology: ReachabilityTopology,
  from: string,
  container: ReachabilityContainer,
): readonly Probe[] {
  return addressesOf(topology, container).flatMap((to) => [
    { from, to, protocol: 'icmp' as const, port: 0 },
    ...portsOf(container).map((port) => ({ from, to, ...port })),
  ]);
}

/** The names of a container's addresses; none without a network. */
function addressesOf(
  topology: ReachabilityTopology,
  container: ReachabilityContainer,
): readonly string[] {
  const owner = stackOwner(topology, container);
  if (owner.networks.includes('none')) return [];
  if (owner.networks.includes('host')) return ['lan'];
  return owner.networks.map((network) => `${owner.name}@${network}`);
}

function ownGateway(
  topology: ReachabilityTopology,
  container: ReachabilityContainer,
): readonly string[] {
  const [network = ''] = stackOwner(topology, container).networks;
  return /^(?:host|none)$/.test(network) ? [] : [`gateway@${network}`];
}

type Port = Pick<Probe, 'protocol' | 'port'>;

function portsOf({ listens, publishes }: ReachabilityContainer): readonly Port[] {
  const named = new Set([...listens, ...publishes.map(({ port }) => port)]);
  return [...(named.size === 0 ? [`${closedPort}/tcp`] : named)].map(parsePort);
}

function parsePort(text: string): Port {
  const [port = '', protocol] = text.split('/');
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', port: Number(port) };
}

/** Each published port of the topology at each of these addresses. */
function publishedProbes(
  { containers }: ReachabilityTopology,
  from: string,
  addresses: readonly string[],
): readonly Probe[] {
  return containers.flatMap(({ publishes }) =>
    publishes.flatMap(({ port, hostPort }) => {
      const { protocol } = parsePort(port);
      return addresses.map((to) => ({ from, to, protocol, port: hostPort }));
    }),
  );
}
