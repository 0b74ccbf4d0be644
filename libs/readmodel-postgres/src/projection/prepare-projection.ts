import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { absentFold } from '@netfold/application';
import type { LabHead, LabVersion } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { ensureRoles } from '@netfold/migrations';
import type { ClientBase } from 'pg';
import { createReadSchema, readSchemaState } from '../install.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import type { RebuildProgress } from '../rebuild/rebuild.ts';
import { foldOn, reasonOf } from './lab-changes.ts';
import type { FoldingParts } from './lab-changes.ts';
import { parkLab } from './park-lab.ts';

/** By the package's name: a bundle stands in another folder than this source. */
const require = createRequire(import.meta.url);
const sqlOf = (file: string): string =>
  readFileSync(require.resolve(`@netfold/readmodel-postgres/sql/projection/${file}`), 'utf8');

/** `netfold projection`, as one number of our own: keeps two that prepare apart. */
const advisoryLock = 5_061_170_322;
const turnPauseMs = 200;
/** This database may have a cluster of its own, which the log's migrations never reach. */
const projectionRoles = ['netfold_owner', 'netfold_writer', 'netfold_reader'] as const;

export type Prepared = 'current' | 'created' | 'rebuilt';

/**
 * Sets a projector's database up: roles, schema `projection`, schema `read`. Tables of another
 * shape, or of another epoch of the log, are built anew from the log beside the live ones. May be
 * run at every start, and by several processes at once.
 *
 * @param client as the owner, who may create roles; for this alone
 */
export async function prepareProjection(
  client: ClientBase,
  parts: FoldingParts,
  onProgress: (progress: RebuildProgress) => void,
): Promise<Prepared> {
  await waitForTurn(client);
  try {
    await ensureRoles(client, projectionRoles);
    const logEpoch = await parts.source.logEpoch();
    const isBuiltFrom = await sourceState(client, logEpoch);
    const read = await readSchemaState(client);
    if (read === 'current' && isBuiltFrom === 'this') return 'current';
    if (isBuiltFrom === 'unknown') await createProjectionSchema(client, logEpoch);
    if (read === 'absent') {
      await createEmpty(client, logEpoch);
      return 'created';
    }
    await rebuildAll(client, parts, onProgress);
    return 'rebuilt';
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]);
  }
}

/**
 * Builds the read models anew from the log beside the live tables, then swaps them; projectors go
 * on meanwhile and wait for the swap only. A lab that cannot be folded is parked.
 *
 * @param client as the owner, for this alone
 */
export async function rebuildProjection(
  client: ClientBase,
  parts: FoldingParts,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RebuildProgress> {
  await waitForTurn(client);
  try {
    return await rebuildAll(client, parts, onProgress);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]);
  }
}

async function rebuildAll(
  client: ClientBase,
  parts: FoldingParts,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RebuildProgress> {
  const failed = new Map<LabId, { readonly partition: number; readonly reason: string }>();
  const { source, model } = parts;
  const fold = async (head: LabHead): Promise<LabVersion> => {
    const absent = absentFold(model, head.labId, head.tenantId);
    try {
      const folded = await foldOn(parts, absent, head.version);
      failed.delete(head.labId);
      return folded;
    } catch (error) {
      failed.set(head.labId, { partition: head.partition, reason: reasonOf(error) });
      return absent;
    }
  };
  const park = async (within: ClientBase): Promise<void> => {
    for (const [labId, { partition, reason }] of failed) {
      await parkLab(within, partition, { labId, reason });
    }
  };
  const lockWriters = async (locked: ClientBase): Promise<void> => {
    const logEpoch = await source.logEpoch();
    await locked.query('lock table projection.checkpoint in share row exclusive mode');
    // Asked for under the lock and before the labs: what they have then is in the new tables.
    await startAt(locked, logEpoch, await source.partitions());
    await park(locked);
  };
  const rebuildSource = { labs: () => source.labs(), fold, lockWriters };
  const progress = await rebuild(client, rebuildSource, onProgress);
  // Those that failed in the swap itself.
  await park(client);
  return progress;
}

/** Asks again and again: another process may rebuild for longer than a statement may wait. */
async function waitForTurn(client: ClientBase): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ isMine: boolean }>(
      'select pg_try_advisory_lock($1) as "isMine"',
      [advisoryLock],
    );
    if (rows[0]?.isMine === true) return;
    await sleep(turnPauseMs);
  }
}

const projectionDigest = createHash('sha256').update(sqlOf('schema.sql')).digest('hex');

/** What the tables were built from; unknown where the schema is absent or has another shape. */
async function sourceState(
  client: ClientBase,
  logEpoch: string,
): Promise<'this' | 'other' | 'unknown'> {
  const there = await client.query<{ isThere: boolean }>(
    'select to_regclass(\'projection.source\') is not null as "isThere"',
  );
  if (there.rows[0]?.isThere !== true) return 'unknown';
  const { rows } = await client.query<{ digest: string; logEpoch: string }>(
    'select digest, log_epoch as "logEpoch" from projection.source',
  );
  if (rows[0]?.digest !== projectionDigest) return 'unknown';
  return rows[0].logEpoch === logEpoch ? 'this' : 'other';
}

async function createProjectionSchema(client: ClientBase, logEpoch: string): Promise<void> {
  await client.query('begin');
  await client.query('drop schema if exists projection cascade');
  await client.query(sqlOf('schema.sql'));
  await client.query('insert into projection.source (log_epoch, digest) values ($1, $2)', [
    logEpoch,
    projectionDigest,
  ]);
  await client.query('commit');
}

async function createEmpty(client: ClientBase, logEpoch: string): Promise<void> {
  await client.query('begin');
  await createReadSchema(client, 'read');
  await startAt(client, logEpoch, []);
  await client.query('commit');
}

/** The tables hold what a log of this epoch has up to these heads, and no offset counts. */
async function startAt(
  client: ClientBase,
  logEpoch: string,
  heads: readonly { readonly partition: number; readonly head: number }[],
): Promise<void> {
  await client.query('update projection.source set log_epoch = $1', [logEpoch]);
  await client.query('delete from projection.parked_lab');
  await client.query(
    'update projection.checkpoint set revision = revision + 1, position = 0, next_offset = null',
  );
  for (const { partition, head } of heads) {
    await client.query(
      'insert into projection.checkpoint as c (partition, position) values ($1, $2)' +
        ' on conflict (partition) do update set position = excluded.position',
      [partition, head],
    );
  }
}
