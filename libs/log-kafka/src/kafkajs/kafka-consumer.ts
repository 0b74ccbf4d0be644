import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import {
  TransportFailed,
  type BatchHandler,
  type ConsumeOptions,
  type LogConsumer,
  type TopicOffset,
  type TopicPartition,
} from '../transport.ts';
import { deliver } from './batch-delivery.ts';
import { GroupMembership } from './group-membership.ts';
import { newKafka, retry, sessionTimeoutMsDefault, type KafkaSettings } from './kafka-client.ts';

const partitionBytesMax = 256 * 1024;
const fetchBytesMax = 2 * 1024 * 1024;
/** Also how long kafkajs sleeps when all of its partitions are paused. */
const fetchWaitMs = 250;
/** A member that neither fetched nor beat for so many session timeouts counts as dead. */
const silentSessionsMax = 3;
/** How often to join while a broker that has just started still reads its groups. */
const joinAttemptsMax = 20;
const joinDelayMs = 500;
/** Pause before a batch whose handler threw is delivered again. */
const redeliveryDelayMs = 200;

/**
 * One member of a consumer group.
 *
 * kafkajs may stop for good while the process looks alive. So its own restarts are off, and its
 * crash, or silence for three session timeouts, reaches `onFatal`. A handler that throws never
 * reaches kafkajs, which would count it as a crash: the batch is delivered again.
 */
export class KafkaConsumer implements LogConsumer {
  readonly #consumer: Consumer;
  readonly #options: ConsumeOptions;
  readonly #membership: GroupMembership;
  readonly #heartbeatMs: number;
  #watchdog: NodeJS.Timeout | null = null;
  #heardAt = 0;
  #isOver = false;

  private constructor(settings: KafkaSettings, options: ConsumeOptions) {
    const sessionTimeout = settings.sessionTimeoutMs ?? sessionTimeoutMsDefault;
    this.#heartbeatMs = Math.floor(sessionTimeout / 5);
    this.#options = options;
    this.#consumer = newKafka(settings).consumer({
      groupId: options.group,
      sessionTimeout,
      rebalanceTimeout: Math.max(sessionTimeout, 30_000),
      heartbeatInterval: this.#heartbeatMs,
      maxBytesPerPartition: partitionBytesMax,
      maxBytes: fetchBytesMax,
      maxWaitTimeInMs: fetchWaitMs,
      allowAutoTopicCreation: false,
      retry: { ...retry, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#membership = new GroupMembership(this.#consumer, options, (error) => {
      this.#fail(error);
    });
    this.#watch(sessionTimeout * silentSessionsMax);
  }

  static async join(
    settings: KafkaSettings,
    options: ConsumeOptions,
    handler: BatchHandler,
  ): Promise<KafkaConsumer> {
    for (let attempt = 1; ; attempt += 1) {
      const member = new KafkaConsumer(settings, options);
      try {
        await member.#start(handler);
        return member;
      } catch (cause) {
        member.#end();
        await member.#consumer.disconnect();
        if (!isCoordinatorLoading(cause) || attempt === joinAttemptsMax) {
          throw new TransportFailed(`could not join the group \`${options.group}\``, { cause });
        }
        await sleep(joinDelayMs);
      }
    }
  }

  pause(partitions: readonly TopicPartition[]): void {
    this.#membership.pause(partitions);
  }

  resume(partitions: readonly TopicPartition[]): void {
    this.#membership.resume(partitions);
  }

  seek({ topic, partition, next }: TopicOffset): void {
    this.#consumer.seek({ topic, partition, offset: String(next) });
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#consumer.disconnect();
    await this.#membership.leave();
  }

  async #start(handler: BatchHandler): Promise<void> {
    const { events } = this.#consumer;
    let isJoined = false;
    const joined = new Promise<void>((resolve, reject) => {
      this.#consumer.on(events.GROUP_JOIN, () => {
        isJoined = true;
        resolve();
      });
      this.#consumer.on(events.CRASH, ({ payload }) => {
        reject(payload.error);
        if (isJoined) this.#fail(payload.error);
      });
    });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true });
    const running = this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#options.partitionsConcurrently,
      eachBatch: (payload) => this.#handle(payload, handler),
    });
    await Promise.all([joined, running]);
  }

  async #handle(payload: EachBatchPayload, handler: BatchHandler): Promise<void> {
    const { topic, partition } = payload.batch;
    const running = this.#membership.startBatch({ topic, partition });
    // Read before the group changed: whoever has the partition now will read it again.
    if (running === null) return;
    try {
      await deliver(payload, handler, {
        running,
        recordsMax: this.#options.batchRecordsMax,
        heartbeatMs: this.#heartbeatMs,
        redeliveryDelayMs,
        isPaused: () => this.#membership.isPaused({ topic, partition }),
      });
    } finally {
      running.end();
    }
  }

  #watch(silenceMsMax: number): void {
    const { FETCH_START, FETCH, HEARTBEAT, GROUP_JOIN } = this.#consumer.events;
    const heard = (): void => {
      this.#heardAt = performance.now();
    };
    heard();
    this.#consumer.on(FETCH_START, heard);
    this.#consumer.on(FETCH, heard);
    this.#consumer.on(HEARTBEAT, heard);
    this.#consumer.on(GROUP_JOIN, heard);
    this.#watchdog = setInterval(() => {
      const silenceMs = Math.round(performance.now() - this.#heardAt);
      if (silenceMs > silenceMsMax) {
        this.#fail(new Error(`neither a fetch nor a heartbeat for ${silenceMs} ms`));
      }
    }, this.#heartbeatMs).unref();
  }

  #fail(cause: Error): void {
    if (this.#isOver) return;
    this.#end();
    const { group } = this.#options;
    this.#options.onFatal(new TransportFailed(`the member of \`${group}\` ended`, { cause }));
  }

  #end(): void {
    this.#isOver = true;
    if (this.#watchdog !== null) clearInterval(this.#watchdog);
  }
}

/** kafkajs gives up at once on this answer of a broker that will be ready in a moment. */
function isCoordinatorLoading(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'GROUP_LOAD_IN_PROGRESS';
}
