import type { TableName } from '@netfold/dataplane';
import type { ClientBase } from 'pg';
import { sqlName, tableNames } from '../columns/columns.ts';

export type TableHash = { readonly table: TableName; readonly rows: number; readonly hash: string };

/** Counts and hashes every table of a schema: equal hashes mean equal rows, byte by byte. */
export async function tableHashes(
  client: ClientBase,
  schema: string,
): Promise<readonly TableHash[]> {
  const hashes: TableHash[] = [];
  for (const table of tableNames) {
    const found = await client.query<{ rows: number; hash: string }>(
      'select count(*)::integer as rows,' +
        " encode(sha256(convert_to(coalesce(string_agg(t::text, E'\\n'" +
        ` order by t::text collate "C"), ''), 'UTF8')), 'hex') as hash` +
        ` from ${schema}."${sqlName(table)}" t`,
    );
    const row = found.rows[0];
    if (row !== undefined) hashes.push({ table, ...row });
  }
  return hashes;
}
