import type { LabHead, RememberedOutcome, Snapshot, StoredCommit } from '@netfold/application';
import { upcastEvents } from '@netfold/contracts';
import type { Commit, Face, Outcome, StoredEvent } from '@netfold/contracts';

/** Columns as texts and numbers: json as its bytes, hashes as hex, times as milliseconds. */
export const commitColumns = `
  partition, position::float8 as position, lab_id, lab_version::float8 as lab_version, tenant_id,
  command_id, correlation_id, causation_id, actor_id, face, command_text,
  extract(epoch from recorded_at)::float8 * 1000 as recorded_at, lab_time::float8 as lab_time,
  schema_version, events::text as events, encode(previous_hash, 'hex') as previous_hash,
  encode(hash, 'hex') as hash`;

export type CommitRow = {
  readonly partition: number;
  readonly position: number;
  readonly lab_id: string;
  readonly lab_version: number;
  readonly tenant_id: string;
  readonly command_id: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly actor_id: string;
  readonly face: string;
  readonly command_text: string | null;
  readonly recorded_at: number;
  readonly lab_time: number;
  readonly schema_version: number;
  readonly events: string;
  readonly previous_hash: string;
  readonly hash: string;
};

export function storedCommitOf(row: CommitRow): StoredCommit {
  return {
    partition: row.partition,
    position: row.position,
    labId: row.lab_id,
    labVersion: row.lab_version,
    tenantId: row.tenant_id,
    commandId: row.command_id,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    actorId: row.actor_id,
    face: row.face as Face,
    commandText: row.command_text,
    recordedAt: Math.round(row.recorded_at),
    labTime: row.lab_time,
    schemaVersion: row.schema_version,
    eventsText: row.events,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

export function commitOf(row: CommitRow): Commit {
  const { eventsText, ...stored } = storedCommitOf(row);
  const events = upcastEvents(JSON.parse(eventsText) as StoredEvent[], stored.schemaVersion);
  return { ...stored, events };
}

export const outcomeColumns = `
  tenant_id, command_id, encode(payload_hash, 'hex') as payload_hash, lab_id,
  lab_version::float8 as lab_version, position::float8 as position, outcome::text as outcome,
  lab_time::float8 as lab_time`;

export type OutcomeRow = {
  readonly tenant_id: string;
  readonly command_id: string;
  readonly payload_hash: string;
  readonly lab_id: string;
  readonly lab_version: number;
  readonly position: number | null;
  readonly outcome: string;
  readonly lab_time: number;
};

export const outcomeOf = (row: OutcomeRow): RememberedOutcome => ({
  tenantId: row.tenant_id,
  commandId: row.command_id,
  payloadHash: row.payload_hash,
  labId: row.lab_id,
  labVersion: row.lab_version,
  position: row.position,
  outcome: JSON.parse(row.outcome) as Outcome,
  labTime: row.lab_time,
});

export const headColumns = `
  lab_id, tenant_id, name, partition, version::float8 as version,
  encode(last_hash, 'hex') as last_hash, is_removed`;

export type HeadRow = {
  readonly lab_id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly partition: number;
  readonly version: number;
  readonly last_hash: string;
  readonly is_removed: boolean;
};

export const headOf = (row: HeadRow): LabHead => ({
  labId: row.lab_id,
  tenantId: row.tenant_id,
  name: row.name,
  version: row.version,
  lastHash: row.last_hash,
  partition: row.partition,
  isRemoved: row.is_removed,
});

export type SnapshotRow = {
  readonly lab_id: string;
  readonly code_version: string;
  readonly version: number;
  readonly tenant_id: string;
  readonly lab_time: number;
  readonly last_hash: string;
  readonly state: string;
  readonly state_hash: string;
};

export const snapshotOf = (row: SnapshotRow): Snapshot => ({
  labId: row.lab_id,
  tenantId: row.tenant_id,
  version: row.version,
  labTime: row.lab_time,
  lastHash: row.last_hash,
  codeVersion: row.code_version,
  state: JSON.parse(row.state) as unknown,
  stateHash: row.state_hash,
});
