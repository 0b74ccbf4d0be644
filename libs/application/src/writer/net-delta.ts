import type { Delta, RowChange } from '@netfold/dataplane';

/**
 * One delta for several commits in order: of the changes of a row only the last counts,
 * since each says what stands afterwards.
 *
 * @returns at most one change per table and key
 */
export function netDelta(deltas: readonly Delta[]): Delta {
  const [only] = deltas;
  if (only !== undefined && deltas.length === 1) return only;
  const last = new Map<string, RowChange>();
  for (const delta of deltas) {
    for (const change of delta) last.set(`${change.table} ${change.key}`, change);
  }
  return [...last.values()];
}
