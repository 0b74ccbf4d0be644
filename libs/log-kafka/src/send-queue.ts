import { assertSendable, batchBytesMax, bytesOnWire } from './record-limits.ts';
import { SendFailed, TransportFailed, type LogRecord, type TopicPartition } from './transport.ts';

/** Sends one batch to one partition. @returns the offset of its first record */
export type SendBatch = (to: TopicPartition, records: readonly LogRecord[]) => Promise<bigint>;

type Call = {
  readonly to: TopicPartition;
  readonly records: readonly LogRecord[];
  readonly bytes: number;
  readonly resolve: (baseOffset: bigint) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Keeps one batch outstanding, whatever its callers do: an idempotent producer of kafkajs that
 * sends twice at once loses an acknowledged record when one reply is lost. What gathers meanwhile
 * for the partition at the head becomes the next batch. A batch never spans partitions, because a
 * change of leader during a retry would leave out those that moved.
 */
export class SendQueue {
  readonly #sendBatch: SendBatch;
  #waiting: Call[] = [];
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(sendBatch: SendBatch) {
    this.#sendBatch = sendBatch;
  }

  send(to: TopicPartition, records: readonly LogRecord[]): Promise<bigint> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new TransportFailed('the producer is closed');
      assertSendable(records);
      // Copied now: the caller may reuse its bytes while the call waits.
      const copies = records.map((record) => ({ ...record, value: record.value.slice() }));
      const call = { to, records: copies, bytes: bytesOnWire(records), resolve, reject };
      this.#waiting.push(call);
      this.#running ??= this.#run();
    });
  }

  /** Takes no more calls and waits for those it has. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn later, so that calls made in the same turn share the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const calls = this.#takeBatch();
      try {
        const records = calls.flatMap((call) => call.records);
        resolveAll(calls, await this.#sendBatch(headOf(calls).to, records));
      } catch (error) {
        this.#failAll(calls, error);
      }
    }
    this.#running = null;
  }

  /** The head and the calls behind it for the same partition, as far as they fit in one batch. */
  #takeBatch(): readonly Call[] {
    const { to } = headOf(this.#waiting);
    const taken: Call[] = [];
    const left: Call[] = [];
    let bytes = 0;
    let isFull = false;
    for (const call of this.#waiting) {
      const isSame = call.to.topic === to.topic && call.to.partition === to.partition;
      // Once one of the partition stays behind, so do those after it.
      if (isSame && bytes + call.bytes > batchBytesMax) isFull = true;
      if (isSame && !isFull) {
        bytes += call.bytes;
        taken.push(call);
      } else {
        left.push(call);
      }
    }
    this.#waiting = left;
    return taken;
  }

  #failAll(calls: readonly Call[], cause: unknown): void {
    const behind = this.#waiting;
    this.#waiting = [];
    for (const { to, reject } of calls) {
      const where = `partition ${to.partition} of \`${to.topic}\``;
      reject(new SendFailed(`the records for ${where} may not be stored`, { cause }));
    }
    for (const { reject } of behind) {
      reject(new SendFailed('a batch before this one failed; this one was not sent', { cause }));
    }
  }
}

function headOf(calls: readonly Call[]): Call {
  const [head] = calls;
  if (head === undefined) throw new Error('an empty queue has no head');
  return head;
}

function resolveAll(calls: readonly Call[], baseOffset: bigint): void {
  let offset = baseOffset;
  for (const { records, resolve } of calls) {
    resolve(offset);
    offset += BigInt(records.length);
  }
}
