import { setTimeout as wait } from 'node:timers/promises';

/** Something that runs and may end by itself. */
export type Running = {
  readonly processId: number | null;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** What ended by itself is started again after 0.2 s, 0.4 s, and so on up to this. */
const restartPauseMsMax = 5_000;
const restartPauseMsMin = 200;
/** Who has run so long starts the pauses from the beginning. */
const steadyMs = 10_000;

/** Keeps something running until it is stopped. */
export class Supervised {
  readonly name: string;
  readonly #start: () => Promise<Running>;
  readonly #say: (line: string) => void;
  /** It was started again, and is another process. */
  onRestarted: () => void = () => {};
  #running: Running | null = null;
  #isStopped = false;
  /** What was asked to stop need not say that it has ended: a PostgreSQL does not. */
  readonly #stopped = Promise.withResolvers<void>();
  #watching: Promise<void> = Promise.resolve();

  constructor(name: string, start: () => Promise<Running>, say: (line: string) => void) {
    this.name = name;
    this.#start = start;
    this.#say = say;
  }

  get processId(): number | null {
    return this.#running?.processId ?? null;
  }

  /** @throws what the first start throws */
  async start(): Promise<void> {
    this.#running = await this.#start();
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running?.stop();
    this.#stopped.resolve();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    let pauseMs = restartPauseMsMin;
    while (!this.#isStopped) {
      const since = performance.now();
      await Promise.race([this.#running?.ended, this.#stopped.promise]);
      if (this.#isStopped) return;
      if (performance.now() - since > steadyMs) pauseMs = restartPauseMsMin;
      this.#say(`${this.name} has ended and is started again`);
      await wait(pauseMs);
      pauseMs = Math.min(2 * pauseMs, restartPauseMsMax);
      await this.#again();
    }
  }

  async #again(): Promise<void> {
    if (this.#isStopped) return;
    try {
      this.#running = await this.#start();
      // It was asked to stop while it started.
      if (this.#isStopped) await this.#running.stop();
      else this.onRestarted();
    } catch (error) {
      this.#running = null;
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(`${this.name} could not be started: ${reason}`);
    }
  }
}

/** Starts parts side by side, keeps them running, and lists them; they are stopped together. */
export type Keep = (...kept: readonly Kept[]) => Promise<void>;
export type Kept = { readonly part: Supervised; readonly at: () => string };
