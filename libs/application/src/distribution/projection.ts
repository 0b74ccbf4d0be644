import type { Commit, LabId, StoredEvent } from '@netfold/contracts';
import type { AuditableLog, EventLog } from '../event-log.ts';

/** A commit as a record of the distribution log carries it: events of whatever schema version. */
export type CarriedCommit = Omit<Commit, 'events'> & {
  readonly events: readonly StoredEvent[];
  /** Of the log that it was read from; after a restore the log has another one. */
  readonly logEpoch: string;
};

/** "All commits of the partition up to this position were sent before me." */
export type CommitWatermark = { readonly position: number; readonly logEpoch: string };

export type CommitPlace = { readonly topic: string; readonly partition: number };

/** What one partition of the distribution log delivered at a time, in whatever order. */
export type CommitBatch = CommitPlace & {
  /** Offset of the first record after the batch. */
  readonly nextOffset: bigint;
  readonly commits: readonly CarriedCommit[];
  readonly watermarks: readonly CommitWatermark[];
};

/** What a batch came to, counted in commits. */
export type AppliedBatch = {
  /** All commits of the partition up to here are in the tables, or their lab is parked. */
  readonly position: number;
  readonly applied: number;
  /** Of those applied, the ones that were missing in the batch and were read from the log. */
  readonly filled: number;
  /** Delivered, and not needed: seen before, or of another log. */
  readonly dropped: number;
  /** Labs whose rows stay behind from now on. */
  readonly parked: readonly LabId[];
};

export type CommitCheckpoint = {
  /** Where to go on in this topic; `null` when nothing of it was taken over yet. */
  readonly nextOffset: bigint | null;
  readonly position: number;
};

/**
 * Read models that are built from distributed commits. It trusts the versions of labs and the log,
 * never the distribution log: what is missing, repeated, out of order or foreign does no harm.
 */
export interface CommitProjection {
  checkpoint(at: CommitPlace): Promise<CommitCheckpoint>;
  /**
   * Takes the batch over, with what is missing below it; the checkpoint moves in the same
   * transaction as the rows.
   *
   * @throws StoreUnavailable     a database is away: the same batch again, later
   * @throws ProjectionOutdated   the tables must be built anew, which a start of the process does
   */
  apply(batch: CommitBatch, signal: AbortSignal): Promise<AppliedBatch>;
  /**
   * The topic is not the one that the checkpoint speaks of: takes over what the log has, up to its
   * head, and forgets the offset. Errors are those of `apply`.
   */
  startFromLog(at: CommitPlace, signal: AbortSignal): Promise<AppliedBatch>;
}

/** How far a projection has come; for those who wait for it before they read its tables. */
export interface ProjectedPositions {
  /** All commits of the partition up to here can be read; 0 when there are none yet. */
  projectedPosition(partition: number): Promise<number>;
}

/** The log as a projection reads it: of every tenant, and nothing is written. */
export interface ProjectionSource
  extends
    Pick<EventLog, 'findLab' | 'labs' | 'readLab'>,
    Pick<AuditableLog, 'partitions' | 'readStored'> {
  /** Another one after the log was restored from a backup: its positions may repeat. */
  logEpoch(): Promise<string>;
}

/** The tables belong to another history of the log, or to another build. */
export class ProjectionOutdated extends Error {
  override readonly name = 'ProjectionOutdated';
}
