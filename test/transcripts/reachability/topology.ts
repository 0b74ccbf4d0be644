/** A user network `n1`: `10.10.1.0/24` on the bridge `br-n1`. */
export type ReachabilityNetwork = {
  readonly name: string;
  readonly internal?: true;
  readonly icc?: false;
  readonly masquerade?: false;
};

/** `-p HOSTIP:HOSTPORT:CONTAINERPORT`; an empty address is every one of the host's. */
export type Publish = {
  readonly port: string;
  readonly hostIp: string;
  readonly hostPort: number;
};

export type ReachabilityContainer = {
  /** `c1` to `c9`: its digit is the verdict of a probe that it answers. */
  readonly name: string;
  /** `bridge`, `n1`, `host`, `none`, `container:c1`; a second one is connected. */
  readonly networks: readonly string[];
  /** When the second one is connected: before the start, or while it runs. */
  readonly connected?: 'created' | 'running';
  /** `80/tcp`, `5353/udp`: each has a program that answers with the container's name. */
  readonly listens: readonly string[];
  readonly publishes: readonly Publish[];
  /** What is done to it when everything stands. */
  readonly end?: 'stopped' | 'paused';
};

/**
 * One host with an engine. Networks are made in order, then containers; then the rules are typed
 * (`@c1` is that container's address), then containers stopped and paused.
 */
export type ReachabilityTopology = {
  readonly seed: number;
  readonly networks: readonly ReachabilityNetwork[];
  readonly containers: readonly ReachabilityContainer[];
  readonly rules: readonly string[];
};

export const features = [
  'internal',
  'icc=false',
  'two networks',
  'publish on an address',
  'udp',
  'DOCKER-USER rule',
  'host mode',
  'none',
  'container mode',
  'stopped listener',
  'stopped container',
  'paused container',
  'no masquerading',
] as const;

export type Feature = (typeof features)[number];

export const subnetOf = (network: string): string => `10.10.${network.slice(1)}.0/24`;

export const bridgeOf = (network: string): string =>
  network === 'bridge' ? 'docker0' : `br-${network}`;

/** The one whose network stack it has: itself, unless it joined another one's. */
export function stackOwner(
  { containers }: ReachabilityTopology,
  container: ReachabilityContainer,
): ReachabilityContainer {
  const [first = ''] = container.networks;
  if (!first.startsWith('container:')) return container;
  const owner = containers.find(({ name }) => name === first.slice('container:'.length));
  if (owner === undefined) throw new Error(`${container.name} joins nobody: ${first}`);
  return owner;
}

export function featuresOf(topology: ReachabilityTopology): ReadonlySet<Feature> {
  const { networks, containers, rules } = topology;
  const modes = new Set(containers.flatMap((one) => one.networks));
  const used = networks.filter(({ name }) => modes.has(name));
  const published = containers.flatMap(({ publishes }) => publishes);
  const has: Record<Feature, boolean> = {
    internal: used.some(({ internal }) => internal === true),
    'icc=false': used.some(({ icc }) => icc === false),
    'two networks': containers.some((one) => one.networks.length > 1),
    'publish on an address': published.some(({ hostIp }) => hostIp !== ''),
    udp: containers.some(({ listens }) => listens.some((port) => port.endsWith('/udp'))),
    'DOCKER-USER rule': rules.length > 0,
    'host mode': modes.has('host'),
    none: modes.has('none'),
    'container mode': [...modes].some((mode) => mode.startsWith('container:')),
    'stopped listener': containers.some(({ listens, publishes }) =>
      publishes.some(({ port }) => !listens.includes(port)),
    ),
    'stopped container': containers.some(({ end }) => end === 'stopped'),
    'paused container': containers.some(({ end }) => end === 'paused'),
    'no masquerading': used.some(({ masquerade }) => masquerade === false),
  };
  return new Set(features.filter((feature) => has[feature]));
}

/** What a container runs: a program per port that answers with its name, then nothing for a day. */
export function commandOf({ name, listens }: ReachabilityContainer): readonly string[] {
  const programs = listens.map((listen) => {
    const [port = '', protocol] = listen.split('/');
    return `nc ${protocol === 'udp' ? '-u ' : ''}-lk -p ${port} -e echo ${name} &`;
  });
  return programs.length === 0 ? ['sleep', '1d'] : ['sh', '-c', `${programs.join(' ')} sleep 1d`];
}

/** `@c1` is the address of `c1` on the network whose name comes first. */
export function withAddresses(line: string, addresses: ReadonlyMap<string, string>): string {
  return line.replaceAll(/@(\w+)/g, (whole, name: string) => {
    const places = [...addresses.keys()].filter((place) => place.startsWith(`${name}@`));
    const own = addresses.get(places.toSorted()[0] ?? '');
    if (own === undefined) throw new Error(`no address for ${whole}`);
    return own;
  });
}
