import type { Delta, RowChange } from '@netfold/dataplane';
import { rowKeys } from '@netfold/dataplane';
import type { Connection, PageArguments } from './connection.ts';
import { listConnection } from './connection.ts';

type EffectObject = {
  readonly kind: RowChange['table'];
  readonly change: 'ADDED' | 'CHANGED' | 'REMOVED';
  readonly subject: string;
  readonly host: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Documents repeat what stands in the rows, for the speed of reads: no effect of their own. */
const isTold = (change: RowChange): boolean => change.table !== 'endpointDocument';

export const effectConnection = (delta: Delta, args: PageArguments): Connection<EffectObject> =>
  listConnection('effects', delta.filter(isTold).map(effectOf), args);

function effectOf(change: RowChange): EffectObject {
  const { table, row } = change;
  const cells = row as unknown as Readonly<Record<string, unknown>>;
  const columns: readonly string[] = rowKeys[table];
  const named = [...columns.slice(1), ...namesOf(cells)].map((column) => cells[column]);
  return {
    kind: table,
    change: wordOf(change),
    subject: named.filter((part) => part !== null && part !== '').join(' '),
    host: typeof cells['host'] === 'string' ? cells['host'] : null,
    fields: cells,
  };
}

const wordOf = (change: RowChange): EffectObject['change'] => {
  if (change.op === 'remove') return 'REMOVED';
  return change.isNew === true ? 'ADDED' : 'CHANGED';
};

/** Ids say little to people: the name stands behind them where there is one. */
const namesOf = (cells: Readonly<Record<string, unknown>>): readonly string[] =>
  typeof cells['name'] === 'string' ? ['name'] : [];
