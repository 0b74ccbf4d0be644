import { setTimeout as sleep } from 'node:timers/promises';
import { SendQueue } from '../send-queue.ts';
import {
  TransportFailed,
  type BatchHandler,
  type ConsumeOptions,
  type LogAdmin,
  type LogConsumer,
  type LogProducer,
  type LogTransport,
  type TopicOffset,
  type TopicPartition,
} from '../transport.ts';
import { InProcessGroup } from './in-process-group.ts';
import { InProcessMember } from './in-process-member.ts';
import { InProcessPartition } from './in-process-partition.ts';

/** How often, and after which pause, a producer asks again while replicas are lacking. */
const attemptsMax = 20;
const attemptPauseMs = 25;

/** What a producer has written to, and how often that had been put back by then. */
type Session = Map<InProcessPartition, number>;

/**
 * The twin of a distribution log within one process, with the same manners and the same contract
 * suite: gaps between offsets, copied bytes, limits of size, groups that rebalance.
 */
export class InProcessLog implements LogTransport {
  readonly #topics = new Map<string, readonly InProcessPartition[]>();
  readonly #groups = new Map<string, InProcessGroup>();
  readonly #lackingReplicas = new Set<string>();
  #throttleMs = 0;

  producer(): Promise<LogProducer> {
    let session: Session = new Map();
    const queue = new SendQueue(async (to, records) => {
      // Never within the call: a real broker does not answer in the same turn either.
      await new Promise(setImmediate);
      await this.#heldBack();
      await this.#enoughReplicas(to.topic);
      const partition = this.#partition(to);
      if (!isKnown(session, partition)) {
        session = new Map(); // Thrown away, as after each failure.
        throw new TransportFailed('the partition has not got what this producer wrote before');
      }
      session.set(partition, partition.rewinds);
      const baseOffset = partition.append(records, Date.now());
      for (const group of this.#groups.values()) group.wake();
      return baseOffset;
    });
    return Promise.resolve({
      send: (to, records) => queue.send(to, records),
      close: () => queue.close(),
    });
  }

  async consume(options: ConsumeOptions, handler: BatchHandler): Promise<LogConsumer> {
    for (const topic of options.topics) this.#partitionsOf(topic);
    const group = this.#group(options.group);
    const partition = (at: TopicPartition): InProcessPartition => this.#partition(at);
    const heldBack = (): Promise<void> => this.#heldBack();
    const member = new InProcessMember(options, handler, { group, partition, heldBack });
    await group.join(member);
    return member;
  }

  admin(): Promise<LogAdmin> {
    return Promise.resolve({
      ensureTopic: async (topic, { partitions }) => {
        const found = this.#topics.get(topic) ?? newPartitions(partitions);
        if (found.length !== partitions) {
          throw new TransportFailed(`\`${topic}\` has ${found.length} partitions`);
        }
        this.#topics.set(topic, found);
      },
      watermarks: async (topic) =>
        this.#partitionsOf(topic).map(({ low, high }, partition) => ({ partition, low, high })),
      committed: async (group, topic) =>
        this.#partitionsOf(topic).flatMap((_, partition) => {
          const next = this.#group(group).committed({ topic, partition });
          return next === null ? [] : [{ topic, partition, next }];
        }),
      close: () => Promise.resolve(),
    });
  }

  /** For tests: takes all partitions from a group's members and deals them out anew. */
  rebalance(group: string): Promise<void> {
    return this.#group(group).rebalance();
  }

  /** For tests: forgets the records of a partition below an offset. */
  expire({ topic, partition, next }: TopicOffset): void {
    this.#partition({ topic, partition }).expire(next);
  }

  /** For tests: puts a partition back to where it stood at an offset. */
  rewind({ topic, partition, next }: TopicOffset): void {
    this.#partition({ topic, partition }).rewind(next);
  }

  /** For tests: forgets a topic with all its records. */
  remove(topic: string): void {
    this.#topics.delete(topic);
  }

  /** For tests: holds back each write and each delivery, as a broker does with a quota. */
  throttle(ms: number): void {
    this.#throttleMs = ms;
  }

  /** For tests: whether a topic refuses records, as one with too few replicas in sync does. */
  lackReplicas(topic: string, isLacking: boolean): void {
    if (isLacking) this.#lackingReplicas.add(topic);
    else this.#lackingReplicas.delete(topic);
  }

  async #heldBack(): Promise<void> {
    if (this.#throttleMs > 0) await sleep(this.#throttleMs);
  }

  async #enoughReplicas(topic: string): Promise<void> {
    for (let attempt = 1; this.#lackingReplicas.has(topic); attempt += 1) {
      if (attempt === attemptsMax) {
        throw new TransportFailed('there are fewer in-sync replicas than required');
      }
      await sleep(attemptPauseMs);
    }
  }

  #group(name: string): InProcessGroup {
    const group =
      this.#groups.get(name) ??
      new InProcessGroup((topic) =>
        this.#partitionsOf(topic).map((_, partition) => ({ topic, partition })),
      );
    this.#groups.set(name, group);
    return group;
  }

  #partition({ topic, partition }: TopicPartition): InProcessPartition {
    const found = this.#partitionsOf(topic)[partition];
    if (found === undefined) throw new TransportFailed(`\`${topic}\` has no ${partition}`);
    return found;
  }

  #partitionsOf(topic: string): readonly InProcessPartition[] {
    const found = this.#topics.get(topic);
    if (found === undefined) throw new TransportFailed(`there is no topic \`${topic}\``);
    return found;
  }
}

function newPartitions(count: number): readonly InProcessPartition[] {
  return Array.from({ length: count }, () => new InProcessPartition());
}

function isKnown(session: Session, partition: InProcessPartition): boolean {
  return (session.get(partition) ?? partition.rewinds) === partition.rewinds;
}
