import type { OutcomeFeed } from '../distribution/outcome-feed.ts';
import { PausedLoop } from '../environment/paused-loop.ts';
import type { Timers } from '../environment/timers.ts';
import type { EventLog } from '../event-log.ts';
import type { FoldedLabs } from './folded-labs.ts';

/** Commits read at a time. */
const tailPageCommits = 500;

/**
 * Feeds folded labs in a process that does not write them: reads the commits of all partitions
 * by position. Positions have no gap and appear in order, so that "after the last one" misses
 * nothing.
 */
export class LogTail {
  readonly #log: Pick<EventLog, 'readPartition'>;
  readonly #feed: Pick<OutcomeFeed, 'heads'>;
  readonly #labs: Pick<FoldedLabs, 'publishRead'>;
  readonly #loop: PausedLoop;
  /** The last commit that was taken over, by partition; another one is read from its start. */
  readonly #positions = new Map<number, number>();

  constructor(of: {
    readonly log: Pick<EventLog, 'readPartition'>;
    readonly feed: Pick<OutcomeFeed, 'heads'>;
    readonly labs: Pick<FoldedLabs, 'publishRead'>;
    readonly timers: Timers;
    /** The log could not be read; it is tried again. */
    readonly onProblem: (cause: unknown) => void;
  }) {
    this.#log = of.log;
    this.#feed = of.feed;
    this.#labs = of.labs;
    this.#loop = new PausedLoop({ ...of, once: () => this.#readOnce() });
  }

  /** The last commit of the partition that was taken over. */
  position(partition: number): number {
    return this.#positions.get(partition) ?? 0;
  }

  /**
   * Begins after the commits that stand in the log now; `labs` must not have been read before.
   * @throws StoreUnavailable
   */
  async start(): Promise<void> {
    for (const { partition, head } of await this.#feed.heads()) {
      this.#positions.set(partition, head);
    }
    this.#loop.start();
  }

  /** There may be something new: saves the pause, nothing else. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** @returns whether there is more to read at once */
  async #readOnce(): Promise<boolean> {
    const heads = await this.#feed.heads();
    const isMore = await Promise.all(
      heads.map(({ partition, head }) => this.#readPartition(partition, head)),
    );
    return isMore.includes(true);
  }

  async #readPartition(partition: number, head: number): Promise<boolean> {
    const after = this.position(partition);
    if (after >= head) return false;
    const page = await this.#log.readPartition(partition, after, tailPageCommits);
    for (const commit of page) {
      this.#labs.publishRead(commit);
      this.#positions.set(partition, commit.position);
    }
    return page.length === tailPageCommits;
  }
}
