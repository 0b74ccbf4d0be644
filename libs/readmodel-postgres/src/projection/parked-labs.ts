import { absentFold, storeFailure, StoreUnavailable } from '@netfold/application';
import type { LabFold } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { Pool, PoolClient } from 'pg';
import { projectLab } from '../rebuild/project-lab.ts';
import { lockPartition } from './checkpoints.ts';
import { foldOn, reasonOf } from './lab-changes.ts';
import type { FoldingParts } from './lab-changes.ts';
import { parkLonger } from './park-lab.ts';
import { inTransaction } from './transaction.ts';

/** So many labs are tried again in one round. */
const labsPerRound = 20;
const listedMax = 100;

/** A lab whose rows are behind its facts. */
export type ParkedRows = {
  readonly labId: LabId;
  readonly partition: number;
  readonly reason: string;
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly parkedAt: number;
};

/** The oldest first, at most 100. @throws StoreUnavailable */
export async function parkedRows(pool: Pool): Promise<readonly ParkedRows[]> {
  try {
    const { rows } = await pool.query<ParkedRows>(
      'select lab_id as "labId", partition, reason, failures,' +
        ' extract(epoch from parked_at)::float8 * 1000 as "parkedAt"' +
        ' from projection.parked_lab order by parked_at, lab_id limit $1',
      [listedMax],
    );
    return rows;
  } catch (error) {
    throw storeFailure(error);
  }
}

/** All of them. @throws StoreUnavailable */
export async function countParked(pool: Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ labs: number }>(
      'select count(*)::int as labs from projection.parked_lab',
    );
    return rows[0]?.labs ?? 0;
  } catch (error) {
    throw storeFailure(error);
  }
}

/** What became of one attempt to bring a parked lab back. */
export type Retried = {
  readonly labId: LabId;
  /** The version that its rows show now; `null` when it stays parked. */
  readonly version: number | null;
};

type Place = { readonly labId: LabId; readonly partition: number };

/** Rebuilds the parked labs whose time has come from the log. @throws StoreUnavailable */
export async function retryParked(pool: Pool, parts: FoldingParts): Promise<readonly Retried[]> {
  return retry(pool, parts, await inTransaction(pool, dueLabs));
}

/**
 * Rebuilds the parked labs from the log, the oldest 100, whether their time has come or not; a
 * projector may do the same meanwhile. @throws StoreUnavailable
 */
export async function retryParkedNow(pool: Pool, parts: FoldingParts): Promise<readonly Retried[]> {
  return retry(pool, parts, await parkedRows(pool));
}

async function retry(
  pool: Pool,
  parts: FoldingParts,
  labs: readonly Place[],
): Promise<readonly Retried[]> {
  const retried: Retried[] = [];
  for (const at of labs) {
    retried.push({ labId: at.labId, version: await bringBack(pool, parts, at) });
  }
  return retried;
}

async function dueLabs(client: PoolClient): Promise<readonly Place[]> {
  const { rows } = await client.query<Place>(
    'select lab_id as "labId", partition from projection.parked_lab' +
      ' where retry_at <= clock_timestamp() order by retry_at, lab_id limit $1',
    [labsPerRound],
  );
  return rows;
}

async function bringBack(pool: Pool, parts: FoldingParts, at: Place): Promise<number | null> {
  try {
    // First without the lock: a long fold must not hold up the partition.
    const fold = await foldToHead(parts, at.labId, null);
    return await inTransaction(pool, (client) => rebuildLab({ client, ...parts }, at, fold));
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const { labId } = at;
    await inTransaction(pool, (client) => parkLonger(client, { labId, reason: reasonOf(error) }));
    return null;
  }
}

/**
 * While the partition is locked, no commit of the lab is passed over: what the log has by now is
 * in the rows, and what comes later finds the lab no longer parked.
 */
async function rebuildLab(
  { client, ...parts }: FoldingParts & { readonly client: PoolClient },
  { labId, partition }: Place,
  folded: LabFold | null,
): Promise<number> {
  await lockPartition(client, partition);
  const fold = await foldToHead(parts, labId, folded);
  if (fold !== null) await projectLab(client, 'read', fold);
  await client.query('delete from projection.parked_lab where lab_id = $1', [labId]);
  return fold?.version ?? 0;
}

/** @param from `null`: from the first commit. @returns null when the log has no such lab */
async function foldToHead(
  parts: FoldingParts,
  labId: LabId,
  from: LabFold | null,
): Promise<LabFold | null> {
  const head = await parts.source.findLab(labId);
  if (head === null) return null;
  return foldOn(parts, from ?? absentFold(parts.model, labId, head.tenantId), head.version);
}
