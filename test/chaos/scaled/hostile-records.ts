import { setTimeout as wait } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import type { TopicRecord } from '../history.ts';
import { partitionCount } from './installation.ts';
import type { ScaledInstallation } from './installation.ts';
import { topics } from './kafka-client.ts';
import type { TopicName } from './kafka-client.ts';
import { TopicReader, hostileHeader } from './topic-reader.ts';

/** Copies that are put back at once. */
const copiesMax = 300;
const dropShare = 0.3;
const gatherMs = 2_000;
/** Services that lost their topic have ended and made it again within so long. */
const remadeMsMax = 60_000;
const pollMs = 100;

/** Does to records what Kafka may do, and worse; and remembers what stood in the topics. */
export class HostileRecords {
  readonly reader: TopicReader;
  readonly did = { repeated: 0, shuffled: 0, dropped: 0, topicsDeleted: 0 };
  readonly #kafka: Kafka;
  readonly #installation: ScaledInstallation;
  readonly #random: () => number;

  constructor(kafka: Kafka, installation: ScaledInstallation, random: () => number) {
    this.#kafka = kafka;
    this.#installation = installation;
    this.#random = random;
    this.reader = new TopicReader(kafka);
  }

  /** Puts copies of earlier records behind the present ones, in another order. */
  async repeat(topic: TopicName): Promise<void> {
    await this.#withAdmin((admin) => this.reader.drain(admin, [topic]));
    const recent = this.reader.records.filter((record) => record.topic === topic).slice(-copiesMax);
    const copies = this.#shuffled(recent);
    await this.#publish(topic, copies);
    this.did.repeated += copies.length;
  }

  /**
   * While no projector reads, takes commits out of their topic and puts them back: some twice, some
   * never, and in no order.
   */
  async shuffleUnread(): Promise<void> {
    const projectors = ['projector-1', 'projector-2'] as const;
    const topic = 'netfold.commits';
    for (const name of projectors) this.#installation.service(name).pause();
    try {
      await this.#withAdmin(async (admin) => {
        await this.reader.drain(admin, [topic]);
        await wait(gatherMs);
        const unread = await this.reader.drain(admin, [topic]);
        await this.#deleteRecords(admin, topic, unread);
        const kept = unread.filter(() => this.#random() >= dropShare);
        const twice = kept.filter(() => this.#random() < dropShare);
        await this.#publish(topic, this.#shuffled([...kept, ...twice]));
        this.did.dropped += unread.length - kept.length;
        this.did.shuffled += kept.length;
        this.did.repeated += twice.length;
      });
    } finally {
      for (const name of projectors) this.#installation.service(name).resume();
    }
  }

  /** Commands that no commander has read are gone; who sent them sends them again. */
  async dropCommands(): Promise<void> {
    const commanders = ['commander-1', 'commander-2'] as const;
    const topic = 'netfold.commands';
    for (const name of commanders) this.#installation.service(name).pause();
    try {
      await this.#withAdmin(async (admin) => {
        await this.reader.drain(admin, [topic]);
        await wait(gatherMs);
        const unread = await this.reader.drain(admin, [topic]);
        await this.#deleteRecords(admin, topic, unread);
        this.did.dropped += unread.length;
      });
    } finally {
      for (const name of commanders) this.#installation.service(name).resume();
    }
  }

  /** The whole topic is gone; the services that miss it have to make it again. */
  async deleteTopic(topic: TopicName): Promise<void> {
    await this.#withAdmin(async (admin) => {
      await this.reader.drain(admin, [topic]);
      await admin.deleteTopics({ topics: [topic] });
      this.reader.forget(topic);
      this.did.topicsDeleted += 1;
      await untilMade(admin, topic);
    });
  }

  /** Reads all topics to their end. */
  drain(): Promise<unknown> {
    return this.#withAdmin((admin) => this.reader.drain(admin, topics));
  }

  /** Everything up to the last of these. */
  async #deleteRecords(
    admin: Admin,
    topic: TopicName,
    records: readonly TopicRecord[],
  ): Promise<void> {
    const ends = new Map<number, number>();
    for (const { partition, offset } of records) ends.set(partition, offset + 1);
    const partitions = Array.from(ends, ([partition, end]) => ({ partition, offset: String(end) }));
    if (partitions.length > 0) await admin.deleteTopicRecords({ topic, partitions });
  }

  async #publish(topic: TopicName, copies: readonly TopicRecord[]): Promise<void> {
    const producer = this.#kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const messages = copies.map(({ partition, key, value, headers }) => {
      return { partition, key, value, headers: { ...headers, [hostileHeader]: '1' } };
    });
    if (messages.length > 0) await producer.send({ topic, messages });
    await producer.disconnect();
  }

  #shuffled(records: readonly TopicRecord[]): readonly TopicRecord[] {
    return records
      .map((record) => ({ record, at: this.#random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ record }) => record);
  }

  async #withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

async function untilMade(admin: Admin, topic: TopicName): Promise<void> {
  const deadline = performance.now() + remadeMsMax;
  for (;;) {
    const found = await partitionsOf(admin, topic);
    if (found === partitionCount) return;
    if (performance.now() > deadline) throw new Error(`nobody made ${topic} again`);
    await wait(pollMs);
  }
}

async function partitionsOf(admin: Admin, topic: TopicName): Promise<number> {
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topic] });
    return found[0]?.partitions.length ?? 0;
  } catch {
    return 0; // There is no such topic, as was wanted.
  }
}
