import type { Cancel, Timers } from '../environment/timers.ts';
import type { LabWriter } from './lab-writer.ts';

/** From one look at the writer to the next, while it holds its partition. */
const firstPauseMs = 500;
/** Attempts of a long outage are so far apart at last: so long the service is late afterwards. */
const pauseMsMax = 5_000;

/**
 * Takes a partition again that its writer gave up in a long outage of the store, so that the
 * service is ready before anyone sends a command. The pauses between attempts double.
 */
export class PartitionKeeper {
  readonly #writer: Pick<LabWriter, 'isClaimed' | 'reclaim'>;
  readonly #timers: Timers;
  #pauseMs = firstPauseMs;
  #isStopped = false;
  #cancel: Cancel = () => {};
  #attempt: Promise<void> = Promise.resolve();

  constructor(writer: Pick<LabWriter, 'isClaimed' | 'reclaim'>, timers: Timers) {
    this.#writer = writer;
    this.#timers = timers;
  }

  start(): void {
    this.#cancel = this.#timers.after(this.#pauseMs, () => {
      this.#attempt = this.#look().finally(() => {
        if (!this.#isStopped) this.start();
      });
    });
  }

  /** Resolves when no attempt is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#attempt;
  }

  async #look(): Promise<void> {
    if (!this.#writer.isClaimed) await this.#writer.reclaim();
    const next = Math.min(this.#pauseMs * 2, pauseMsMax);
    this.#pauseMs = this.#writer.isClaimed ? firstPauseMs : next;
  }
}
