import type { Cancel, Entropy, Timers } from '@netfold/application';

type Timer = { readonly at: number; readonly order: number; readonly run: () => void };

/** A clock and timers that move only when a test says so. `soon` runs on the real event loop. */
export class ManualTime implements Timers {
  #now: number;
  #timers: Timer[] = [];
  #order = 0;

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  readonly clock = (): number => this.#now;

  after(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { at: this.#now + Math.max(delayMs, 0), order: (this.#order += 1), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  soon(run: () => void): void {
    setImmediate(run);
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves the clock and runs what falls due, in order, letting promises settle between. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#timers
        .filter(({ at }) => at <= until)
        .toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
    await settled();
  }
}

/** Resolves when what is under way in memory has come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Seeds that count up: the same run draws the same. */
export class CountingEntropy implements Entropy {
  #drawn = 0;

  seed(): string {
    this.#drawn += 1;
    return this.#drawn.toString(16).padStart(32, '0');
  }
}
