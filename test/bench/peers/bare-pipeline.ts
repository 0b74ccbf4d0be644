import type { FlushEntry } from '@netfold/application';
import { Kafka, logLevel } from 'kafkajs';
import type { Producer } from 'kafkajs';
import { commandRowsOf } from '../netfold/single-inserts.ts';
import type { Connection } from '../netfold/netfold.ts';
import { startConsumer } from '../netfold/server.ts';

export type BareSettings = {
  readonly broker: string;
  readonly connection: Connection;
  readonly topic: string;
  readonly partitions: number;
};

/**
 * kafkajs and an insert, and nothing else: a record per command, and a consumer in a process of
 * its own that writes what the record says. In its favour: commit and rows stand in the record, so
 * that it neither decides nor checks anything.
 */
export class BarePipeline {
  readonly #settings: BareSettings;
  readonly #producer: Producer;
  readonly #consumer: { readonly stop: () => Promise<void> };

  private constructor(
    settings: BareSettings,
    producer: Producer,
    consumer: { readonly stop: () => Promise<void> },
  ) {
    this.#settings = settings;
    this.#producer = producer;
    this.#consumer = consumer;
  }

  /** @param settings.connection a database with the schemas of log and read models */
  static async open(settings: BareSettings): Promise<BarePipeline> {
    const { broker, topic, partitions } = settings;
    const kafka = new Kafka({ brokers: [broker], clientId: 'bare', logLevel: logLevel.ERROR });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
    await admin.disconnect();
    const producer = kafka.producer();
    await producer.connect();
    return new BarePipeline(settings, producer, await startConsumer('bare-consumer.ts', settings));
  }

  /** @returns when the broker has the record */
  async send(entry: FlushEntry): Promise<void> {
    await this.#producer.send({
      topic: this.#settings.topic,
      acks: -1,
      messages: [{ key: entry.remembered.labId, value: JSON.stringify(commandRowsOf(entry)) }],
    });
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
    await this.#consumer.stop();
  }
}
