import type { LabId } from '@netfold/contracts';
import type { LabFold } from '../lab-states.ts';

type Ahead = {
  fold: LabFold;
  /** Decided commands that are not durable yet. */
  pending: number;
};

/**
 * The labs as decided, for those that are ahead of what is committed.
 * All of it may be thrown away at any time: it is decided again.
 */
export class DecidedLabs {
  readonly #ahead = new Map<LabId, Ahead>();
  readonly tips = new Map<LabId, string>();

  fold(labId: LabId): LabFold | undefined {
    return this.#ahead.get(labId)?.fold;
  }

  /** A command was decided and waits; the next one is decided on this fold. */
  add(after: LabFold): void {
    const ahead = this.#ahead.get(after.labId);
    if (ahead === undefined) this.#ahead.set(after.labId, { fold: after, pending: 1 });
    else {
      ahead.fold = after;
      ahead.pending += 1;
    }
  }

  /** One of the lab's commands is durable; `hash` is its commit's, `null` without a commit. */
  settle(labId: LabId, hash: string | null): void {
    const ahead = this.#ahead.get(labId);
    if (ahead === undefined) return;
    ahead.pending -= 1;
    if (ahead.pending === 0) this.throwAway(labId);
    else if (hash !== null) this.tips.set(labId, hash);
  }

  throwAway(labId: LabId): void {
    this.#ahead.delete(labId);
    this.tips.delete(labId);
  }

  throwAllAway(): void {
    this.#ahead.clear();
    this.tips.clear();
  }
}
