import { ProjectionOutdated, storeFailure } from '@netfold/application';
import type { CommitPlace } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { ClientBase, Pool } from 'pg';
import { shapeDigest } from '../install.ts';
import { inTransaction } from './transaction.ts';

/** A partition and some of its labs, as one statement sees them. */
export type PartitionState = {
  /** Of all that was ever changed in the partition's rows; whoever changes them moves it on. */
  readonly revision: string;
  readonly position: number;
  /** `null` also when it is an offset of another topic. */
  readonly nextOffset: bigint | null;
  readonly logEpoch: string;
  /** Of the labs asked for; a lab without rows is missing. */
  readonly versions: ReadonlyMap<LabId, number>;
  /** Of the labs asked for. */
  readonly parked: ReadonlySet<LabId>;
};

type StateRow = {
  readonly revision: string;
  readonly position: number;
  readonly topic: string | null;
  readonly nextOffset: string | null;
  readonly logEpoch: string | null;
  readonly shape: string | null;
  readonly versions: Readonly<Record<LabId, number>>;
  readonly parked: readonly LabId[];
};

const stateSql =
  'select c.revision::text as revision, c.position::float8 as position, c.topic,' +
  ' c.next_offset::text as "nextOffset",' +
  ' (select log_epoch from projection.source) as "logEpoch",' +
  ' (select digest from read.shape) as shape,' +
  " (select coalesce(json_object_agg(v.lab_id, v.version), '{}') from read.lab_version v" +
  ' where v.lab_id = any ($2)) as versions,' +
  " (select coalesce(json_agg(p.lab_id), '[]') from projection.parked_lab p" +
  ' where p.lab_id = any ($2)) as parked' +
  ' from projection.checkpoint c where c.partition = $1';

/** @throws ProjectionOutdated when the tables have another shape than this build writes */
export async function partitionState(
  pool: Pool,
  at: CommitPlace,
  labIds: readonly LabId[],
): Promise<PartitionState> {
  const row = (await findState(pool, at, labIds)) ?? (await newState(pool, at, labIds));
  if (row.shape !== shapeDigest || row.logEpoch === null) {
    throw new ProjectionOutdated('the tables have another shape than this build writes');
  }
  const isSameTopic = row.topic === at.topic && row.nextOffset !== null;
  return {
    revision: row.revision,
    position: row.position,
    nextOffset: isSameTopic ? BigInt(row.nextOffset) : null,
    logEpoch: row.logEpoch,
    versions: new Map(Object.entries(row.versions)),
    parked: new Set(row.parked),
  };
}

async function newState(pool: Pool, at: CommitPlace, labIds: readonly LabId[]): Promise<StateRow> {
  const sql = 'insert into projection.checkpoint (partition) values ($1) on conflict do nothing';
  await inTransaction(pool, (client) => client.query(sql, [at.partition]));
  const row = await findState(pool, at, labIds);
  if (row === null) throw new Error(`partition ${at.partition} has no checkpoint`);
  return row;
}

async function findState(
  pool: Pool,
  { partition }: CommitPlace,
  labIds: readonly LabId[],
): Promise<StateRow | null> {
  try {
    const { rows } = await pool.query<StateRow>({
      name: 'projection_state',
      text: stateSql,
      values: [partition, labIds],
    });
    return rows[0] ?? null;
  } catch (error) {
    throw storeFailure(error);
  }
}

/** Where a partition stands after a change. */
export type Move = CommitPlace & {
  readonly position: number;
  readonly nextOffset: bigint | null;
};

/**
 * Moves the checkpoint on, within the client's transaction, and keeps others from it until the
 * transaction ends.
 *
 * @param revision what the change was worked out from
 * @returns false: others have changed something since
 */
export async function moveCheckpoint(
  client: ClientBase,
  revision: string,
  move: Move,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'projection_move',
    text: moveSql,
    values: moveValues(revision, move),
  });
  return rowCount === 1;
}

/** For a statement that does more when the checkpoint was moved. */
export const moveSql =
  'update projection.checkpoint set revision = revision + 1, position = $3, topic = $4,' +
  ' next_offset = $5 where partition = $1 and revision = $2';

/** The parameters of `moveSql`. */
export const moveValues = (
  revision: string,
  { topic, partition, position, nextOffset }: Move,
): unknown[] => [partition, revision, position, topic, nextOffset];

/** Keeps everybody from a partition's rows until the client's transaction ends. */
export async function lockPartition(client: ClientBase, partition: number): Promise<void> {
  await client.query(
    'update projection.checkpoint set revision = revision + 1 where partition = $1',
    [partition],
  );
}

/** What was taken over of the topic no longer says where to go on in it. */
export async function forgetOffset(client: ClientBase, partition: number): Promise<void> {
  await client.query(
    'update projection.checkpoint set revision = revision + 1, next_offset = null' +
      ' where partition = $1',
    [partition],
  );
}
