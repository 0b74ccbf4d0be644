import type { LabId } from '@netfold/contracts';
import type { ClientBase } from 'pg';

/** A lab that was parked is tried again after 2 s, 4 s, 8 s, and so on up to ten minutes. */
const retrySeconds = 2;
const retrySecondsMax = 600;

export type LabToPark = { readonly labId: LabId; readonly reason: string };

/** Within the transaction that passes over the lab's commits. */
export async function parkLab(
  client: ClientBase,
  partition: number,
  { labId, reason }: LabToPark,
): Promise<void> {
  await client.query(
    'insert into projection.parked_lab (lab_id, partition, reason, retry_at)' +
      " values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second')" +
      ' on conflict (lab_id) do nothing',
    [labId, partition, withoutZeros(reason), retrySeconds],
  );
}

/** It could not be brought back; the next attempt comes later than this one did. */
export async function parkLonger(client: ClientBase, { labId, reason }: LabToPark): Promise<void> {
  await client.query(
    'update projection.parked_lab set reason = $2, failures = failures + 1, retry_at =' +
      " clock_timestamp() + least($3 * 2 ^ least(failures, 20), $4) * interval '1 second'" +
      ' where lab_id = $1',
    [labId, withoutZeros(reason), retrySeconds, retrySecondsMax],
  );
}

/** PostgreSQL keeps no zero characters in texts. */
const withoutZeros = (text: string): string => text.replaceAll('\0', '');
