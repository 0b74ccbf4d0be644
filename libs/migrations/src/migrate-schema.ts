import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { ensureRoles } from './ensure-roles.ts';
import type { InstallationRole } from './ensure-roles.ts';

/** A migration waits so long for others to let go of a table before it gives up. */
const lockWait = '5s';

/** What a schema is made of. */
export type SchemaSource = {
  /** Name of the schema, without quotes: `log`. */
  readonly schema: string;
  /** A number of the schema's own, which keeps two migrators apart. */
  readonly lock: number;
  /** Whom the migrations give rights, or whose own the schema is. */
  readonly roles: readonly InstallationRole[];
  /** Folder with `migrations/000001.sql` and on, and `functions/`. */
  readonly folder: string;
};

/** The database was migrated by a newer build. */
export class SchemaNewer extends Error {
  override readonly name = 'SchemaNewer';

  constructor(schema: string, found: number, known: number) {
    super(`schema ${schema} has migration ${found}; this build knows ${known}`);
  }
}

/**
 * Brings a schema up to this build: roles, migrations that were not applied yet (each in its own
 * transaction, forward only), then all functions when any of them has changed. May be run at
 * every start, and by several processes at once.
 *
 * @param client as the owner, who may create roles
 * @returns how many migrations were applied
 * @throws SchemaNewer
 */
export async function migrateSchema(
  client: ClientBase,
  of: SchemaSource,
): Promise<{ readonly applied: number }> {
  await client.query('select pg_advisory_lock($1)', [of.lock]);
  try {
    await ensureRoles(client, of.roles);
    await client.query(
      `create schema if not exists ${of.schema};` +
        ` create table if not exists ${of.schema}.migration (version integer primary key,` +
        ' functions_digest text, applied_at timestamptz not null default clock_timestamp());' +
        ` alter table ${of.schema}.migration add column if not exists functions_digest text`,
    );
    const applied = await applyMigrations(client, of);
    await replaceFunctions(client, of);
    return { applied };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [of.lock]);
  }
}

async function applyMigrations(client: ClientBase, of: SchemaSource): Promise<number> {
  const texts = readTexts(join(of.folder, 'migrations'));
  const { rows } = await client.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from ${of.schema}.migration`,
  );
  const version = rows[0]?.version ?? 0;
  if (version > texts.length) throw new SchemaNewer(of.schema, version, texts.length);
  for (const [index, text] of texts.entries()) {
    if (index < version) continue;
    await inTransaction(client, async () => {
      await client.query(text);
      await client.query(`insert into ${of.schema}.migration (version) values ($1)`, [index + 1]);
    });
  }
  return texts.length - version;
}

/** A function whose parameters changed would stand beside the old one: all are made anew. */
async function replaceFunctions(client: ClientBase, of: SchemaSource): Promise<void> {
  const text = readTexts(join(of.folder, 'functions')).join('\n');
  const digest = createHash('sha256').update(text).digest('hex');
  const { rows } = await client.query<{ functions_digest: string | null }>(
    `select functions_digest from ${of.schema}.migration order by version desc limit 1`,
  );
  if (rows[0]?.functions_digest === digest) return;
  await inTransaction(client, async () => {
    await client.query(
      'do $$ declare f regprocedure; begin' +
        ` for f in select oid from pg_proc where pronamespace = '${of.schema}'::regnamespace` +
        " loop execute 'drop function ' || f; end loop; end $$",
    );
    await client.query(text);
    await client.query(
      `update ${of.schema}.migration set functions_digest = $1` +
        ` where version = (select max(version) from ${of.schema}.migration)`,
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

/** The texts of a folder's files, in order of their names. */
const readTexts = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
