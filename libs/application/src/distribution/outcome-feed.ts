import type { RememberedOutcome } from '../event-log.ts';

/**
 * An outcome with its place among those of its partition: from 1, without gap, in the order in
 * which the commands went into the log.
 */
export type NumberedOutcome = RememberedOutcome & {
  readonly partition: number;
  readonly sequence: number;
};

/** How far a partition goes. */
export type PartitionHeads = {
  readonly partition: number;
  /** Position of its last commit, 0 when it has none. */
  readonly head: number;
  /** Sequence of its last outcome, 0 when it has none. */
  readonly outcomesHead: number;
};

/**
 * The outcomes of all commands, partition by partition. They become visible in order, so that
 * "after the last one" misses nothing.
 */
export interface OutcomeFeed {
  /** Outcomes of a partition in order, `afterSequence` excluded. @throws StoreUnavailable */
  readOutcomes(
    partition: number,
    afterSequence: number,
    limit: number,
  ): Promise<readonly NumberedOutcome[]>;
  /**
   * The partitions that were ever claimed, by number; another one is empty.
   * @throws StoreUnavailable
   */
  heads(): Promise<readonly PartitionHeads[]>;
}
