import type { AccountDatabase } from '@netfold/auth';
import type { ConnectionSettings } from '@netfold/log-postgres';
import pg from 'pg';
import { NetfoldProblem } from '@netfold/configuration';
import { as } from '../database/database.ts';

/**
 * Asks the database, as those who serve requests, whether it keeps tenants apart: without a tenant
 * no row of any lab may be seen.
 *
 * @throws NetfoldProblem, WallDown when rows can be seen: then nothing is served
 */
export async function checkWalls(
  owner: ConnectionSettings,
  accounts: AccountDatabase,
): Promise<void> {
  await accounts.demandWall();
  const { role, ...settings } = as('netfold_reader', owner);
  const client = new pg.Client({ ...settings, options: `-c role=${role}` });
  client.on('error', () => {}); // Told by the query that it breaks.
  await client.connect();
  try {
    const { rows } = await client.query<{ seen: boolean; exempt: boolean }>(
      'select exists (select from read.lab) or exists (select from read.interface) as seen,' +
        ' (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as exempt',
    );
    if (rows[0]?.seen === false && !rows[0].exempt) return;
    throw new NetfoldProblem({
      code: 'NF1305',
      problem: 'the database does not keep tenants apart',
      cause: 'a reader without a tenant sees rows of labs',
      fix: 'do not give netfold_reader rights of a superuser, then run `netfold rebuild`',
    });
  } finally {
    await client.end();
  }
}
