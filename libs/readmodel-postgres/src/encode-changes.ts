import type { Delta } from '@netfold/dataplane';
import { compositeText, labVersionText } from './columns/row-text.ts';

/**
 * The argument of `read.apply_changes`: for each table what goes, then what stands, as a name, a
 * count and so many rows. Flat, so that it travels as one array of texts and is read once.
 * The delta must be netted by key.
 */
export function changesOf(
  delta: Delta,
  labs: readonly { readonly labId: string; readonly version: number }[],
): readonly string[] {
  const removed = new Map<string, string[]>();
  const put = new Map<string, string[]>();
  for (const { table, op, row } of delta) {
    const runs = op === 'put' ? put : removed;
    const run = runs.get(table);
    const text = compositeText(table, row);
    if (run === undefined) runs.set(table, [text]);
    else run.push(text);
  }
  const changes: string[] = [];
  for (const [table, rows] of removed) changes.push(`${table}.remove`, `${rows.length}`, ...rows);
  for (const [table, rows] of put) changes.push(`${table}.put`, `${rows.length}`, ...rows);
  changes.push('labs', `${labs.length}`, ...labs.map((lab) => `(${labVersionText(lab)})`));
  return changes;
}
