import {
  SendFailed,
  type BatchHandler,
  type ConsumeOptions,
  type LogAdmin,
  type LogConsumer,
  type LogProducer,
  type LogRecord,
  type LogTransport,
  type TopicPartition,
} from '@netfold/log-kafka';

/** What goes wrong with one call; `null`: nothing. */
export type SendFault = 'lostRequest' | 'lostReply' | 'twice' | null;

/** What the world does to one process's use of the distribution log. */
export type Faults = {
  readonly ofSend: (to: TopicPartition) => SendFault;
  /** Whether a group's commit of its offset fails. */
  readonly ofCommit: () => boolean;
};

export const noFaults: Faults = { ofSend: () => null, ofCommit: () => false };

/** A transport whose calls fail as told, while `faults` says so. */
export class FaultyTransport implements LogTransport {
  faults: Faults = noFaults;
  readonly #transport: LogTransport;

  constructor(transport: LogTransport) {
    this.#transport = transport;
  }

  async producer(): Promise<LogProducer> {
    const producer = await this.#transport.producer();
    return {
      send: (to, records) => this.#send(producer, to, records),
      close: () => producer.close(),
    };
  }

  consume(options: ConsumeOptions, handler: BatchHandler): Promise<LogConsumer> {
    return this.#transport.consume(options, (batch, context) =>
      handler(batch, {
        signal: context.signal,
        commit: async (next) => {
          if (this.faults.ofCommit()) throw new Error('planted: the commit was lost');
          await context.commit(next);
        },
      }),
    );
  }

  admin(): Promise<LogAdmin> {
    return this.#transport.admin();
  }

  async #send(
    producer: LogProducer,
    to: TopicPartition,
    records: readonly LogRecord[],
  ): Promise<bigint> {
    const fault = this.faults.ofSend(to);
    if (fault === 'lostRequest') throw new SendFailed('planted: the request was lost');
    const offset = await producer.send(to, records);
    if (fault === 'twice') await producer.send(to, records);
    if (fault === 'lostReply') throw new SendFailed('planted: the reply was lost');
    return offset;
  }
}
