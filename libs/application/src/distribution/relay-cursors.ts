import type { WriterClaim } from '../event-log.ts';

/** What is relayed from the log: commits by position, outcomes by sequence. */
export type RelayStream = 'commits' | 'outcomes';

/** How far the relay of a partition has come. Only who holds the partition moves it. */
export interface RelayCursors {
  /** The last position or sequence that was relayed, 0 for none. @throws StoreUnavailable */
  position(partition: number, stream: RelayStream): Promise<number>;
  /**
   * Moves the cursor when the claim still holds and the cursor still stands at `from`. A claim of
   * the partition waits for it, so that the next holder reads where the last one really stopped.
   *
   * @returns false: the partition has another epoch, or the cursor stands elsewhere
   * @throws StoreUnavailable: it may or may not have moved, read it again
   */
  advance(
    claim: Pick<WriterClaim, 'partition' | 'epoch'>,
    stream: RelayStream,
    from: number,
    to: number,
  ): Promise<boolean>;
}
