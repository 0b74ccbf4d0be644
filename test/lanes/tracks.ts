import type { Lane } from './lanes.ts';

/**
 * Lanes that compute one after the other, and beside them those that mostly wait: together they
 * keep two processors busy.
 *
 * @returns what became of each, in the order of the lanes
 */
export async function inTracks<Result>(
  lanes: readonly Lane[],
  run: (lane: Lane) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<Lane, Promise<Result>>();
  const track = async (own: readonly Lane[]): Promise<void> => {
    for (const lane of own) {
      const result = run(lane);
      results.set(lane, result);
      await result;
    }
  };
  await Promise.all([
    track(lanes.filter(({ waits }) => waits !== true)),
    track(lanes.filter(({ waits }) => waits === true)),
  ]);
  return Promise.all(lanes.flatMap((lane) => results.get(lane) ?? []));
}
