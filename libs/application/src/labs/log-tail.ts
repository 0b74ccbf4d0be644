import type { Timers } from '../environment/timers.ts';
import type { EventLog } from '../event-log.ts';
import type { FoldedLabs } from './folded-labs.ts';

/** Commits read at a time. */
const tailPageCommits = 500;
/** The longest a new commit stays unnoticed when no wake-up comes. */
export const tailPauseMs = 50;

/**
 * Feeds folded labs in a process that is not the partition's writer: reads the log by position.
 * Positions have no gap and appear in order, so that "after the last one" misses nothing.
 */
export class LogTail {
  readonly #log: EventLog;
  readonly #labs: FoldedLabs;
  readonly #timers: Timers;
  readonly #partition: number;
  readonly #onProblem: (cause: unknown) => void;
  #position = 0;
  #isStopped = false;
  #isWoken = false;
  #wake: (() => void) | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(of: {
    readonly log: EventLog;
    readonly labs: FoldedLabs;
    readonly timers: Timers;
    readonly partition: number;
    /** The log could not be read; it is tried again. */
    readonly onProblem: (cause: unknown) => void;
  }) {
    this.#log = of.log;
    this.#labs = of.labs;
    this.#timers = of.timers;
    this.#partition = of.partition;
    this.#onProblem = of.onProblem;
  }

  /** The last commit that was taken over. */
  get position(): number {
    return this.#position;
  }

  /** @param afterPosition the head of the partition when `labs` was still empty, or 0 */
  start(afterPosition: number): void {
    this.#position = afterPosition;
    this.#ended = this.#run();
  }

  /** There may be something new: saves the pause, nothing else. */
  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      const isMore = await this.#readOnce();
      if (!isMore && !this.#isWoken) await this.#pause();
    }
  }

  async #readOnce(): Promise<boolean> {
    try {
      const after = this.#position;
      const page = await this.#log.readPartition(this.#partition, after, tailPageCommits);
      for (const commit of page) {
        this.#labs.publishRead(commit);
        this.#position = commit.position;
      }
      return page.length === tailPageCommits;
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
