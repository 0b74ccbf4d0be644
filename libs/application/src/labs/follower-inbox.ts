import type { Commit } from '@netfold/contracts';

/** So many live commits wait for one slow reader before it is cut off. */
export const followerCommitsMax = 256;

/** The reader was too slow; it may follow again after `lastVersion` and misses nothing. */
export class FollowerOverflow extends Error {
  override readonly name = 'FollowerOverflow';
  readonly lastVersion: number;

  constructor(lastVersion: number) {
    super(`the reader is ${followerCommitsMax} commits behind version ${lastVersion}`);
    this.lastVersion = lastVersion;
  }
}

export type Arrival =
  | { readonly kind: 'commit'; readonly commit: Commit }
  /** Live commits may have passed by: read the log from the last one seen. */
  | { readonly kind: 'reread' }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'aborted' };

/** What arrives for one follower while it is busy with earlier commits. */
export class FollowerInbox {
  #commits: Commit[] = [];
  #flag: 'none' | 'reread' | 'overflow' = 'none';
  #wake: (() => void) | null = null;

  offer(commit: Commit): void {
    if (this.#flag === 'none') {
      if (this.#commits.length < followerCommitsMax) this.#commits.push(commit);
      else this.#drop('overflow');
    }
    this.#wake?.();
  }

  /** Live commits may be missing from now on. */
  askToReread(): void {
    this.#drop('reread');
    this.#wake?.();
  }

  /** Before reading the log: what overflowed meanwhile is in the log as well. */
  startOver(): void {
    if (this.#flag === 'none') return;
    this.#flag = 'none';
    this.#commits = [];
  }

  async next(signal: AbortSignal): Promise<Arrival> {
    while (!signal.aborted) {
      if (this.#flag !== 'none') return { kind: this.#flag };
      const commit = this.#commits.shift();
      if (commit !== undefined) return { kind: 'commit', commit };
      await this.#arrival(signal);
    }
    return { kind: 'aborted' };
  }

  #drop(flag: 'reread' | 'overflow'): void {
    this.#flag = flag;
    this.#commits = [];
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wake = null;
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
