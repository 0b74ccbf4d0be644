import type { LabId } from '@netfold/contracts';
import type { ClientBase, Pool } from 'pg';

/** A lab whose rows in the read models are behind its facts. */
export type ParkedLab = {
  readonly labId: LabId;
  /** The version that the rows show. */
  readonly version: number;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly parkedAt: number;
};

/** Labs listed at a time; the oldest first. */
const parkedLabsMax = 100;

export async function parkedLabs(client: ClientBase | Pool): Promise<readonly ParkedLab[]> {
  const { rows } = await client.query<ParkedLab>(
    'select lab_id as "labId", version::float8 as version, reason,' +
      ' extract(epoch from parked_at)::float8 * 1000 as "parkedAt"' +
      ' from log.parked_lab order by parked_at limit $1',
    [parkedLabsMax],
  );
  return rows;
}

/** The lab's rows were made anew, in the client's transaction. */
export async function unparkLab(client: ClientBase, labId: LabId): Promise<void> {
  await client.query('delete from log.parked_lab where lab_id = $1', [labId]);
}

/**
 * Keeps every writer from committing until the client's transaction ends; waits for the flush
 * that is under way. Flushes that wait longer than their own limit are tried again.
 */
export async function lockWriters(client: ClientBase): Promise<void> {
  await client.query('select from log.writer_partition order by partition for update');
}
