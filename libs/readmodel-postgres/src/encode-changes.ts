import type { Delta, TableName } from '@netfold/dataplane';
import { compositeText, labVersionText } from './columns/row-text.ts';

/** In this order: a key that went may come back in another row. */
const operations = ['remove', 'add', 'put'] as const;

/**
 * The argument of `read.apply_changes`: for each table what goes, what is new and what is changed,
 * as a name, a count and so many rows. Flat, so that it travels as one array of texts and is read
 * once. The delta must be netted by key.
 */
export function changesOf(
  delta: Delta,
  labs: readonly { readonly labId: string; readonly version: number }[],
): readonly string[] {
  const runs = { remove: new Runs(), add: new Runs(), put: new Runs() };
  for (const change of delta) {
    const isNew = change.op === 'put' && change.isNew === true;
    runs[isNew ? 'add' : change.op].push(change.table, compositeText(change.table, change.row));
  }
  return [
    ...operations.flatMap((operation) => runs[operation].texts(operation)),
    'labs',
    `${labs.length}`,
    ...labs.map((lab) => `(${labVersionText(lab)})`),
  ];
}

/** Rows by table. */
class Runs {
  readonly #rows = new Map<TableName, string[]>();

  push(table: TableName, row: string): void {
    const rows = this.#rows.get(table);
    if (rows === undefined) this.#rows.set(table, [row]);
    else rows.push(row);
  }

  texts(operation: (typeof operations)[number]): readonly string[] {
    return [...this.#rows].flatMap(([table, rows]) => [
      `${table}.${operation}`,
      `${rows.length}`,
      ...rows,
    ]);
  }
}
