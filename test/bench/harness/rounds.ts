/** Rounds that are measured when there is time, and those that always are. */
export const roundsMax = 5;
const roundsMin = 2;
/** A goal stops measuring after so long, so that a full run ends on a busy machine too. */
const roundsSecondsMax = 75;

/** Tells whether another round is measured; a new one for each series of rounds. */
export function roundsInTime(
  wanted: number,
  seconds = roundsSecondsMax,
): (done: number) => boolean {
  const until = performance.now() + seconds * 1000;
  return (done) =>
    done < wanted && (done < Math.min(wanted, roundsMin) || performance.now() < until);
}

/** Runs the parts in turns: A B A B …, so that what else the machine does meets all alike. */
export async function alternate<const T extends readonly (() => unknown)[]>(
  goesOn: (done: number) => boolean,
  parts: T,
): Promise<{ [I in keyof T]: Awaited<ReturnType<T[I]>>[] }> {
  const results: unknown[][] = parts.map(() => []);
  for (let round = 0; goesOn(round); round += 1) {
    for (const [index, part] of parts.entries()) results[index]?.push(await part());
  }
  return results as { [I in keyof T]: Awaited<ReturnType<T[I]>>[] };
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Milliseconds of processor time of this process, for work without any waiting: what else the
 * machine does is not in it.
 */
export function busy(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
