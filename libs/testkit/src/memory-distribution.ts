import { partitionsMax } from '@netfold/application';
import type {
  NumberedOutcome,
  OutcomeFeed,
  PartitionHeads,
  Partitions,
  RelayCursors,
  RelayStream,
  RememberedOutcome,
  StoredCommit,
  WriterClaim,
} from '@netfold/application';

/** A partition as it is stored; `outcomes` are JSON, in the order of their sequence. */
export type MemoryPartition = { epoch: number; commits: StoredCommit[]; outcomes: string[] };

/** What the distribution of a log needs of it, over the partitions of a log in memory. */
export class MemoryDistribution implements OutcomeFeed, RelayCursors, Partitions {
  readonly #partitions: ReadonlyMap<number, MemoryPartition>;
  readonly #reach: () => void;
  readonly #cursors = new Map<string, number>();
  #count: number | null = null;

  /** @param reach throws while the store is away */
  constructor(partitions: ReadonlyMap<number, MemoryPartition>, reach: () => void) {
    this.#partitions = partitions;
    this.#reach = reach;
  }

  async readOutcomes(
    partition: number,
    afterSequence: number,
    limit: number,
  ): Promise<readonly NumberedOutcome[]> {
    this.#reach();
    const texts = this.#partitions.get(partition)?.outcomes ?? [];
    return texts.slice(afterSequence, afterSequence + limit).map((text, index) => {
      const remembered = JSON.parse(text) as RememberedOutcome;
      return { ...remembered, partition, sequence: afterSequence + index + 1 };
    });
  }

  async heads(): Promise<readonly PartitionHeads[]> {
    this.#reach();
    const heads = [...this.#partitions].map(([partition, { commits, outcomes }]) => ({
      partition,
      head: commits.length,
      outcomesHead: outcomes.length,
    }));
    return heads.toSorted((a, b) => a.partition - b.partition);
  }

  async position(partition: number, stream: RelayStream): Promise<number> {
    this.#reach();
    return this.#cursors.get(`${partition} ${stream}`) ?? 0;
  }

  async advance(
    { partition, epoch }: Pick<WriterClaim, 'partition' | 'epoch'>,
    stream: RelayStream,
    from: number,
    to: number,
  ): Promise<boolean> {
    this.#reach();
    const isHeld = this.#partitions.get(partition)?.epoch === epoch;
    if (!isHeld || (await this.position(partition, stream)) !== from) return false;
    this.#cursors.set(`${partition} ${stream}`, to);
    return true;
  }

  async count(): Promise<number | null> {
    this.#reach();
    return this.#count;
  }

  async record(count: number): Promise<number> {
    this.#reach();
    if (!Number.isInteger(count) || count < 1 || count > partitionsMax) {
      throw new RangeError(`${count} partitions`);
    }
    this.#count ??= count;
    return this.#count;
  }

  async logEpoch(): Promise<string> {
    this.#reach();
    return '00000000-0000-4000-8000-000000000001';
  }
}
