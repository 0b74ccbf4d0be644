import type { Admin } from 'kafkajs';
import {
  TransportFailed,
  type LogAdmin,
  type TopicOffset,
  type TopicShape,
  type Watermark,
} from '../transport.ts';
import { newKafka, type KafkaSettings } from './kafka-client.ts';

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
      waitForLeaders: true,
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
    const { topics } = await this.#admin.fetchTopicMetadata({ topics: [topic] });
    const found = topics[0]?.partitions.length ?? 0;
    if (found !== partitions) {
      throw new TransportFailed(`\`${topic}\` has ${found} partitions, not ${partitions}`);
    }
  }

  async watermarks(topic: string): Promise<readonly Watermark[]> {
    const found = await this.#admin.fetchTopicOffsets(topic);
    return found
      .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
      .toSorted((a, b) => a.partition - b.partition);
  }

  async committed(group: string, topic: string): Promise<readonly TopicOffset[]> {
    const [found] = await this.#admin.fetchOffsets({ groupId: group, topics: [topic] });
    return (found?.partitions ?? [])
      .map(({ partition, offset }) => ({ topic, partition, next: BigInt(offset) }))
      .filter(({ next }) => next >= 0n)
      .toSorted((a, b) => a.partition - b.partition);
  }

  async close(): Promise<void> {
    await this.#admin.disconnect();
  }
}
