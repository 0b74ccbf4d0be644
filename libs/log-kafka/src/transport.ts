/** One partition of one topic; a topic is a name such as `netfold.commits`. */
export type TopicPartition = { readonly topic: string; readonly partition: number };

/** `next` is the offset of the first record that is not yet handled. */
export type TopicOffset = TopicPartition & { readonly next: bigint };

export type LogRecord = {
  readonly key: string;
  readonly value: Uint8Array;
  /** Text only, so that every client and every language reads them alike. */
  readonly headers: Readonly<Record<string, string>>;
};

export type StoredRecord = LogRecord & {
  /** Grows within a partition, with gaps; it is no position of the event log. */
  readonly offset: bigint;
  /** Milliseconds since 1970 by the clock of whoever wrote it. */
  readonly timestamp: number;
};

/** Records of one partition, in order; never empty. */
export type Batch = TopicPartition & {
  readonly records: readonly StoredRecord[];
  /** The offset that the next record of the partition would get when this batch was read. */
  readonly highWatermark: bigint;
};

export type BatchContext = {
  /** Aborted when the partition may already belong to another member of the group. */
  readonly signal: AbortSignal;
  /**
   * Records how far the group has come; everything below `next` is not delivered again.
   *
   * To be called for what is handled only: a commit that was refused may have been kept all the
   * same, while the group moved to another coordinator.
   *
   * @throws when the broker refuses; a handler may go on, since commits only save work
   */
  commit(next: bigint): Promise<void>;
};

/**
 * Resolves when all records of the batch are handled. Throws to get the batch again, from the last
 * commit within it; nothing is ever skipped.
 */
export type BatchHandler = (batch: Batch, context: BatchContext) => Promise<void>;

export type ConsumeOptions = {
  readonly group: string;
  readonly topics: readonly string[];
  /** How many partitions are handled at the same time; within one, batch follows batch. */
  readonly partitionsConcurrently: number;
  readonly batchRecordsMax: number;
  /**
   * Called with all partitions of this member after each change in the group, before a record of
   * them is delivered. A position that it returns wins over what the group has committed.
   */
  readonly onAssigned?: (
    partitions: readonly TopicPartition[],
  ) => Promise<readonly TopicOffset[] | void>;
  /** Called with all partitions of this member before each change in the group, and on stopping. */
  readonly onRevoked?: (partitions: readonly TopicPartition[]) => Promise<void>;
  /** Nothing is delivered any more. A program ends here and is started again by its supervisor. */
  readonly onFatal: (error: Error) => void;
};

export interface LogConsumer {
  /** Stops delivery; positions and membership stay. */
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Delivers from another offset; what is being handled at the moment is finished first. */
  seek(to: TopicOffset): void;
  /** Waits for what is being handled, then leaves the group. */
  stop(): Promise<void>;
}

export interface LogProducer {
  /**
   * Stores records in one partition, in order, all of them or none. Calls for the same partition
   * are stored in the order of the calls.
   *
   * @returns the offset of the first record
   * @throws RecordRefused  nothing was sent
   * @throws SendFailed     the records may be stored; all calls still waiting fail with it, so that
   *                        none overtakes one that is repeated
   */
  send(to: TopicPartition, records: readonly LogRecord[]): Promise<bigint>;
  /** Waits for the calls in flight. */
  close(): Promise<void>;
}

export interface LogAdmin {
  /** Creates a topic that is missing. @throws when it exists with another number of partitions */
  ensureTopic(topic: string, shape: TopicShape): Promise<void>;
  /** By partition: the oldest offset still kept and the offset of the next record. */
  watermarks(topic: string): Promise<readonly Watermark[]>;
  /** Where a group stands; partitions without a commit are left out. */
  committed(group: string, topic: string): Promise<readonly TopicOffset[]>;
  close(): Promise<void>;
}

export type TopicShape = {
  readonly partitions: number;
  readonly replicas?: number;
  /** Settings of the broker by name, such as `retention.ms`. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Watermark = { readonly partition: number; readonly low: bigint; readonly high: bigint };

/**
 * A distribution log. It may lose, repeat or delay records without harm: the truth is elsewhere,
 * and whoever consumes trusts what the records say, never their offsets.
 */
export interface LogTransport {
  producer(): Promise<LogProducer>;
  /** Resolves when the group has let this member in. */
  consume(options: ConsumeOptions, handler: BatchHandler): Promise<LogConsumer>;
  admin(): Promise<LogAdmin>;
}

/** The records break a limit of the transport; sending them again is of no use. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
}

/** It is not known whether the records were stored. Sending them again may store them twice. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';
}

/** The broker cannot be reached, or it refused something other than records. */
export class TransportFailed extends Error {
  override readonly name = 'TransportFailed';
}
