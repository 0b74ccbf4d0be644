import type { Delta, TableName } from '@netfold/dataplane';

export type ChangesJson = {
  readonly tables: { readonly [T in TableName]?: { put?: unknown[]; remove?: unknown[] } };
  readonly labs: readonly { readonly labId: string; readonly version: number }[];
};

/** The argument of `read.apply_changes`: changes by table. The delta must be netted by key. */
export function changesOf(
  delta: Delta,
  labs: readonly { readonly labId: string; readonly version: number }[],
): ChangesJson {
  const tables: { [T in TableName]?: { put?: unknown[]; remove?: unknown[] } } = {};
  for (const { table, op, row } of delta) ((tables[table] ??= {})[op] ??= []).push(row);
  return { tables, labs };
}
