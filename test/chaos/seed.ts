/** Repeats the schedule of an earlier run. */
export const seed = Number(process.env['NETFOLD_CHAOS_SEED'] ?? Date.now() % 2 ** 31);

export const seconds = (ms: readonly number[]): string =>
  ms.map((each) => (each / 1000).toFixed(1)).join(', ');
