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

/**
 * A commit as decided; the store adds `recordedAt`. Position, version and hashes are the writer's.
 * `eventsText` is the JSON of `events` as it is stored and hashed, byte for byte.
 */
export type NewCommit = Omit<Commit, 'recordedAt'> & { readonly eventsText: string };

/** One decided command on its way into the log. */
export type FlushEntry = {
  readonly remembered: RememberedOutcome;
  /** `null` for a refusal that leaves no fact. */
  readonly commit: NewCommit | null;
  /**
   * Rows to change in the same transaction; empty without a commit.
   * `null`: the lab's rows fall behind and are projected later; `behindBecause` says why.
   */
  readonly delta: Delta | null;
  readonly behindBecause: string | null;
  /** The lab's list entry after the command. */
  readonly lab: { readonly name: string; readonly isRemoved: boolean };
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
  /** These ids were used before; `index` is the entry's place in the batch. Nothing was written. */
  | { readonly kind: 'duplicate'; readonly duplicates: readonly Duplicate[] }
  /** These labs are not at the version the writer thought. Nothing was written. */
  | { readonly kind: 'stale'; readonly labIds: readonly LabId[] }
  /** The database refused the entry at `index` (bisected); nothing of the batch was written. */
  | { readonly kind: 'rejected'; readonly index: number; readonly cause: Error }
  /** The store could not do it and surely has written nothing: try again later. */
  | { readonly kind: 'unavailable'; readonly cause: Error }
  /** The connection was lost at commit: look the ids up before anything else. */
  | { readonly kind: 'unknown'; readonly cause: Error };

export type Duplicate = { readonly index: number; readonly first: RememberedOutcome };

export type LabHead = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly version: number;
  readonly lastHash: string;
  readonly partition: number;
  readonly isRemoved: boolean;
};

/** A cache of a fold: may be missing, old or damaged, and may be deleted at any time. */
export type Snapshot = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly version: number;
  readonly labTime: LabTime;
  /** Hash of the commit at `version`. */
  readonly lastHash: string;
  /** Snapshots of other builds are ignored. */
  readonly codeVersion: string;
  readonly state: unknown;
  /** SHA-256 of the canonical JSON of all the other members. */
  readonly stateHash: string;
};

/** The append-only store of commits: PostgreSQL, or memory in tests of the application. */
export interface EventLog {
  /**
   * Takes the partition over: raises the epoch, so that every earlier writer is fenced.
   * Waits for a flush that is still under way: after it, what is not in the log never comes.
   */
  claim(partition: number): Promise<WriterClaim>;
  /**
   * Raises the epoch of a claim that still holds, as a writer does who cannot know what became of
   * its last flush. Waits for that flush too.
   * @returns `null` when another writer has taken the partition over
   */
  reclaim(claim: Pick<WriterClaim, 'partition' | 'epoch'>): Promise<WriterClaim | null>;
  /** Writes all entries in one transaction, in order, or none. One flush in flight at a time. */
  flush(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<FlushResult>;
  findOutcome(tenantId: TenantId, commandId: CommandId): Promise<RememberedOutcome | null>;
  /** Commits of a lab in order, `afterVersion` excluded, `upToVersion` included. */
  readLab(labId: LabId, afterVersion: number, upToVersion: number | null): AsyncIterable<Commit>;
  /** Commits of a partition in order, `afterPosition` excluded. */
  readPartition(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly Commit[]>;
  findLab(labId: LabId): Promise<LabHead | null>;
  labs(): AsyncIterable<LabHead>;
  findSnapshot(labId: LabId, upToVersion: number, codeVersion: string): Promise<Snapshot | null>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;
}

/** A commit as its row stands, before any upcasting: what its hash was taken over. */
export type StoredCommit = Omit<Commit, 'events'> & { readonly eventsText: string };

/** What an audit needs beside `EventLog`: the rows as they are. */
export interface AuditableLog {
  partitions(): Promise<readonly { readonly partition: number; readonly head: number }[]>;
  readStored(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly StoredCommit[]>;
  labs(): AsyncIterable<LabHead>;
  /** Outcomes that name a commit which does not exist, and commits without their outcome. */
  unmatchedOutcomes(limit: number): Promise<readonly UnmatchedOutcome[]>;
  /** How the outcomes of each partition are numbered, all partitions at one moment. */
  outcomeNumbers(): Promise<readonly OutcomeNumbers[]>;
}

/** Without gap when all three are equal, since no number stands twice. */
export type OutcomeNumbers = {
  readonly partition: number;
  readonly count: number;
  /** The highest sequence, 0 without outcomes. */
  readonly last: number;
  /** What the partition's row says is the highest. */
  readonly outcomesHead: number;
};

export type UnmatchedOutcome = {
  readonly kind: 'outcomeWithoutCommit' | 'commitWithoutOutcome';
  readonly tenantId: TenantId;
  readonly commandId: CommandId;
};
