/** So many partitions an installation may have. */
export const partitionsMax = 1_024;

/** What is recorded once for a whole installation. */
export interface Partitions {
  /** The number of writer partitions; `null` before the first scaled start. */
  count(): Promise<number | null>;
  /**
   * Records the number of partitions unless one is recorded already.
   *
   * @param count from 1 to `partitionsMax`
   * @returns what is recorded now: another number than `count` when it was recorded before
   * @throws RangeError for another count
   */
  record(count: number): Promise<number>;
  /** Names this log (a UUID): positions of a log of another epoch mean something else. */
  logEpoch(): Promise<string>;
}
