import type { Timers } from './timers.ts';

/** The longest that something new in the log stays unnoticed when no wake-up comes. */
export const tailPauseMs = 50;

/** Reads again and again: at once while there is more, else when woken or after a pause. */
export class PausedLoop {
  readonly #once: () => Promise<boolean>;
  readonly #timers: Timers;
  readonly #onProblem: (cause: unknown) => void;
  #isStopped = false;
  #isWoken = false;
  #wake: (() => void) | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(of: {
    /** Answers whether there is more to read at once. */
    readonly once: () => Promise<boolean>;
    readonly timers: Timers;
    /** What `once` threw; it is called again after a pause. */
    readonly onProblem: (cause: unknown) => void;
  }) {
    this.#once = of.once;
    this.#timers = of.timers;
    this.#onProblem = of.onProblem;
  }

  start(): void {
    this.#ended = this.#run();
  }

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Resolves when nothing is read any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      const isMore = await this.#tryOnce();
      if (!isMore && !this.#isWoken) await this.#pause();
    }
  }

  async #tryOnce(): Promise<boolean> {
    try {
      return await this.#once();
    } catch (error) {
      this.#onProblem(error);
      return false;
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(tailPauseMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
