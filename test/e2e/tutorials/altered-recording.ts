import type { HostState, Recording } from '@netfold/test-transcripts';

/** A section of a recorded state, and what is made of it. */
type Alteration = readonly [pattern: RegExp, alter: (value: never) => unknown];

const withoutLast = (list: readonly unknown[]): readonly unknown[] => list.slice(0, -1);

const withoutLastRule = (lines: readonly string[]): readonly string[] => {
  const at = lines.findLastIndex((line) => line.startsWith('-A '));
  return lines.toSpliced(at, 1);
};

/** One small lie of each kind. */
const alterations: readonly Alteration[] = [
  [/^host\/filter$/, withoutLastRule],
  [/^host\/nat$/, withoutLastRule],
  [/^host\/route$/, withoutLast],
  [/^host\/route6$/, withoutLast],
  [/^host\/listeners$/, withoutLast],
  [/^host\/proxies$/, withoutLast],
  [/^host\/link\/docker0$/, (link: object) => ({ ...link, mtu: 1400 })],
  [/^container\/[^/]+\/link\/eth0$/, (link: object) => ({ ...link, address: '02:42:00:00:00:01' })],
  [/^container\/[^/]+\/route$/, withoutLast],
  [/^container\/[^/]+\/nat$/, withoutLastRule],
  [/^container\/[^/]+\/hosts$/, withoutLast],
  [/^container\/[^/]+\/resolv$/, withoutLast],
  [/^dns\//, (lines: readonly string[]) => [...lines, 'Address: 192.0.2.1']],
  [/^engine\/network\/bridge$/, (network: object) => ({ ...network, Internal: true })],
  [/^engine\/container\//, (container: object) => ({ ...container, Path: 'something-else' })],
];

/**
 * A recording whose last state tells one small lie of each kind, and whose refusals tell another:
 * a comparison that does not find them all compares nothing.
 *
 * @returns the recording, and how many sections were altered
 */
export function alteredRecording(plain: Recording): {
  readonly recording: Recording;
  readonly altered: number;
} {
  const recording = structuredClone(plain);
  for (const exchange of recording.answers.flatMap(({ api = [] }) => api)) {
    if (exchange.status >= 400) exchange.answer = { message: 'something else' };
  }
  const last = recording.moments.at(-1);
  if (last === undefined) throw new Error(`${recording.name} has no states`);
  const keys = alterations.flatMap(([pattern, alter]) => {
    const key = Object.keys(last.state).find((name) => pattern.test(name));
    return key === undefined ? [] : [[key, alter] as const];
  });
  // Sections are shared with earlier moments: they are replaced, never changed.
  const state: HostState = { ...last.state };
  for (const [key, alter] of keys) state[key] = alter(state[key] as never);
  last.state = state;
  return { recording, altered: keys.length };
}

export const kindsOfAlteration = alterations.length;
