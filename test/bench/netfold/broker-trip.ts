import { Kafka, logLevel } from 'kafkajs';

const topic = 'bench.round-trip';

/** Records to a broker and back, one after the other, from one process. */
export class BrokerTrip {
  readonly #send: (value: string) => Promise<unknown>;
  readonly #close: () => Promise<void>;
  #arrived: () => void = () => {};

  private constructor(broker: string) {
    const kafka = new Kafka({ brokers: [broker], clientId: 'bench', logLevel: logLevel.ERROR });
    const producer = kafka.producer();
    const consumer = kafka.consumer({ groupId: topic });
    this.#send = (value) => producer.send({ topic, acks: -1, messages: [{ value }] });
    this.#close = async () => {
      await producer.disconnect();
      await consumer.disconnect();
    };
    this.#open = async () => {
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
      await admin.disconnect();
      await producer.connect();
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({ eachMessage: () => Promise.resolve(this.#arrived()) });
    };
  }

  readonly #open: () => Promise<void>;

  static async open(broker: string): Promise<BrokerTrip> {
    const trip = new BrokerTrip(broker);
    await trip.#open();
    return trip;
  }

  /** @returns milliseconds from the sending of a record to its arrival at the consumer */
  async once(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#arrived = resolve;
    const sent = performance.now();
    await this.#send('x'.repeat(1_000));
    await promise;
    return performance.now() - sent;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
