import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import type { TopicRecord } from '../history.ts';
import { headersOf, topics } from './kafka-client.ts';
import type { TopicName } from './kafka-client.ts';

const drainMsMax = 60_000;
const pollMs = 20;

/** Marks records that the test put into a topic. */
export const hostileHeader = 'chaos-hostile';

/** Reads the topics raw, from where it was to their end, and remembers everything. */
export class TopicReader {
  readonly records: TopicRecord[] = [];
  readonly #kafka: Kafka;
  readonly #next = new Map<string, number>();
  readonly #incarnations = new Map<TopicName, number>();

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  /** The topic was deleted: offsets begin anew. */
  forget(topic: TopicName): void {
    this.#incarnations.set(topic, this.#incarnationOf(topic) + 1);
    for (const key of this.#next.keys()) if (key.startsWith(`${topic} `)) this.#next.delete(key);
  }

  /** @returns what was read now */
  async drain(admin: Admin, only: readonly TopicName[] = topics): Promise<readonly TopicRecord[]> {
    const read: TopicRecord[] = [];
    for (const topic of only) read.push(...(await this.#drain(admin, topic)));
    // One by one: there may be more than a call takes as arguments.
    for (const record of read) this.records.push(record);
    return read;
  }

  async #drain(admin: Admin, topic: TopicName): Promise<readonly TopicRecord[]> {
    const places = (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => {
      const from = Math.max(Number(low), this.#next.get(`${topic} ${partition}`) ?? 0);
      return { partition, from, end: Number(high) };
    });
    const wanted = places.filter(({ from, end }) => from < end);
    if (wanted.length === 0) return [];
    const incarnation = this.#incarnationOf(topic);
    const read: TopicRecord[] = [];
    for (const { partition, from } of wanted) this.#next.set(`${topic} ${partition}`, from);
    const nextOf = (partition: number): number => this.#next.get(`${topic} ${partition}`) ?? 0;
    const consumer = this.#kafka.consumer({ groupId: `chaos-reader-${randomUUID()}` });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: ({ batch: { partition, messages } }) => {
          for (const message of messages) {
            // kafkajs may have fetched from the beginning before it was told where to go.
            if (Number(message.offset) < nextOf(partition)) continue;
            this.#next.set(`${topic} ${partition}`, Number(message.offset) + 1);
            read.push(recordOf({ topic, incarnation, partition }, message));
          }
          return Promise.resolve();
        },
      });
      for (const { partition, from } of wanted) {
        consumer.seek({ topic, partition, offset: String(from) });
      }
      const deadline = performance.now() + drainMsMax;
      while (wanted.some(({ partition, end }) => nextOf(partition) < end)) {
        if (performance.now() > deadline) throw new Error(`${topic} could not be read to its end`);
        await wait(pollMs);
      }
    } finally {
      await consumer.disconnect();
    }
    return read;
  }

  #incarnationOf(topic: TopicName): number {
    return this.#incarnations.get(topic) ?? 0;
  }
}

function recordOf(
  place: Pick<TopicRecord, 'topic' | 'incarnation' | 'partition'>,
  { offset, key, value, headers }: KafkaMessage,
): TopicRecord {
  const texts = headersOf(headers);
  return {
    ...place,
    offset: Number(offset),
    isHostile: hostileHeader in texts,
    key: key?.toString() ?? '',
    headers: texts,
    value: value?.toString() ?? '',
  };
}
