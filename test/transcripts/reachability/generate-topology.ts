import { subnetOf } from './topology.ts';
import type {
  Publish,
  ReachabilityContainer,
  ReachabilityNetwork,
  ReachabilityTopology,
} from './topology.ts';

/** Draws of one topology: the same seed draws the same. */
class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }

  /** 0 up to, not including, `count`. */
  below(count: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  }

  /** True in so many of 100. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  pick<T>(of: readonly [T, ...T[]] | readonly T[]): T {
    const found = of[this.below(of.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }
}

const hostAddress = '192.168.50.11';
const webPort = 80;
const udpPort = 5_353;
/** Ports that differ for each container: of host mode, of those that share a stack, published. */
const firstPorts = { host: 8_100, joined: 8_150, published: 8_200 } as const;

/** One of endlessly many small topologies on one host. */
export function generateTopology(seed: number): ReachabilityTopology {
  const draws = new Draws(seed);
  const networks = Array.from({ length: 1 + draws.below(3) }, (_, index) =>
    network(draws, `n${index + 1}`),
  );
  const containers: ReachabilityContainer[] = [];
  const count = 4 + draws.below(4);
  while (containers.length < count) containers.push(container(draws, networks, containers));
  const rules = draws.percent(45)
    ? Array.from({ length: 1 + draws.below(3) }, () => rule(draws, networks, containers))
    : [];
  return { seed, networks, containers: withEnds(draws, containers), rules };
}

function network(draws: Draws, name: string): ReachabilityNetwork {
  return {
    name,
    ...(draws.percent(20) ? { internal: true } : {}),
    ...(draws.percent(20) ? { icc: false } : {}),
    ...(draws.percent(10) ? { masquerade: false } : {}),
  };
}

function container(
  draws: Draws,
  networks: readonly ReachabilityNetwork[],
  before: readonly ReachabilityContainer[],
): ReachabilityContainer {
  const number = before.length + 1;
  const joined = modeOf(draws, networks, before);
  const [mode = ''] = joined;
  const first = firstPortOf(mode, number);
  const tcp = `${first}/tcp`;
  const udp = `${first === webPort ? udpPort : first}/udp`;
  const listens = [...(draws.percent(75) ? [tcp] : []), ...(draws.percent(30) ? [udp] : [])];
  // Whoever joins another one's stack cannot publish.
  const mayPublish = !mode.startsWith('container:');
  const publishes = [tcp, udp].flatMap((port, index): Publish[] => {
    const share = listens.includes(port) ? 45 : 12;
    if (!mayPublish || !draws.percent(share)) return [];
    const hostIp = draws.pick(['', '', '127.0.0.1', hostAddress]);
    return [{ port, hostIp, hostPort: firstPorts.published + 2 * number + index }];
  });
  const second =
    joined.length < 2 ? {} : { connected: draws.pick(['created', 'running'] as const) };
  return { name: `c${number}`, networks: joined, ...second, listens, publishes };
}

function firstPortOf(mode: string, number: number): number {
  if (mode === 'host') return firstPorts.host + number;
  return mode.startsWith('container:') ? firstPorts.joined + number : webPort;
}

function modeOf(
  draws: Draws,
  networks: readonly ReachabilityNetwork[],
  before: readonly ReachabilityContainer[],
): readonly string[] {
  const special = draws.below(100);
  if (special < 6) return ['host'];
  if (special < 11) return ['none'];
  const owners = before.filter(({ networks: [mode = ''] }) => !/^(?:container:|host)/.test(mode));
  if (special < 20 && owners.length > 0) return [`container:${draws.pick(owners).name}`];
  const names = ['bridge', ...networks.map(({ name }) => name), ...networks.map((n) => n.name)];
  const first = draws.pick(names);
  if (!draws.percent(25)) return [first];
  const others = names.filter((name) => name !== first);
  return others.length === 0 ? [first] : [first, draws.pick(others)];
}

/** A rule above the engine's own: who, to whom, and what becomes of it. */
function rule(
  draws: Draws,
  networks: readonly ReachabilityNetwork[],
  containers: readonly ReachabilityContainer[],
): string {
  const addressed = containers.filter(
    ({ networks: [mode = ''] }) => !/^(?:container:|host|none)/.test(mode),
  );
  const place = (option: 's' | 'd'): string => {
    if (addressed.length > 0 && draws.percent(50))
      return `-${option} @${draws.pick(addressed).name}`;
    return `-${option} ${subnetOf(draws.pick(networks).name)}`;
  };
  const device = (option: 'i' | 'o'): string =>
    `-${option} ${draws.pick(['docker0', 'eth0', ...networks.map(({ name }) => `br-${name}`)])}`;
  const what = draws.pick([
    '',
    '',
    '-p icmp',
    '-p tcp',
    `-p tcp --dport ${webPort}`,
    `-p udp --dport ${udpPort}`,
    '-m conntrack --ctstate NEW',
  ]);
  const who = draws.pick([
    () => place('s'),
    () => place('d'),
    () => `${place('s')} ${place('d')}`,
    () => `${device('i')} ${device('o')}`,
    () => `! ${device('i')} ${device('o')}`,
  ])();
  const target = draws.pick(['DROP', 'DROP', 'REJECT', 'ACCEPT', 'ACCEPT', 'RETURN']);
  const words = ['iptables -I DOCKER-USER', who, what, `-j ${target}`];
  return words.filter((word) => word !== '').join(' ');
}

/** Stops or pauses one here and there, never one whose stack others share. */
function withEnds(
  draws: Draws,
  containers: readonly ReachabilityContainer[],
): readonly ReachabilityContainer[] {
  const shared = new Set(
    containers.flatMap(({ networks: [mode = ''] }) => mode.split(':').slice(1)),
  );
  return containers.map((one) => {
    if (shared.has(one.name) || !draws.percent(7)) return one;
    return { ...one, end: draws.pick(['stopped', 'paused'] as const) };
  });
}
