import type { Commit, LabId } from '@netfold/contracts';
import type { EventLog } from '../event-log.ts';
import type { LabFold, LabStates, LabVersion } from '../lab-states.ts';
import type { FoldedLabs } from '../labs/folded-labs.ts';
import { LogBroken } from '../labs/lab-fold.ts';

/** A fold that had to make place while it was read is loaded again, so often at most. */
const attemptsMax = 5;

/**
 * Labs in a process that is not their writer: before each read the log is asked how far the lab
 * goes, and commits that are missing in memory are read at once, ahead of the tail. What one
 * process was told is therefore seen by the next read in every other.
 */
export class FreshStates implements LabStates {
  readonly #log: Pick<EventLog, 'findLab' | 'readLab'>;
  readonly #labs: FoldedLabs;

  /** @param of.labs fed by a tail of every partition, on the same log */
  constructor(of: {
    readonly log: Pick<EventLog, 'findLab' | 'readLab'>;
    readonly labs: FoldedLabs;
  }) {
    this.#log = of.log;
    this.#labs = of.labs;
  }

  /** The lab as committed when asked, or later. @throws StoreUnavailable */
  async committed(labId: LabId): Promise<LabVersion | null> {
    const head = await this.#log.findLab(labId);
    return head === null ? null : this.#atLeast(labId, head.version);
  }

  async at(labId: LabId, version: number): Promise<LabVersion | null> {
    const isAtHand = (this.#labs.peek(labId)?.version ?? 0) >= version;
    if (!isAtHand && (await this.committed(labId)) === null) return null;
    return this.#labs.at(labId, version);
  }

  async waitFor(labId: LabId, version: number, timeoutMs: number): Promise<boolean> {
    const isAtHand = (this.#labs.peek(labId)?.version ?? 0) >= version;
    if (isAtHand || ((await this.committed(labId))?.version ?? 0) >= version) return true;
    return this.#labs.waitFor(labId, version, timeoutMs);
  }

  follow(labId: LabId, afterVersion: number, signal: AbortSignal): AsyncIterable<Commit> {
    return this.#labs.follow(labId, afterVersion, signal);
  }

  async #atLeast(labId: LabId, version: number): Promise<LabFold> {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const fold = await this.#labs.fold(labId);
      if (fold !== null && fold.version >= version) return fold;
      for await (const commit of this.#log.readLab(labId, fold?.version ?? 0, version)) {
        this.#labs.publishRead(commit);
      }
    }
    throw new LogBroken(`lab ${labId}: the log says version ${version} and does not have it`);
  }
}
