import type { ClientBase } from 'pg';
import { readFolder, readSql } from './sql-files.ts';

/** A migration waits so long for others to let go of a table before it gives up. */
const lockWait = '5s';
/** `netfold account`, as one number of our own: keeps two migrators apart. */
const advisoryLock = 5_061_170_322;

/** The database was migrated by a newer build. */
export class AccountsNewer extends Error {
  override readonly name = 'AccountsNewer';

  constructor(found: number, known: number) {
    super(`the schema of accounts has migration ${found}; this build knows ${known}`);
  }
}

/**
 * Brings schema `account` up to this build: migrations that were not applied yet, each in its own
 * transaction and forward only, then the functions. May be run at every start.
 *
 * @param client  as the owner, who may create roles
 * @throws AccountsNewer
 */
export async function migrateAccounts(client: ClientBase): Promise<{ readonly applied: number }> {
  await client.query('select pg_advisory_lock($1)', [advisoryLock]);
  try {
    await client.query(readSql('roles.sql'));
    await client.query('create schema if not exists account');
    await client.query(
      'create table if not exists account.migration' +
        ' (version integer primary key, applied_at timestamptz not null default clock_timestamp())',
    );
    const applied = await applyMigrations(client);
    await inTransaction(client, readFolder('functions').join('\n'));
    return { applied };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]);
  }
}

async function applyMigrations(client: ClientBase): Promise<number> {
  const files = readFolder('migrations');
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from account.migration',
  );
  const version = rows[0]?.version ?? 0;
  if (version > files.length) throw new AccountsNewer(version, files.length);
  for (const [index, text] of files.entries()) {
    if (index < version) continue;
    const note = `insert into account.migration (version) values (${index + 1})`;
    await inTransaction(client, `${text};\n${note}`);
  }
  return files.length - version;
}

async function inTransaction(client: ClientBase, text: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '${lockWait}'`);
    await client.query(text);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
