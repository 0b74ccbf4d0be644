import type { Delta, RowChange } from '@netfold/dataplane';

/** What became of a row, and whether there was none before all of it. */
type Netted = { readonly change: RowChange; readonly wasAbsent: boolean };

/**
 * One delta for several commits in order: of the changes of a row only the last counts,
 * since each says what stands afterwards. A row is new when there was none before the first.
 *
 * @returns at most one change per table and key
 */
export function netDelta(deltas: readonly Delta[]): Delta {
  const [only] = deltas;
  if (only !== undefined && deltas.length === 1) return only;
  const last = new Map<string, Netted>();
  for (const delta of deltas) {
    for (const change of delta) {
      const place = `${change.table} ${change.key}`;
      const wasAbsent = last.get(place)?.wasAbsent ?? isNew(change);
      last.set(place, { change, wasAbsent });
    }
  }
  return [...last.values()].map(({ change, wasAbsent }) =>
    change.op === 'remove' || isNew(change) === wasAbsent ? change : marked(change, wasAbsent),
  );
}

const isNew = (change: RowChange): boolean => change.op === 'put' && change.isNew === true;

function marked(change: RowChange, wasAbsent: boolean): RowChange {
  const { table, op, key, row } = change;
  return { table, op, key, row, ...(wasAbsent ? { isNew: true } : {}) } as RowChange;
}
