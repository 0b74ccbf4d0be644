import type { TopicPartition } from '../transport.ts';

export type RunningBatch = {
  readonly partition: TopicPartition;
  readonly signal: AbortSignal;
  abort(reason: Error): void;
  end(): void;
};

/** What the handlers of one group member are busy with. */
export class RunningBatches {
  readonly #running = new Map<RunningBatch, Promise<void>>();

  start(partition: TopicPartition): RunningBatch {
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const batch: RunningBatch = {
      partition,
      signal: controller.signal,
      abort: (reason) => {
        controller.abort(reason);
      },
      end: () => {
        this.#running.delete(batch);
        resolve();
      },
    };
    this.#running.set(batch, promise);
    return batch;
  }

  abort(reason: Error): void {
    for (const batch of this.#running.keys()) batch.abort(reason);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
