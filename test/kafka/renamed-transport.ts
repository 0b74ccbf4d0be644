import type {
  Batch,
  BatchHandler,
  ConsumeOptions,
  LogAdmin,
  LogConsumer,
  LogProducer,
  LogTransport,
  TopicPartition,
} from '@netfold/log-kafka';

/** Topics and groups of one test, on a broker that many tests share. */
export class RenamedTransport implements LogTransport {
  readonly #transport: LogTransport;
  readonly #suffix: string;

  constructor(transport: LogTransport, name: string) {
    this.#transport = transport;
    this.#suffix = `.${name}`;
  }

  /** The name that the transport knows. */
  outside(name: string): string {
    return `${name}${this.#suffix}`;
  }

  async producer(): Promise<LogProducer> {
    const producer = await this.#transport.producer();
    return {
      send: (to, records) => producer.send(this.#renamed(to), records),
      close: () => producer.close(),
    };
  }

  async consume(options: ConsumeOptions, handler: BatchHandler): Promise<LogConsumer> {
    const { onAssigned, onRevoked } = options;
    const inside = <T extends TopicPartition>(each: T): T => ({
      ...each,
      topic: each.topic.slice(0, -this.#suffix.length),
    });
    const renamed: ConsumeOptions = {
      ...options,
      group: this.outside(options.group),
      topics: options.topics.map((topic) => this.outside(topic)),
      ...(onAssigned === undefined
        ? {}
        : {
            onAssigned: async (partitions) => {
              const positions = await onAssigned(partitions.map(inside));
              return positions?.map((each) => this.#renamed(each));
            },
          }),
      ...(onRevoked === undefined
        ? {}
        : { onRevoked: (partitions) => onRevoked(partitions.map(inside)) }),
    };
    const consumer = await this.#transport.consume(renamed, (batch: Batch, context) =>
      handler(inside(batch), context),
    );
    return {
      pause: (partitions) => consumer.pause(partitions.map((each) => this.#renamed(each))),
      resume: (partitions) => consumer.resume(partitions.map((each) => this.#renamed(each))),
      seek: (to) => consumer.seek(this.#renamed(to)),
      stop: () => consumer.stop(),
    };
  }

  async admin(): Promise<LogAdmin> {
    const admin = await this.#transport.admin();
    return {
      ensureTopic: (topic, shape) => admin.ensureTopic(this.outside(topic), shape),
      watermarks: (topic) => admin.watermarks(this.outside(topic)),
      committed: (group, topic) => admin.committed(this.outside(group), this.outside(topic)),
      close: () => admin.close(),
    };
  }

  #renamed<T extends TopicPartition>(at: T): T {
    return { ...at, topic: this.outside(at.topic) };
  }
}
