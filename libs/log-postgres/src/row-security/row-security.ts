import type { ClientBase } from 'pg';

/** The reader's role sees rows although no tenant is set: the second wall is down. */
export class RowSecurityBroken extends Error {
  override readonly name = 'RowSecurityBroken';
}

const tables = ['log.commit', 'log.lab_head'] as const;

/**
 * The self-test of a start: as the reader, without a tenant, no row is visible, and what only
 * the writer may see cannot be read at all.
 *
 * @param client of the role `netfold_reader`
 * @throws RowSecurityBroken
 */
export async function checkRowSecurity(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ is_unbound: boolean }>(
    'select rolsuper or rolbypassrls as is_unbound from pg_roles where rolname = current_user',
  );
  if (rows[0]?.is_unbound !== false) {
    throw new RowSecurityBroken('the reader’s role bypasses row level security');
  }
  for (const table of tables) {
    const found = await client.query(`select from ${table} limit 1`);
    if (found.rowCount !== 0) throw new RowSecurityBroken(`${table} shows rows without a tenant`);
  }
}
