import { fullView } from '@netfold/dataplane';
import type { Delta } from '@netfold/dataplane';
import { rowKey } from '@netfold/dataplane';
import type { LabVersion } from '@netfold/application';
import type { ClientBase } from 'pg';
import { sqlName, tableNames } from '../columns/columns.ts';
import { changesOf } from '../encode-changes.ts';

/** So many rows go to the database in one statement. */
const rowsPerStatementMax = 5_000;

/** Writes every row of a lab, as its whole view has them, in place of what stood there. */
export async function projectLab(
  client: ClientBase,
  schema: string,
  of: LabVersion,
): Promise<number> {
  await clearLab(client, schema, of.labId);
  const rows = of.lab.state === 'active' ? fullView(of.lab, of.labId, of.tenantId) : [];
  const puts = rows.map((row) => ({ ...row, op: 'put', key: rowKey(row.table, row.row) }));
  const version = [{ labId: of.labId, version: of.version }];
  const apply = (part: readonly unknown[]) =>
    client.query(`select ${schema}.apply_changes($1)`, [changesOf(part as Delta, version)]);
  for (let at = 0; at < puts.length; at += rowsPerStatementMax) {
    await apply(puts.slice(at, at + rowsPerStatementMax));
  }
  if (puts.length === 0) await apply([]);
  return puts.length;
}

async function clearLab(client: ClientBase, schema: string, labId: string): Promise<void> {
  for (const table of tableNames) {
    await client.query(`delete from ${schema}."${sqlName(table)}" where lab_id = $1`, [labId]);
  }
}
