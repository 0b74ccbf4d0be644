import { rowKeys } from '@netfold/dataplane';
import type { RowsByTable, TableName } from '@netfold/dataplane';

/** Tables whose lists stand in order of creation; all others stand in order of their key. */
const orderedByOrdinal: ReadonlySet<TableName> = new Set([
  'host',
  'network',
  'container',
  'endpoint',
  'endpointDocument',
  'publishedPort',
]);

/** The columns that order a list: total within a lab, and the same for every adapter. */
export function orderOf<T extends TableName>(table: T): readonly (keyof RowsByTable[T] & string)[] {
  const key = rowKeys[table] as readonly string[];
  const order = orderedByOrdinal.has(table) ? ['labId', 'host', 'ordinal', ...key.slice(2)] : key;
  return order as readonly (keyof RowsByTable[T] & string)[];
}

/** Bytewise for text, `null` last: as PostgreSQL's `collate "C"` orders it. */
export function compareRows<T extends TableName>(
  table: T,
): (a: RowsByTable[T], b: RowsByTable[T]) => number {
  const columns = orderOf(table);
  return (a, b) => {
    for (const column of columns) {
      const order = compareValues(a[column], b[column]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1;
  return Number(a) - Number(b);
}

/** At most so many rows in one page of any list. */
export const rowsPerPageMax = 200;
