import { startPostgres } from '@netfold/embedded-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { migrateAccounts } from '@netfold/auth';
import { migrateLog } from '@netfold/log-postgres';
import { SchemaNewer } from '@netfold/migrations';
import { createReadSchema, readSchemaState } from '@netfold/readmodel-postgres';
import pg from 'pg';
import { NetfoldProblem } from '@netfold/configuration';
import { demandLogOfOneProcess } from './installation-kind.ts';

/** A PostgreSQL that Netfold uses: its own child, or one that was given by URL. */
export type Database = {
  /** As the owner, who migrates and rebuilds. */
  readonly owner: ConnectionSettings;
  /** For people, in the log of the start. */
  readonly description: string;
  /** Resolves when an own PostgreSQL has ended by itself; never for a given one. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** @throws PostgresProblem, NetfoldProblem */
export async function openDatabase(of: {
  readonly folder: string;
  readonly url: string | null;
  readonly onLog: (line: string) => void;
}): Promise<Database> {
  if (of.url === null) {
    const postgres = await startPostgres({ folder: of.folder, onLog: of.onLog });
    const description = `embedded PostgreSQL in ${of.folder}`;
    return {
      owner: postgres.connection,
      description,
      ended: postgres.ended,
      stop: () => postgres.stop(),
    };
  }
  const owner = connectionOf(of.url);
  const never = new Promise<void>(() => {});
  const description = `PostgreSQL at ${owner.host ?? 'localhost'}, database ${owner.database}`;
  return { owner, description, ended: never, stop: () => Promise.resolve() };
}

/** @param url such as `postgres://user@host/database` */
export function connectionOf(url: string): ConnectionSettings {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  return {
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined || password === null ? {} : { password }),
    ...(database === undefined ? {} : { database }),
  };
}

/** As the owner, or as one of the two roles that serve requests; nobody serves as the owner. */
export const as = (
  role: 'netfold_owner' | 'netfold_writer' | 'netfold_reader',
  owner: ConnectionSettings,
): ConnectionSettings => ({ ...owner, role });

/**
 * Brings the log and the accounts up to this build.
 * @throws NetfoldProblem when the database is newer, or cannot be reached
 */
export async function migrateStores(owner: ConnectionSettings): Promise<void> {
  await withOwner(owner, async (client) => {
    await migrateLog(client);
    await migrateAccounts(client);
  });
}

export type Migrated = {
  /** The read models have another shape than this build's, or are not there. */
  readonly needsRebuild: boolean;
};

/**
 * Brings the schemas of an installation of one process up to this build.
 * @throws NetfoldProblem when the database is newer, is another kind's, or cannot be reached
 */
export async function migrate(owner: ConnectionSettings): Promise<Migrated> {
  await withOwner(owner, demandLogOfOneProcess);
  await migrateStores(owner);
  return withOwner(owner, async (client) => {
    const state = await readSchemaState(client);
    if (state === 'absent') await createReadSchema(client, 'read');
    const { rows } = await client.query<{ labs: boolean }>(
      'select exists (select from log.lab_head) as labs',
    );
    // Tables of another build take no change from this one, also while there is no lab yet.
    return { needsRebuild: state === 'otherShape' || (state === 'absent' && !!rows[0]?.labs) };
  });
}

/** Runs something on one connection of the owner. */
export async function withOwner<T>(
  owner: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { role, ...settings } = owner;
  const options = role === undefined ? {} : { options: `-c role=${role}` };
  const client = new pg.Client({ ...settings, ...options });
  client.on('error', () => {}); // Told by the query that it breaks.
  try {
    await client.connect();
    return await work(client);
  } catch (cause) {
    if (cause instanceof SchemaNewer) throw newer(cause);
    if (isUnreachable(cause)) throw unreachable(cause);
    throw cause;
  } finally {
    await client.end().catch(() => {}); // It was never connected, or the failure is on its way.
  }
}

const isUnreachable = (cause: unknown): cause is Error =>
  cause instanceof Error &&
  'code' in cause &&
  ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', '28P01', '3D000'].includes(String(cause.code));

const newer = (cause: Error): NetfoldProblem =>
  new NetfoldProblem(
    {
      code: 'NF1303',
      problem: 'the data was written by a newer Netfold',
      cause: cause.message,
      fix: 'use that version or a newer one',
    },
    { cause },
  );

const unreachable = (cause: Error): NetfoldProblem =>
  new NetfoldProblem(
    {
      code: 'NF1304',
      problem: 'the database cannot be reached',
      cause: cause.message,
      fix: 'check NETFOLD_POSTGRES, and that PostgreSQL runs',
    },
    { cause },
  );
