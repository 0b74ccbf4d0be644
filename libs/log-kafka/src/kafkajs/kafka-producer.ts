import type { Producer } from 'kafkajs';
import { SendQueue } from '../send-queue.ts';
import {
  TransportFailed,
  type LogProducer,
  type LogRecord,
  type TopicPartition,
} from '../transport.ts';
import { newKafka, requestTimeoutMsDefault, type KafkaSettings } from './kafka-client.ts';

const acksOfAllReplicas = -1;

/**
 * Idempotent, acknowledged by all replicas, without transactions: kafkajs cannot leave a
 * transaction whose last reply was lost. An instance of kafkajs that failed once is thrown away,
 * since it can neither raise its epoch nor tell what of its last batch was stored.
 */
export class KafkaProducer implements LogProducer {
  readonly #settings: KafkaSettings;
  readonly #queue = new SendQueue((to, records) => this.#sendBatch(to, records));
  #instance: Producer | null;

  private constructor(settings: KafkaSettings, instance: Producer) {
    this.#settings = settings;
    this.#instance = instance;
  }

  static async connect(settings: KafkaSettings): Promise<KafkaProducer> {
    return new KafkaProducer(settings, await connectedInstance(settings));
  }

  send(to: TopicPartition, records: readonly LogRecord[]): Promise<bigint> {
    return this.#queue.send(to, records);
  }

  async close(): Promise<void> {
    await this.#queue.close();
    await this.#discard();
  }

  async #sendBatch(to: TopicPartition, records: readonly LogRecord[]): Promise<bigint> {
    this.#instance ??= await connectedInstance(this.#settings);
    try {
      return await sendOneBatch(this.#instance, this.#settings, { to, records });
    } catch (error) {
      await this.#discard();
      throw error;
    }
  }

  async #discard(): Promise<void> {
    const instance = this.#instance;
    this.#instance = null;
    await instance?.disconnect();
  }
}

async function connectedInstance(settings: KafkaSettings): Promise<Producer> {
  const instance = newKafka(settings).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Asks again who leads once a request timed out: kafkajs would go on with a leader that hangs,
    // for nearly a minute, while another one leads already.
    metadataMaxAge: settings.requestTimeoutMs ?? requestTimeoutMsDefault,
    // The partition is the caller's: a partition of the log is a writer's partition.
    createPartitioner:
      () =>
      ({ message }) => {
        if (message.partition === undefined) throw new Error('a record without a partition');
        return message.partition;
      },
  });
  try {
    await instance.connect();
    return instance;
  } catch (cause) {
    // It counts as connected now, and would send without idempotence.
    await instance.disconnect();
    throw new TransportFailed('could not open a producer of Kafka', { cause });
  }
}

async function sendOneBatch(
  instance: Producer,
  settings: KafkaSettings,
  batch: { readonly to: TopicPartition; readonly records: readonly LogRecord[] },
): Promise<bigint> {
  const { topic, partition } = batch.to;
  const [stored, ...others] = await instance.send({
    topic,
    acks: acksOfAllReplicas,
    timeout: settings.requestTimeoutMs ?? requestTimeoutMsDefault,
    messages: batch.records.map(({ key, value, headers }) => ({
      key,
      value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
      headers: { ...headers },
      partition,
    })),
  });
  // For a partition that does not exist kafkajs sends nothing and reports success.
  if (stored?.baseOffset === undefined || stored.partition !== partition || others.length > 0) {
    throw new TransportFailed(`no broker stored records for partition ${partition} of ${topic}`);
  }
  return BigInt(stored.baseOffset);
}
