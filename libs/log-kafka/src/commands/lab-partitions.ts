import { RecentlyUsed, sha256 } from '@netfold/application';
import type { EventLog } from '@netfold/application';
import type { LabId } from '@netfold/contracts';

/** Labs whose partition is remembered; that of another is asked for again. */
const rememberedLabsMax = 100_000;

/**
 * The writer partition of each lab. It is a stored property of the lab; a new lab gets one that
 * every process works out alike, so that two who create the same lab ask the same writer.
 */
export class LabPartitions {
  readonly count: number;
  readonly #log: Pick<EventLog, 'findLab'>;
  readonly #remembered = new RecentlyUsed<LabId, number>({ weightMax: rememberedLabsMax });

  /** @param count  as recorded in the log: with another one labs would change their writer */
  constructor(log: Pick<EventLog, 'findLab'>, count: number) {
    this.#log = log;
    this.count = count;
  }

  /** @throws what the log throws when it cannot be reached */
  async of(labId: LabId): Promise<number> {
    const remembered = this.#remembered.get(labId);
    if (remembered !== undefined) return remembered;
    const head = await this.#log.findLab(labId);
    if (head === null) return partitionOfNewLab(labId, this.count);
    this.#remembered.set(labId, head.partition);
    return head.partition;
  }
}

/** Even over the partitions, whoever makes up the ids. */
export function partitionOfNewLab(labId: LabId, count: number): number {
  return Number.parseInt(sha256(labId).slice(0, 8), 16) % count;
}
