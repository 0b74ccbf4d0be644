import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';

/** The data of a record of `netfold.outcomes`. */
export type ToldOutcome = {
  readonly isRemembered: boolean;
  readonly commandId: string;
  readonly labId: string;
  readonly labVersion: number;
  readonly position: number | null;
  readonly outcome: {
    readonly kind: string;
    readonly refusal?: { readonly code: string };
  } | null;
  readonly sequence: number;
};

const pauseMs = 500;

/** Reads `netfold.outcomes` as a pipeline does, and tells those who wait for one. */
export class OutcomeListener {
  readonly #kafka: Kafka;
  readonly #group = `chaos-pipeline-${randomUUID()}`;
  readonly #waiting = new Map<string, (told: ToldOutcome) => void>();
  #consumer: Consumer | null = null;
  #isStopped = false;
  #listening: Promise<void> = Promise.resolve();

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  start(): void {
    this.#listening = this.#listen();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#consumer?.disconnect();
    await this.#listening;
  }

  /** @returns `null` when nothing is told in time */
  expect(id: string, msMax: number): Promise<ToldOutcome | null> {
    return new Promise((resolve) => {
      const end = (told: ToldOutcome | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(told);
      };
      const timer = setTimeout(() => end(null), msMax);
      this.#waiting.set(id, end);
    });
  }

  /** Joins again whenever it is thrown out: brokers and topics come and go. */
  async #listen(): Promise<void> {
    while (!this.#isStopped) {
      await this.#session();
      if (!this.#isStopped) await wait(pauseMs);
    }
  }

  async #session(): Promise<void> {
    const consumer = this.#kafka.consumer({
      groupId: this.#group,
      sessionTimeout: 6_000,
      maxWaitTimeInMs: 100,
      retry: { retries: 3, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    consumer.on(consumer.events.CRASH, () => end());
    consumer.on(consumer.events.DISCONNECT, () => end());
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: 'netfold.outcomes', fromBeginning: true });
      await consumer.run({
        eachBatch: ({ batch }) => {
          for (const { value } of batch.messages) this.#tell(value?.toString() ?? '');
          return Promise.resolve();
        },
      });
      await ended;
    } catch {
      // Kafka is away for a moment, or the topic is.
    }
    await consumer.disconnect().catch(() => {}); // It may never have been connected.
  }

  #tell(value: string): void {
    const { data } = JSON.parse(value) as { readonly data: ToldOutcome };
    this.#waiting.get(data.commandId)?.(data);
  }
}
