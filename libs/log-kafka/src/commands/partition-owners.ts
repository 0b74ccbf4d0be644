import type { CommandGate, Timers, WriterClaim } from '@netfold/application';
import { commandTopic } from '../messages/topics.ts';
import type { TopicPartition } from '../transport.ts';
import { deadlineIn } from './deadline.ts';

const firstPauseMs = 100;
const pauseMsMax = 5_000;

/** The writer of one partition, with an empty memory until it has claimed. */
export interface OwnedWriter extends CommandGate {
  /** `null` while the partition is not held. */
  readonly claim: WriterClaim | null;
  /** Claims the partition. @throws when the log cannot be reached */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface OwnedRelay {
  start(): void;
  stop(): Promise<void>;
}

export type PartitionOwnersParts = {
  /** @param onFenced to be called once, when another writer has taken the partition over */
  readonly newWriter: (partition: number, onFenced: () => void) => OwnedWriter;
  readonly newRelay: (partition: number, writer: OwnedWriter) => OwnedRelay;
  /** Whether nobody has claimed the partition since. @throws when the log cannot be reached */
  readonly isCurrent: (claim: WriterClaim) => Promise<boolean>;
  /** Another process writes a partition that this one was given: it has to start again. */
  readonly onFenced: (partition: number) => void;
  readonly onProblem: (problem: string, cause: unknown) => void;
  readonly timers: Timers;
};

type Owner = {
  readonly partition: number;
  readonly writer: OwnedWriter;
  relay: OwnedRelay | null;
  /** Resolves when the partition is claimed, or the owner was let go of. */
  ready: Promise<void>;
  isOver: boolean;
};

/**
 * The partitions that this process writes.
 *
 * absent --assigned--> claiming --claimed--> at work --revoked--> resting
 * resting --assigned again, same epoch--> at work, with its labs still in memory
 * resting --assigned again, other epoch--> claiming, with an empty memory
 * claiming, at work or resting --assigned elsewhere, or stop--> absent
 * at work --fenced--> absent, and `onFenced`; resting --fenced--> absent
 *
 * A partition is claimed before a lab of it is loaded, so that nothing in memory can be old. A
 * resting writer takes no commands, and whatever it may still write is fenced by the next claim.
 */
export class PartitionOwners {
  readonly #of: PartitionOwnersParts;
  readonly #owners = new Map<number, Owner>();
  /** Partitions that the group has given to this process, and not taken back. */
  #assigned: ReadonlySet<number> = new Set();

  constructor(of: PartitionOwnersParts) {
    this.#of = of;
  }

  /** Partitions that are claimed and given to this process. */
  get held(): readonly number[] {
    return [...this.#owners.values()]
      .filter(({ partition, writer }) => this.#assigned.has(partition) && writer.claim !== null)
      .map(({ partition }) => partition);
  }

  /** For `ConsumeOptions`: all partitions of this member. Does not wait for the log. */
  readonly onAssigned = async (partitions: readonly TopicPartition[]): Promise<void> => {
    this.#assigned = new Set(
      partitions.filter(({ topic }) => topic === commandTopic).map(({ partition }) => partition),
    );
    for (const owner of this.#owners.values()) {
      if (!this.#assigned.has(owner.partition)) void this.#letGo(owner);
    }
    for (const partition of this.#assigned) {
      const resting = this.#owners.get(partition);
      if (resting === undefined) this.#begin(partition);
      else resting.ready = this.#goOn(resting);
    }
  };

  /** For `ConsumeOptions`: the group takes everything back, to give most of it again. */
  readonly onRevoked = async (): Promise<void> => {
    this.#assigned = new Set();
  };

  /**
   * The gate of a partition, once it is claimed.
   * @throws when the partition is not, or no longer, this process's
   */
  async gateOf(partition: number, signal: AbortSignal): Promise<CommandGate> {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    while (!signal.aborted && this.#assigned.has(partition)) {
      const owner = this.#owners.get(partition);
      if (owner === undefined) break;
      const { ready } = owner;
      await Promise.race([ready, aborted]);
      const isReady = owner === this.#owners.get(partition) && ready === owner.ready;
      if (isReady && !signal.aborted && !owner.isOver) return owner.writer;
    }
    throw new Error(`partition ${partition} is not this process's`);
  }

  /** After the process has left the group: resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#assigned = new Set();
    await Promise.all([...this.#owners.values()].map((owner) => this.#letGo(owner)));
  }

  #begin(partition: number): void {
    const writer = this.#of.newWriter(partition, () => this.#fenced(owner));
    const owner: Owner = {
      partition,
      writer,
      relay: null,
      ready: Promise.resolve(),
      isOver: false,
    };
    this.#owners.set(partition, owner);
    owner.ready = this.#claim(owner);
  }

  async #claim(owner: Owner): Promise<void> {
    await this.#untilDone(owner, 'a partition could not be claimed', () => owner.writer.start());
    if (owner.isOver) return;
    owner.relay = this.#of.newRelay(owner.partition, owner.writer);
    owner.relay.start();
  }

  /** Back again: as it was when nobody else has claimed the partition meanwhile. */
  async #goOn(owner: Owner): Promise<void> {
    await owner.ready;
    const { claim } = owner.writer;
    // A writer that is just recovering claims anew by itself.
    if (claim === null || owner.isOver) return;
    let isCurrent = false;
    await this.#untilDone(owner, 'the epoch of a partition could not be read', async () => {
      isCurrent = await this.#of.isCurrent(claim);
    });
    if (isCurrent || owner.isOver || owner.writer.claim?.epoch !== claim.epoch) return;
    void this.#letGo(owner);
    if (this.#assigned.has(owner.partition)) this.#begin(owner.partition);
  }

  #fenced(owner: Owner): void {
    const isOurs = this.#assigned.has(owner.partition) && !owner.isOver;
    void this.#letGo(owner);
    if (isOurs) this.#of.onFenced(owner.partition);
  }

  async #letGo(owner: Owner): Promise<void> {
    if (owner.isOver) return;
    owner.isOver = true;
    if (this.#owners.get(owner.partition) === owner) this.#owners.delete(owner.partition);
    await Promise.all([owner.relay?.stop(), owner.writer.stop()]).catch((cause: unknown) =>
      this.#of.onProblem(`partition ${owner.partition} could not be stopped`, cause),
    );
  }

  async #untilDone(owner: Owner, problem: string, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; !owner.isOver; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        this.#of.onProblem(problem, error);
        await deadlineIn(this.#of.timers, Math.min(pauseMsMax, firstPauseMs * 2 ** attempt)).passed;
      }
    }
  }
}
