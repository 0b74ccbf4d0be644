import type { Commit, CommandId, LabId, LabTime, Outcome, TenantId } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';

/** What an answer must be rebuilt from when the same command comes again. */
export type RememberedOutcome = {
  readonly tenantId: TenantId;
  readonly commandId: CommandId;
  /** SHA-256 of the canonical payload: the same id with another payload is a conflict. */
  readonly payloadHash: string;
  readonly labId: LabId;
  readonly labVersion: number;
  readonly position: number | null;
  readonly outcome: Outcome;
  readonly labTime: LabTime;
};

/** A commit as decided; the store adds `recordedAt`. Position, version and hashes are the writer's. */
export type NewCommit = Omit<Commit, 'recordedAt'>;

/** One decided command on its way into the log. */
export type FlushEntry = {
  readonly remembered: RememberedOutcome;
  /** `null` for a refusal that leaves no fact. */
  readonly commit: NewCommit | null;
  /** Rows to change in the same transaction; `null`: the lab is catching up, project it later. */
  readonly delta: Delta | null;
};

export type WriterClaim = {
  readonly partition: number;
  readonly epoch: number;
  /** Position of the last commit of the partition, 0 when empty. */
  readonly head: number;
};

export type FlushResult =
  | { readonly kind: 'flushed'; readonly recordedAt: number }
  /** Another writer has taken the partition over: answer nothing more from memory. */
  | { readonly kind: 'fenced' }
  /** The id was used before; `index` is the entry's place in the batch. Nothing was written. */
  | { readonly kind: 'duplicate'; readonly index: number; readonly first: RememberedOutcome }
  /** The database refused the entry at `index` (bisected); nothing of the batch was written. */
  | { readonly kind: 'rejected'; readonly index: number; readonly cause: Error }
  /** The connection was lost at commit: look the ids up before anything else. */
  | { readonly kind: 'unknown'; readonly cause: Error };

export type LabHead = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly version: number;
  readonly lastHash: string;
  readonly partition: number;
  readonly isRemoved: boolean;
};

export type Snapshot = {
  readonly labId: LabId;
  readonly version: number;
  /** Snapshots of other builds are ignored. */
  readonly codeVersion: string;
  readonly state: unknown;
  readonly stateHash: string;
};

/** The append-only store of commits: PostgreSQL, or memory in tests of the application. */
export interface EventLog {
  /** Takes the partition over: raises the epoch, so that every earlier writer is fenced. */
  claim(partition: number): Promise<WriterClaim>;
  /** Writes all entries in one transaction, in order, or none. One flush in flight at a time. */
  flush(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<FlushResult>;
  findOutcome(tenantId: TenantId, commandId: CommandId): Promise<RememberedOutcome | null>;
  /** Commits of a lab in order, `afterVersion` excluded, `upToVersion` included. */
  readLab(labId: LabId, afterVersion: number, upToVersion: number | null): AsyncIterable<Commit>;
  /** Commits of a partition in order, `afterPosition` excluded. */
  readPartition(partition: number, afterPosition: number, limit: number): Promise<readonly Commit[]>;
  findLab(labId: LabId): Promise<LabHead | null>;
  labs(): AsyncIterable<LabHead>;
  findSnapshot(labId: LabId, upToVersion: number, codeVersion: string): Promise<Snapshot | null>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;
}
