import type { Delta, TableName } from '@netfold/dataplane';

type RowsKey = `${TableName}.${'remove' | 'put'}`;

export type ChangesJson = {
  readonly [K in RowsKey]?: readonly unknown[];
} & {
  readonly labs: readonly { readonly labId: string; readonly version: number }[];
};

/**
 * The argument of `read.apply_changes`: changes by table, flat, so that the database takes them
 * apart in one pass. The delta must be netted by key.
 */
export function changesOf(
  delta: Delta,
  labs: readonly { readonly labId: string; readonly version: number }[],
): ChangesJson {
  const removed: { [K in RowsKey]?: unknown[] } = {};
  const put: { [K in RowsKey]?: unknown[] } = {};
  for (const { table, op, row } of delta) {
    const key: RowsKey = `${table}.${op}`;
    ((op === 'put' ? put : removed)[key] ??= []).push(row);
  }
  return { ...removed, ...put, labs };
}
