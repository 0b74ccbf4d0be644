import {
  SendFailed,
  type LogProducer,
  type LogRecord,
  type LogTransport,
  type TopicPartition,
} from './transport.ts';

/** A producer that may be made while the broker is away: it connects with the first send. */
export class EventualProducer implements LogProducer {
  readonly #transport: Pick<LogTransport, 'producer'>;
  #opening: Promise<LogProducer> | null = null;
  #isClosed = false;

  constructor(transport: Pick<LogTransport, 'producer'>) {
    this.#transport = transport;
  }

  async send(to: TopicPartition, records: readonly LogRecord[]): Promise<bigint> {
    const producer = await this.#opened();
    return producer.send(to, records);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opened = await this.#opening?.catch(() => null);
    await opened?.close();
  }

  /** One attempt at a time, for all who wait; the next send makes the next one. */
  async #opened(): Promise<LogProducer> {
    if (this.#isClosed) throw new SendFailed('the producer is closed');
    this.#opening ??= this.#transport.producer();
    try {
      return await this.#opening;
    } catch (cause) {
      this.#opening = null;
      throw new SendFailed('the broker cannot be reached; nothing was sent', { cause });
    }
  }
}
