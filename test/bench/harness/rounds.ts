/** Runs the parts in turns: A B A B …, so that what else the machine does meets all alike. */
export async function alternate<const T extends readonly (() => unknown)[]>(
  rounds: number,
  parts: T,
): Promise<{ [I in keyof T]: Awaited<ReturnType<T[I]>>[] }> {
  const results: unknown[][] = parts.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
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
