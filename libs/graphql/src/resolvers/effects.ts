import type { Delta, RowChange } from '@netfold/dataplane';
import { rowKeys } from '@netfold/dataplane';
import type { Connection, PageArguments } from './connection.ts';
import { listConnection } from './connection.ts';

type EffectObject = {
  readonly kind: RowChange['table'];
  readonly change: 'WRITTEN' | 'REMOVED';
  readonly subject: string;
  readonly host: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Documents repeat what stands in the rows, for the speed of reads: no effect of their own. */
const isTold = (change: RowChange): boolean => change.table !== 'endpointDocument';

export const effectConnection = (delta: Delta, args: PageArguments): Connection<EffectObject> =>
  listConnection('effects', delta.filter(isTold).map(effectOf), args);

function effectOf({ table, op, row }: RowChange): EffectObject {
  const cells = row as unknown as Readonly<Record<string, unknown>>;
  const columns: readonly string[] = rowKeys[table];
  const named = [...columns.slice(1), ...namesOf(cells)].map((column) => cells[column]);
  return {
    kind: table,
    change: op === 'put' ? 'WRITTEN' : 'REMOVED',
    subject: named.filter((part) => part !== null && part !== '').join(' '),
    host: typeof cells['host'] === 'string' ? cells['host'] : null,
    fields: cells,
  };
}

/** Ids say little to people: the name stands behind them where there is one. */
const namesOf = (cells: Readonly<Record<string, unknown>>): readonly string[] =>
  typeof cells['name'] === 'string' ? ['name'] : [];
