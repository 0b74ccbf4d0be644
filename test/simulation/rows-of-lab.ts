import { rowKeys } from '@netfold/dataplane';
import type { Row, TableName, TableRow } from '@netfold/dataplane';

/** The rows of one lab by table. */
export type RowsOfLab = { readonly [T in TableName]: readonly Row<T>[] };

/** The rows of a view, each table whole. */
export function rowsByTable(view: readonly TableRow[]): RowsOfLab {
  const tables = Object.keys(rowKeys) as TableName[];
  const rows = Object.fromEntries(tables.map((table) => [table, [] as unknown[]]));
  for (const { table, row } of view) rows[table]?.push(row);
  return rows as unknown as RowsOfLab;
}
