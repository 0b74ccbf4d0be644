import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import {
  TransportFailed,
  type LogAdmin,
  type TopicOffset,
  type TopicShape,
  type Watermark,
} from '../transport.ts';
import { newKafka, type KafkaSettings } from './kafka-client.ts';

/** How long a new topic may take until every broker knows it and its leaders. */
const leadersMsMax = 15_000;
const leadersPauseMs = 100;

export class KafkaAdmin implements LogAdmin {
  readonly #admin: Admin;

  private constructor(admin: Admin) {
    this.#admin = admin;
  }

  static async connect(settings: KafkaSettings): Promise<KafkaAdmin> {
    const admin = newKafka(settings).admin();
    try {
      await admin.connect();
      return new KafkaAdmin(admin);
    } catch (cause) {
      await admin.disconnect();
      throw new TransportFailed('could not reach Kafka', { cause });
    }
  }

  async ensureTopic(topic: string, { partitions, replicas, settings }: TopicShape): Promise<void> {
    await this.#admin.createTopics({
      // Our own wait: that of kafkajs gives up on a broker that has not heard of the topic yet.
      waitForLeaders: false,
      topics: [
        {
          topic,
          numPartitions: partitions,
          // -1: what the broker is configured to use.
          replicationFactor: replicas ?? -1,
          configEntries: Object.entries(settings ?? {}).map(([name, value]) => ({ name, value })),
        },
      ],
    });
    const found = await this.#partitionsWithLeaders(topic);
    if (found !== partitions) {
      throw new TransportFailed(`\`${topic}\` has ${found} partitions, not ${partitions}`);
    }
  }

  async watermarks(topic: string): Promise<readonly Watermark[]> {
    const found = await patiently(() => this.#admin.fetchTopicOffsets(topic));
    return found
      .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
      .toSorted((a, b) => a.partition - b.partition);
  }

  async committed(group: string, topic: string): Promise<readonly TopicOffset[]> {
    const asked = { groupId: group, topics: [topic] };
    const [found] = await patiently(() => this.#admin.fetchOffsets(asked));
    return (found?.partitions ?? [])
      .map(({ partition, offset }) => ({ topic, partition, next: BigInt(offset) }))
      .filter(({ next }) => next >= 0n)
      .toSorted((a, b) => a.partition - b.partition);
  }

  async close(): Promise<void> {
    await this.#admin.disconnect();
  }

  /** How many partitions the topic has, once each has a leader. */
  async #partitionsWithLeaders(topic: string): Promise<number> {
    const deadline = performance.now() + leadersMsMax;
    for (;;) {
      try {
        const { topics } = await this.#admin.fetchTopicMetadata({ topics: [topic] });
        const partitions = topics[0]?.partitions ?? [];
        const isLed = partitions.length > 0 && partitions.every(({ leader }) => leader >= 0);
        if (isLed) return partitions.length;
      } catch (error) {
        if (!isBeingCreated(error)) throw error;
      }
      if (performance.now() > deadline) throw new TransportFailed(`\`${topic}\` has no leaders`);
      await sleep(leadersPauseMs);
    }
  }
}

/**
 * A leader of a new topic and the coordinator of a group that has moved say for a moment that they
 * are not yet: kafkajs asks once.
 */
async function patiently<Found>(ask: () => Promise<Found>): Promise<Found> {
  const deadline = performance.now() + leadersMsMax;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error;
    }
    await sleep(leadersPauseMs);
  }
}

/** A topic that is not there may never come. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  'retriable' in error &&
  error.retriable === true &&
  !('type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION');

const answersWhileCreated = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

function isBeingCreated(error: unknown): boolean {
  return error instanceof Error && 'type' in error && answersWhileCreated.has(String(error.type));
}
