import type { Consumer } from 'kafkajs';
import type { ConsumeOptions, TopicPartition } from '../transport.ts';
import { RunningBatches, type RunningBatch } from './running-batches.ts';

/**
 * Follows the group: which partitions are ours, and from when on.
 *
 * States: *settling* (entered by each join; all partitions are paused in kafkajs and nothing is
 * delivered: the handlers still running end, the old partitions are revoked, the new ones assigned
 * and put to their positions) and *settled*. Each join revokes everything, also what stays with us:
 * between two joins another member may have had it, without our notice.
 */
export class GroupMembership {
  readonly #consumer: Consumer;
  readonly #options: ConsumeOptions;
  readonly #running = new RunningBatches();
  readonly #pausedByCaller = new Set<string>();
  #assigned: readonly TopicPartition[] = [];
  #joins = 0;
  #settledJoin = 0;
  #settling: Promise<void> = Promise.resolve();

  constructor(consumer: Consumer, options: ConsumeOptions, onFailure: (error: Error) => void) {
    this.#consumer = consumer;
    this.#options = options;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      const partitions = partitionsOf(payload.memberAssignment);
      this.#joins += 1;
      const join = this.#joins;
      // Within the same turn, before kafkajs fetches for the new assignment.
      consumer.pause(byTopic(partitions));
      this.#running.abort(new Error('the group has changed'));
      this.#settling = this.#settling
        .then(() => this.#settle(join, partitions))
        .catch((error: unknown) => {
          onFailure(error instanceof Error ? error : new Error(String(error)));
        });
    });
  }

  /** @returns null while the group settles, when nothing may be handled */
  startBatch(partition: TopicPartition): RunningBatch | null {
    const isSettled = this.#settledJoin === this.#joins && !this.isPaused(partition);
    return isSettled ? this.#running.start(partition) : null;
  }

  isPaused(partition: TopicPartition): boolean {
    return this.#pausedByCaller.has(keyOf(partition));
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.#pausedByCaller.add(keyOf(each));
    this.#consumer.pause(byTopic(partitions));
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.#pausedByCaller.delete(keyOf(each));
    // What is settling is resumed when it has settled.
    if (this.#settledJoin === this.#joins) this.#consumer.resume(byTopic(partitions));
  }

  /** After kafkajs has left the group. */
  async leave(): Promise<void> {
    this.#joins += 1;
    await this.#settling;
    await this.#revoke();
  }

  async #settle(join: number, partitions: readonly TopicPartition[]): Promise<void> {
    await this.#running.ended();
    await this.#revoke();
    if (join !== this.#joins) return;
    this.#assigned = partitions;
    const positions = (await this.#options.onAssigned?.(partitions)) ?? [];
    if (join !== this.#joins) return;
    for (const { topic, partition, next } of positions) {
      this.#consumer.seek({ topic, partition, offset: String(next) });
    }
    this.#settledJoin = join;
    this.#consumer.resume(byTopic(partitions.filter((each) => !this.isPaused(each))));
  }

  async #revoke(): Promise<void> {
    const revoked = this.#assigned;
    this.#assigned = [];
    if (revoked.length > 0) await this.#options.onRevoked?.(revoked);
  }
}

function partitionsOf(
  assignment: Readonly<Record<string, readonly number[]>>,
): readonly TopicPartition[] {
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.toSorted((a, b) => a - b).map((partition) => ({ topic, partition })),
  );
}

function byTopic(partitions: readonly TopicPartition[]): { topic: string; partitions: number[] }[] {
  return partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${partition}/${topic}`;
}
