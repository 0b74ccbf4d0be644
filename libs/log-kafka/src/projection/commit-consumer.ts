import { setTimeout as sleep } from 'node:timers/promises';
import { ProjectionOutdated, StoreUnavailable } from '@netfold/application';
import type {
  AppliedBatch,
  CarriedCommit,
  CommitBatch,
  CommitProjection,
  CommitWatermark,
} from '@netfold/application';
import { commitMessageOf } from '../messages/commit-message.ts';
import { MessageInvalid } from '../messages/message-invalid.ts';
import { commitTopic, projectorGroup } from '../messages/topics.ts';
import type {
  Batch,
  BatchContext,
  LogConsumer,
  LogTransport,
  StoredRecord,
  TopicOffset,
  TopicPartition,
  Watermark,
} from '../transport.ts';

/** So many records are taken over in one transaction, as a rule. */
const batchRecordsMax = 500;
/** A batch that could not be taken over is tried again after 0.2 s, 0.4 s, and so on up to 5 s. */
const retryMs = 200;
const retryMsMax = 5_000;
/** So often the checkpoints are asked for, in half a minute, before the process ends. */
const checkpointAttemptsMax = 10;

const pauseMs = (failures: number): number => Math.min(retryMs * 2 ** failures, retryMsMax);

export type CommitConsumerOptions = {
  readonly transport: LogTransport;
  readonly projection: CommitProjection;
  /** `netfold.commits` and `netfold.projectors` unless given. */
  readonly topic?: string;
  readonly group?: string;
  readonly partitionsConcurrently?: number;
  readonly onApplied?: (partition: number, applied: AppliedBatch) => void;
  /** Work goes on; someone should look. */
  readonly onProblem: (problem: string, cause: Error | null) => void;
  /** Nothing is projected any more: the process ends, and its next start mends what it can. */
  readonly onFatal: (error: Error) => void;
};

/**
 * Feeds a projection from the topic of commits. Where it goes on stands in the projection's own
 * checkpoint; what the group commits is for people who look at the group.
 */
export class CommitConsumer {
  readonly #of: CommitConsumerOptions;
  readonly #topic: string;
  readonly #failures = new Map<number, number>();
  #consumer: LogConsumer | null = null;

  constructor(of: CommitConsumerOptions) {
    this.#of = of;
    this.#topic = of.topic ?? commitTopic;
  }

  /** @throws TransportFailed when the group cannot be joined */
  async start(): Promise<void> {
    const { transport, group = projectorGroup, partitionsConcurrently = 4 } = this.#of;
    this.#consumer = await transport.consume(
      {
        group,
        topics: [this.#topic],
        partitionsConcurrently,
        batchRecordsMax,
        onAssigned: (partitions) => this.#assigned(partitions),
        onFatal: this.#of.onFatal,
      },
      (batch, context) => this.#handle(batch, context),
    );
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
  }

  /** A database that is away for a moment is no reason to leave the group. */
  async #assigned(partitions: readonly TopicPartition[]): Promise<readonly TopicOffset[]> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await this.#positions(partitions);
      } catch (error) {
        const isOver = failures + 1 === checkpointAttemptsMax;
        if (isOver || !(error instanceof StoreUnavailable)) throw error;
        this.#of.onProblem('the checkpoints could not be read', error);
        await sleep(pauseMs(failures));
      }
    }
  }

  /** What the projection has taken over wins over what the group has committed. */
  async #positions(partitions: readonly TopicPartition[]): Promise<readonly TopicOffset[]> {
    if (partitions.length === 0) return [];
    const admin = await this.#of.transport.admin();
    try {
      const marks = new Map(
        (await admin.watermarks(this.#topic)).map((mark) => [mark.partition, mark]),
      );
      const positions: TopicOffset[] = [];
      for (const at of partitions) positions.push(await this.#position(at, marks));
      return positions;
    } finally {
      await admin.close();
    }
  }

  async #position(at: TopicPartition, marks: ReadonlyMap<number, Watermark>): Promise<TopicOffset> {
    const { low = 0n, high = 0n } = marks.get(at.partition) ?? {};
    const { nextOffset } = await this.#of.projection.checkpoint(at);
    if (nextOffset === null) return { ...at, next: low };
    if (nextOffset <= high) return { ...at, next: nextOffset < low ? low : nextOffset };
    this.#problem(at, `offset ${nextOffset} lies beyond the end ${high}: it is another topic`);
    await this.#of.projection.startFromLog(at, new AbortController().signal);
    return { ...at, next: low };
  }

  async #handle(batch: Batch, context: BatchContext): Promise<void> {
    const last = batch.records.at(-1);
    if (last === undefined) return;
    const read = this.#read(batch, last.offset + 1n);
    const applied = await this.#apply(read, context.signal);
    this.#failures.delete(batch.partition);
    this.#of.onApplied?.(batch.partition, applied);
    try {
      await context.commit(read.nextOffset);
    } catch (error) {
      // It only says how far the group is; the checkpoint is what counts.
      this.#problem(batch, 'the broker did not take the offset', error);
    }
  }

  async #apply(read: CommitBatch, signal: AbortSignal): Promise<AppliedBatch> {
    try {
      return await this.#of.projection.apply(read, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ProjectionOutdated) this.#of.onFatal(error);
      else this.#problem(read, 'a batch could not be taken over', error);
      await this.#backOff(read.partition, signal);
      throw error;
    }
  }

  async #backOff(partition: number, signal: AbortSignal): Promise<void> {
    const failures = this.#failures.get(partition) ?? 0;
    this.#failures.set(partition, failures + 1);
    // Aborted: somebody else goes on.
    await sleep(pauseMs(failures), null, { signal }).catch(() => {});
  }

  /** What is no message of ours is passed over: the log fills the hole that it leaves. */
  #read({ topic, partition, records }: Batch, nextOffset: bigint): CommitBatch {
    const commits: CarriedCommit[] = [];
    const watermarks: CommitWatermark[] = [];
    for (const record of records) {
      const message = this.#messageOf({ topic, partition }, record);
      if (message?.kind === 'commit') commits.push(message.commit);
      if (message?.kind === 'watermark' && message.partition === partition) {
        watermarks.push(message.watermark);
      }
    }
    return { topic, partition, nextOffset, commits, watermarks };
  }

  #messageOf(at: TopicPartition, record: StoredRecord): ReturnType<typeof commitMessageOf> | null {
    try {
      return commitMessageOf(record);
    } catch (error) {
      if (!(error instanceof MessageInvalid)) throw error;
      this.#problem(at, `the record at offset ${record.offset} is no message of ours`, error);
      return null;
    }
  }

  #problem({ topic, partition }: TopicPartition, problem: string, cause: unknown = null): void {
    const isError = cause === null || cause instanceof Error;
    const error = isError ? cause : new Error('failed', { cause });
    this.#of.onProblem(`${topic}, partition ${partition}: ${problem}`, error);
  }
}
