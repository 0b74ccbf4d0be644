import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { readFolder, readSql } from './sql-files.ts';

/** A migration waits so long for others to let go of a table before it gives up. */
const lockWait = '5s';
/** `netfold log`, as one number of our own: keeps two migrators apart. */
const advisoryLock = 5_061_170_321;

/** The database was migrated by a newer build. */
export class DatabaseNewer extends Error {
  override readonly name = 'DatabaseNewer';
  readonly found: number;
  readonly known: number;

  constructor(found: number, known: number) {
    super(`the log’s schema has migration ${found}; this build knows ${known}`);
    this.found = found;
    this.known = known;
  }
}

/**
 * Brings schema `log` up to this build: roles, migrations that were not applied yet (each in its
 * own transaction, forward only), then all functions when any of them has changed. May be run at
 * every start, and by several processes at once.
 *
 * @param client as the owner, who may create roles
 * @throws DatabaseNewer
 */
export async function migrateLog(client: ClientBase): Promise<{ readonly applied: number }> {
  await client.query('select pg_advisory_lock($1)', [advisoryLock]);
  try {
    await client.query(readSql('roles.sql'));
    await client.query(
      'create schema if not exists log;' +
        ' create table if not exists log.migration (version integer primary key,' +
        ' functions_digest text, applied_at timestamptz not null default clock_timestamp())',
    );
    const applied = await applyMigrations(client);
    await replaceFunctions(client);
    return { applied };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]);
  }
}

async function applyMigrations(client: ClientBase): Promise<number> {
  const files = readFolder('migrations');
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from log.migration',
  );
  const version = rows[0]?.version ?? 0;
  if (version > files.length) throw new DatabaseNewer(version, files.length);
  for (const [index, { text }] of files.entries()) {
    if (index < version) continue;
    await inTransaction(client, async () => {
      await client.query(text);
      await client.query('insert into log.migration (version) values ($1)', [index + 1]);
    });
  }
  return files.length - version;
}

/** A function whose parameters changed would stand beside the old one: all are made anew. */
async function replaceFunctions(client: ClientBase): Promise<void> {
  const files = readFolder('functions');
  const text = files.map((file) => file.text).join('\n');
  const digest = createHash('sha256').update(text).digest('hex');
  const { rows } = await client.query<{ functions_digest: string | null }>(
    'select functions_digest from log.migration order by version desc limit 1',
  );
  if (rows[0]?.functions_digest === digest) return;
  await inTransaction(client, async () => {
    await client.query(
      'do $$ declare f regprocedure; begin' +
        " for f in select oid from pg_proc where pronamespace = 'log'::regnamespace" +
        " loop execute 'drop function ' || f; end loop; end $$",
    );
    await client.query(text);
    await client.query(
      'update log.migration set functions_digest = $1' +
        ' where version = (select max(version) from log.migration)',
      [digest],
    );
  });
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '${lockWait}'`);
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
