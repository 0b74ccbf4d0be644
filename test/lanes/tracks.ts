import type { Lane } from './lanes.ts';

/**
 * Runs two lanes at a time: one that computes beside one that mostly waits, which together keep two
 * processors busy. When there is none of its kind left, a track takes the last of the other.
 *
 * @returns what became of each, in the order of the lanes
 */
export async function inTracks<Result>(
  lanes: readonly Lane[],
  run: (lane: Lane) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<Lane, Result>();
  const computing = lanes.filter(({ waits }) => waits !== true);
  const waiting = lanes.filter(({ waits }) => waits === true);
  const track = async (own: Lane[], other: Lane[]): Promise<void> => {
    for (let lane = own.shift(); lane !== undefined; lane = own.shift() ?? other.pop()) {
      results.set(lane, await run(lane));
    }
  };
  // A run of one kind alone stays one lane at a time.
  const tracks = [
    ...(computing.length > 0 ? [track(computing, waiting)] : []),
    ...(waiting.length > 0 ? [track(waiting, computing)] : []),
  ];
  await Promise.all(tracks);
  return lanes.flatMap((lane) => results.get(lane) ?? []);
}
