import type {
  Batch,
  BatchContext,
  ConsumeOptions,
  LogAdmin,
  LogConsumer,
  LogProducer,
  LogRecord,
  LogTransport,
  StoredRecord,
  TopicOffset,
  TopicShape,
} from '@netfold/log-kafka';
import { until } from './waiting.ts';

/** What a transport under test offers beyond its interface. */
export type TransportUnderTest = {
  readonly transport: LogTransport;
  /** Forgets the records of a partition below an offset. */
  expire(to: TopicOffset): Promise<void>;
  /** How long the group keeps a silent member. */
  readonly sessionTimeoutMs: number;
};

export const record = (key: string, value = `value of ${key}`): LogRecord => ({
  key,
  value: new TextEncoder().encode(value),
  headers: { about: key },
});

const keysOf = (records: readonly LogRecord[]): readonly string[] => records.map(({ key }) => key);

/** `prefix-0`, `prefix-1`, … */
export const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

export type Seen = {
  readonly records: readonly (StoredRecord & { readonly partition: number })[];
  readonly keys: (partition?: number) => readonly string[];
};

type Handling = (batch: Batch, context: BatchContext) => Promise<void> | void;

/** One test's topic and group, and what has to be closed after it. */
export class Desk {
  readonly topic: string;
  readonly group: string;
  readonly #transport: LogTransport;
  readonly #open: { close(): Promise<void> }[] = [];
  readonly fatal: Error[] = [];

  constructor(transport: LogTransport, name: string) {
    this.#transport = transport;
    this.topic = `topic-${name}`;
    this.group = `group-${name}`;
  }

  async admin(): Promise<LogAdmin> {
    return this.#keep(await this.#transport.admin());
  }

  async producer(): Promise<LogProducer> {
    return this.#keep(await this.#transport.producer());
  }

  async newTopic(partitions: number, settings: TopicShape['settings'] = {}): Promise<void> {
    await (await this.admin()).ensureTopic(this.topic, { partitions, settings });
  }

  /** Writes one record per key, one batch each. */
  async write(partition: number, keys: readonly string[]): Promise<readonly bigint[]> {
    const producer = await this.producer();
    const offsets: bigint[] = [];
    for (const key of keys) {
      offsets.push(await producer.send({ topic: this.topic, partition }, [record(key)]));
    }
    return offsets;
  }

  /** Joins the group; `handle` runs before a batch counts as seen. */
  async read(
    options: Partial<ConsumeOptions> = {},
    handle: Handling = () => {},
  ): Promise<{ readonly seen: Seen; readonly consumer: LogConsumer }> {
    const records: (StoredRecord & { readonly partition: number })[] = [];
    const consumer = await this.#transport.consume(
      {
        group: this.group,
        topics: [this.topic],
        partitionsConcurrently: 4,
        batchRecordsMax: 200,
        onFatal: (error) => this.fatal.push(error),
        ...options,
      },
      async (batch, context) => {
        await handle(batch, context);
        const { partition } = batch;
        records.push(...batch.records.map((each) => ({ ...each, partition })));
      },
    );
    let isStopped = false;
    const stop = async (): Promise<void> => {
      if (isStopped) return;
      isStopped = true;
      await consumer.stop();
    };
    this.#open.push({ close: stop });
    const ofPartition = (partition?: number): readonly StoredRecord[] =>
      partition === undefined ? records : records.filter((each) => each.partition === partition);
    const seen: Seen = { records, keys: (partition) => keysOf(ofPartition(partition)) };
    return {
      seen,
      consumer: {
        stop,
        seek: (to) => {
          consumer.seek(to);
        },
        pause: (partitions) => {
          consumer.pause(partitions);
        },
        resume: (partitions) => {
          consumer.resume(partitions);
        },
      },
    };
  }

  /** Waits until every key was seen. */
  async sees(seen: Seen, keys: readonly string[]): Promise<void> {
    await until(`${keys.length} keys were seen`, () => {
      const found = new Set(seen.keys());
      return keys.every((key) => found.has(key));
    });
  }

  /** @throws when a consumer ended by itself */
  async closeUnharmed(): Promise<void> {
    const fatal = [...this.fatal];
    await this.close();
    if (fatal.length > 0) throw new AggregateError(fatal, 'a consumer ended by itself');
  }

  async close(): Promise<void> {
    for (const each of this.#open.splice(0).toReversed()) await each.close();
  }

  #keep<T extends { close(): Promise<void> }>(opened: T): T {
    this.#open.push(opened);
    return opened;
  }
}
