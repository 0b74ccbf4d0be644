import { createHash } from 'node:crypto';
import { deltaOf, rowKey } from '@netfold/dataplane';
import type { TableName, TableRow } from '@netfold/dataplane';
import type { Step } from './run.ts';

/** Rows by their key, by table. */
type Rows = Map<TableName, Map<string, unknown>>;

/** The rows that remain when the deltas of all commits are applied one after the other. */
export function sumOfDeltas(steps: readonly Step[]): Rows {
  const rows: Rows = new Map();
  for (const { command, before, after, decision } of steps) {
    if (decision.events.length === 0) continue;
    const { labId, tenantId } = command;
    for (const change of deltaOf(labId, tenantId, before, after, decision.events)) {
      const table = tableOf(rows, change.table);
      if (change.op === 'put') table.set(change.key, change.row);
      else table.delete(change.key);
    }
  }
  return rows;
}

/** The rows of a view by their keys: of two with one key the last remains. */
export function rowsByKey(view: readonly TableRow[]): Rows {
  const rows: Rows = new Map();
  for (const { table, row } of view) tableOf(rows, table).set(rowKey(table, row), row);
  return rows;
}

function tableOf(rows: Rows, table: TableName): Map<string, unknown> {
  const known = rows.get(table);
  if (known !== undefined) return known;
  const made = new Map<string, unknown>();
  rows.set(table, made);
  return made;
}

/** Per table the number of rows and a hash of them in key order. Empty tables are left out. */
export function hashes(rows: Rows): Readonly<Record<string, string>> {
  const filled = [...rows].filter(([, table]) => table.size > 0);
  return Object.fromEntries(
    filled.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([table, of]) => [table, hashOf(of)]),
  );
}

function hashOf(table: ReadonlyMap<string, unknown>): string {
  const hash = createHash('sha256');
  for (const [key, row] of [...table].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${key} ${JSON.stringify(row)}\n`);
  }
  return `${table.size} rows ${hash.digest('hex').slice(0, 16)}`;
}
