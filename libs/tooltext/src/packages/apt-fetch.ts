import type { ToolWorld } from '../tool.ts';
import { mirrorFailure } from './mirror.ts';
import type { MirrorFailure } from './mirror.ts';

/** One file to fetch: how apt names it on screen, and where it is. */
export type Fetched = {
  /** `http://deb.debian.org/debian bookworm InRelease` */
  readonly shown: string;
  readonly url: string;
};

export type FetchFailure = Fetched & { readonly number: number; readonly words: string };

const httpPort = 80;
/** How often apt tries again what failed. @source apt, Acquire::Retries */
const retries = 3;

const hostOf = (url: string): string => /^http:\/\/([^/]+)/.exec(url)?.[1] ?? '';

/** @source apt methods/connect.cc, methods/http.cc, as apt 2.6.1 printed them */
const failureWords = (failure: MirrorFailure, host: string): string => {
  const to = `${host}:${httpPort}`;
  switch (failure.kind) {
    case 'unresolved':
      return `Temporary failure resolving '${host}'`;
    case 'unknownName':
      return `Could not resolve '${host}'`;
    case 'timedOut':
      return `Could not connect to ${to} (${failure.address}), connection timed out`;
    case 'notFound':
      return `404  Not Found [IP: ${failure.address} ${httpPort}]`;
    case 'notConnected': {
      const { address, number, words } = failure;
      const isOwn = number === 101;
      const head = isOwn ? 'Cannot initiate the connection to' : 'Could not connect to';
      return `${head} ${to} (${address}). - connect (${number}: ${words})`;
    }
  }
};

/** What cannot be fetched, and why; of one server that takes no connection only the first time. */
export const fetchFailures = (
  world: ToolWorld,
  files: readonly Fetched[],
): readonly FetchFailure[] => {
  const known = new Map<string, MirrorFailure | null>();
  return files.flatMap((file, at) => {
    const host = hostOf(file.url);
    const before = known.get(host);
    const failure = before === undefined ? mirrorFailure(world, { host, port: httpPort }) : before;
    known.set(host, failure);
    if (failure === null) return [];
    const isAgain = before !== undefined && before !== null && 'number' in before;
    const words = isAgain
      ? `Unable to connect to ${host}:${httpPort}:`
      : failureWords(failure, host);
    return [{ ...file, number: at + 1, words }];
  });
};

/** What apt prints while it tries, and tries again. */
export const failureLines = (failures: readonly FetchFailure[]): readonly string[] => [
  ...Array.from({ length: retries }, () =>
    failures.map(({ number, shown }) => `Ign:${number} ${shown}`),
  ).flat(),
  ...failures.flatMap(({ number, shown, words }) => [`Err:${number} ${shown}`, `  ${words}`]),
];
