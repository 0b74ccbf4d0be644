import type { CommandId, TenantId } from '@netfold/contracts';
import type { Timers } from '../environment/timers.ts';
import { PausedLoop } from '../environment/paused-loop.ts';
import type { NumberedOutcome, OutcomeFeed } from './outcome-feed.ts';

/** Outcomes read at a time. */
const outcomesPerPage = 500;

export type ExpectedOutcome = {
  /** Resolves when the outcome is in the log; never when it does not come, or after `cancel`. */
  readonly outcome: Promise<NumberedOutcome>;
  readonly cancel: () => void;
};

type Waiter = (outcome: NumberedOutcome) => void;

/**
 * Hears the outcomes of all partitions as they become durable, and tells them to who waits.
 * One tail serves a whole process, however many commands wait.
 */
export class OutcomeTail {
  readonly #feed: OutcomeFeed;
  readonly #loop: PausedLoop;
  /** The last sequence that was read, by partition; one that is not here is read from its start. */
  readonly #sequences = new Map<number, number>();
  readonly #waiters = new Map<string, Set<Waiter>>();

  constructor(of: {
    readonly feed: OutcomeFeed;
    readonly timers: Timers;
    /** The log could not be read; it is tried again. */
    readonly onProblem: (cause: unknown) => void;
  }) {
    this.#feed = of.feed;
    this.#loop = new PausedLoop({ ...of, once: () => this.#readOnce() });
  }

  /** Commands that wait. */
  get expected(): number {
    return this.#waiters.size;
  }

  /** Begins after the outcomes that stand in the log now. @throws StoreUnavailable */
  async start(): Promise<void> {
    for (const { partition, outcomesHead } of await this.#feed.heads()) {
      this.#sequences.set(partition, outcomesHead);
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

  /**
   * Waits for an outcome that is not in the log yet. Whoever cannot know that asks first to be
   * told here, then the log.
   */
  expect(tenantId: TenantId, commandId: CommandId): ExpectedOutcome {
    const key = keyOf(tenantId, commandId);
    let cancel = () => {};
    const outcome = new Promise<NumberedOutcome>((resolve) => {
      const waiters = this.#waiters.get(key) ?? new Set();
      this.#waiters.set(key, waiters.add(resolve));
      cancel = () => {
        if (waiters.delete(resolve) && waiters.size === 0) this.#waiters.delete(key);
      };
    });
    return { outcome, cancel };
  }

  /** @returns whether there is more to read at once */
  async #readOnce(): Promise<boolean> {
    const heads = await this.#feed.heads();
    const isMore = await Promise.all(
      heads.map(({ partition, outcomesHead }) => this.#readPartition(partition, outcomesHead)),
    );
    return isMore.includes(true);
  }

  async #readPartition(partition: number, outcomesHead: number): Promise<boolean> {
    const after = this.#sequences.get(partition) ?? 0;
    if (after >= outcomesHead) return false;
    const page = await this.#feed.readOutcomes(partition, after, outcomesPerPage);
    for (const outcome of page) {
      this.#tell(outcome);
      this.#sequences.set(partition, outcome.sequence);
    }
    return page.length === outcomesPerPage;
  }

  #tell(outcome: NumberedOutcome): void {
    const key = keyOf(outcome.tenantId, outcome.commandId);
    const waiters = this.#waiters.get(key);
    if (waiters === undefined) return;
    this.#waiters.delete(key);
    for (const tell of waiters) tell(outcome);
  }
}

const keyOf = (tenantId: TenantId, commandId: CommandId): string => `${tenantId} ${commandId}`;
