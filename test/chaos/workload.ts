/** One command of the workload: the mutation, its input, and the container that it names. */
export type Work = {
  readonly mutation: keyof typeof mutations;
  readonly input: Readonly<Record<string, unknown>>;
  /** As `host/name`; `null`: none. */
  readonly container: string | null;
};

/** Mutations of the workload, with the type of their input. */
export const mutations = {
  networkCreate: 'NetworkCreateInput',
  networkRemove: 'NetworkRemoveInput',
  networkConnect: 'NetworkConnectInput',
  networkDisconnect: 'NetworkDisconnectInput',
  containerCreate: 'ContainerCreateInput',
  containerStart: 'ContainerStartInput',
  containerStop: 'ContainerStopInput',
  containerRemove: 'ContainerRemoveInput',
} as const;

/**
 * How often each comes, of so many: what makes and what unmakes are in balance, so that many are
 * accepted; few names, so that clients of a lab meet in them.
 */
const shares: readonly (readonly [Work['mutation'], number])[] = [
  ['containerCreate', 4],
  ['containerStart', 4],
  ['containerStop', 3],
  ['containerRemove', 3],
  ['networkCreate', 2],
  ['networkRemove', 2],
  ['networkConnect', 2],
  ['networkDisconnect', 2],
];
const bag = shares.flatMap(([mutation, share]) => Array.from({ length: share }, () => mutation));

const hosts = ['h1', 'h2'] as const;
const namesPerHost = 5;
const port = { containerPort: '80/tcp', hostPort: '' };

/** @param random  gives numbers from 0 to below 1 */
export function nextWork(random: () => number): Work {
  const mutation = pick(bag, random);
  const host = pick(hosts, random);
  const name = `web${Math.floor(random() * namesPerHost)}`;
  const network = `net${Math.floor(random() * namesPerHost)}`;
  const container = `${host}/${name}`;
  switch (mutation) {
    case 'networkCreate':
      return { mutation, container: null, input: { host, name: network } };
    case 'networkRemove':
      return { mutation, container: null, input: { host, network } };
    case 'networkConnect':
    case 'networkDisconnect':
      return { mutation, container, input: { host, network, container: name } };
    case 'containerCreate':
      return { mutation, container, input: { host, name, image: 'nginx', publish: [port] } };
    case 'containerStart':
    case 'containerStop':
      return { mutation, container, input: { host, container: name } };
    case 'containerRemove':
      return { mutation, container, input: { host, container: name, force: true } };
  }
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** A small seeded generator: the schedule of a run can be repeated, its interleaving cannot. */
export function mulberry(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
