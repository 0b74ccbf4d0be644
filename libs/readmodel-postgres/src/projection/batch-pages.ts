import { LogBroken } from '@netfold/application';
import type { CarriedCommit, CommitBatch, ProjectionSource } from '@netfold/application';
import type { StoredEvent } from '@netfold/contracts';

/** So many commits go into the tables in one transaction. */
const pageCommitsMax = 500;

/** Consecutive commits of a partition, the next ones after its position. */
export type CommitPage = {
  readonly commits: readonly CarriedCommit[];
  /** The log ends here, although records speak of later commits. */
  readonly isLogShorter: boolean;
};

/** Commits by position: what was delivered, and what had to be read from the log. */
export class BatchPages {
  readonly #source: ProjectionSource;
  readonly #partition: number;
  readonly #logEpoch: string;
  readonly #commits = new Map<number, CarriedCommit>();
  readonly #delivered: ReadonlySet<number>;
  /** The last position that the batch speaks of. */
  readonly upTo: number;

  constructor(source: ProjectionSource, batch: CommitBatch, logEpoch: string) {
    this.#source = source;
    this.#partition = batch.partition;
    this.#logEpoch = logEpoch;
    const ours = batch.commits.filter(
      (commit) => commit.logEpoch === logEpoch && commit.partition === batch.partition,
    );
    for (const commit of ours) this.#commits.set(commit.position, commit);
    this.#delivered = new Set(this.#commits.keys());
    const marks = batch.watermarks.filter((mark) => mark.logEpoch === logEpoch);
    this.upTo = Math.max(
      0,
      ...marks.map(({ position }) => position),
      ...ours.map(({ position }) => position),
    );
  }

  /** At most `pageCommitsMax` commits from the one after `position` on. */
  async after(position: number): Promise<CommitPage> {
    const commits: CarriedCommit[] = [];
    const last = Math.min(this.upTo, position + pageCommitsMax);
    for (let next = position + 1; next <= last; next += 1) {
      if (!this.#commits.has(next)) {
        const isThere = await this.#fill(next, last);
        if (!isThere) return { commits, isLogShorter: true };
      }
      const commit = this.#commits.get(next);
      if (commit === undefined) throw new LogBroken(`the log has no position ${next}`);
      commits.push(commit);
    }
    return { commits, isLogShorter: false };
  }

  /** Whether a commit of a page came with the batch, not from the log. */
  wasDelivered({ position }: CarriedCommit): boolean {
    return this.#delivered.has(position);
  }

  async #fill(from: number, last: number): Promise<boolean> {
    let until = from;
    while (until < last && !this.#commits.has(until + 1)) until += 1;
    const limit = until - from + 1;
    const stored = await this.#source.readStored(this.#partition, from - 1, limit);
    for (const { eventsText, ...rest } of stored) {
      const events = JSON.parse(eventsText) as readonly StoredEvent[];
      this.#commits.set(rest.position, { ...rest, events, logEpoch: this.#logEpoch });
    }
    return stored.length > 0;
  }
}
