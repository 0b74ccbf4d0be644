import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that runs and may end by itself. */
export type Running = {
  readonly processId: number | null;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

const restartPauseMsMin = 200;
const restartPauseMsMax = 2_000;

/** Keeps a process running, as a supervisor does, and lets a test be cruel to it. */
export class Kept {
  readonly name: string;
  /** Counts what became ready. */
  starts = 0;
  readonly #start: () => Promise<Running>;
  #running: Running | null = null;
  #isStopped = false;
  readonly #stopping = Promise.withResolvers<void>();
  #watching: Promise<void> = Promise.resolve();
  #paused: readonly number[] = [];

  constructor(name: string, start: () => Promise<Running>) {
    this.name = name;
    this.#start = start;
  }

  /** `null` while it starts. */
  get processId(): number | null {
    return this.#running?.processId ?? null;
  }

  /** @throws what the first start throws */
  async start(): Promise<void> {
    this.#running = await this.#start();
    this.starts += 1;
    this.#watching = this.#watch();
  }

  /** SIGKILL. @returns whether there was a process */
  kill(): boolean {
    const { processId } = this;
    if (processId === null) return false;
    this.#running = null;
    process.kill(processId, 'SIGKILL');
    return true;
  }

  /** SIGSTOP, its children too: sessions of PostgreSQL are processes of their own. */
  pause(): void {
    const { processId } = this;
    this.#paused = processId === null ? [] : familyOf(processId);
    this.#send('SIGSTOP');
  }

  /** SIGCONT. */
  resume(): void {
    this.#send('SIGCONT');
    this.#paused = [];
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.resume();
    await this.#running?.stop();
    this.#stopping.resolve();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    let running = this.#running;
    let pauseMs = restartPauseMsMin;
    while (!this.#isStopped) {
      await Promise.race([running?.ended, this.#stopping.promise]);
      this.#running = null;
      if (this.#isStopped) return;
      await wait(pauseMs);
      running = await this.#again();
      pauseMs = running === null ? Math.min(2 * pauseMs, restartPauseMsMax) : restartPauseMsMin;
    }
  }

  async #again(): Promise<Running | null> {
    try {
      const running = await this.#start();
      this.#running = running;
      this.starts += 1;
      // It was asked to stop while it started.
      if (this.#isStopped) await running.stop();
      return running;
    } catch {
      return null; // A store is away; the next attempt comes soon, and its log file says why.
    }
  }

  #send(signal: NodeJS.Signals): void {
    for (const processId of this.#paused) {
      try {
        process.kill(processId, signal);
      } catch {
        // A session that has ended meanwhile.
      }
    }
  }
}

/** A process and all below it. */
function familyOf(processId: number): readonly number[] {
  const path = `/proc/${processId}/task/${processId}/children`;
  const children = readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number);
  return [processId, ...children.flatMap(familyOf)];
}
