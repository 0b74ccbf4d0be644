import { setTimeout as sleep } from 'node:timers/promises';
import {
  TransportFailed,
  type BatchHandler,
  type ConsumeOptions,
  type LogConsumer,
  type TopicOffset,
  type TopicPartition,
} from '../transport.ts';
import type { GroupMember, InProcessGroup } from './in-process-group.ts';
import type { InProcessPartition } from './in-process-partition.ts';

const redeliveryDelayMs = 5;

/** Where one assigned partition stands. */
type Place = {
  readonly at: TopicPartition;
  next: bigint;
  isRunning: boolean;
  /** Set by a seek while a batch runs: the end of that batch no longer moves the position. */
  isSought: boolean;
};

export type InProcessSurroundings = {
  readonly group: InProcessGroup;
  readonly partition: (at: TopicPartition) => InProcessPartition;
  /** Waits as long as what is delivered is held back. */
  readonly heldBack: () => Promise<void>;
};

/** A member of a group within the process; its manners are those of `LogConsumer`. */
export class InProcessMember implements LogConsumer, GroupMember {
  readonly topics: readonly string[];
  readonly #options: ConsumeOptions;
  readonly #handler: BatchHandler;
  readonly #around: InProcessSurroundings;
  readonly #paused = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  #places: readonly Place[] = [];
  #term = new AbortController();
  #isStopping = false;

  constructor(options: ConsumeOptions, handler: BatchHandler, around: InProcessSurroundings) {
    this.topics = options.topics;
    this.#options = options;
    this.#handler = handler;
    this.#around = around;
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.#paused.add(keyOf(each));
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.#paused.delete(keyOf(each));
    this.wake();
  }

  seek(to: TopicOffset): void {
    const place = this.#places.find(({ at }) => keyOf(at) === keyOf(to));
    if (place === undefined) return;
    place.next = to.next;
    place.isSought = place.isRunning;
    this.wake();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
    await this.#around.group.leave(this);
  }

  async revoke(): Promise<void> {
    this.#term.abort(new Error('the group has changed'));
    await Promise.all(this.#running);
    const revoked = this.#places.map(({ at }) => at);
    this.#places = [];
    if (revoked.length > 0) await this.#orFatal(() => this.#options.onRevoked?.(revoked));
  }

  async assign(partitions: readonly TopicPartition[]): Promise<void> {
    this.#term = new AbortController();
    const positions = await this.#orFatal(() => this.#options.onAssigned?.(partitions));
    const places = partitions.map((at) => {
      const own = positions?.find((position) => keyOf(position) === keyOf(at));
      const next = own?.next ?? this.#around.group.committed(at) ?? 0n;
      return { at, next, isRunning: false, isSought: false };
    });
    this.#places = places;
    this.wake();
  }

  wake(): void {
    for (const place of this.#places) {
      const isFree = this.#running.size < this.#options.partitionsConcurrently;
      const isReady = !place.isRunning && !this.#paused.has(keyOf(place.at));
      if (!isFree || !isReady || this.#isStopping || this.#term.signal.aborted) continue;
      const records = this.#recordsAt(place);
      if (records.length > 0) this.#start(place);
    }
  }

  #start(place: Place): void {
    place.isRunning = true;
    const running = this.#deliver(place).finally(() => {
      place.isRunning = false;
      this.#running.delete(running);
      // Others first, so that a busy partition cannot keep them waiting.
      this.#places = [...this.#places.filter((each) => each !== place), ...this.#ours(place)];
      this.wake();
    });
    this.#running.add(running);
  }

  #ours(place: Place): readonly Place[] {
    return this.#places.includes(place) ? [place] : [];
  }

  async #deliver(place: Place): Promise<void> {
    const { signal } = this.#term;
    await this.#around.heldBack();
    if (signal.aborted) return;
    const records = this.#recordsAt(place);
    place.isSought = false;
    const moveTo = (next: bigint): void => {
      if (!place.isSought) place.next = next;
    };
    const commit = async (next: bigint): Promise<void> => {
      await Promise.resolve();
      if (signal.aborted) throw new TransportFailed('the group has changed');
      this.#around.group.commit({ ...place.at, next });
      moveTo(next);
    };
    const highWatermark = this.#around.partition(place.at).high;
    try {
      await this.#handler({ ...place.at, records, highWatermark }, { signal, commit });
      const last = records.at(-1);
      if (last !== undefined && !signal.aborted) moveTo(last.offset + 1n);
    } catch {
      // The handler reports its own errors; here they mean "once more".
      await sleep(redeliveryDelayMs);
    }
  }

  #recordsAt({ at, next }: Place): ReturnType<InProcessPartition['read']> {
    return this.#around.partition(at).read(next, this.#options.batchRecordsMax);
  }

  async #orFatal<T>(call: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await call();
    } catch (cause) {
      this.#isStopping = true;
      const { group } = this.#options;
      this.#options.onFatal(new TransportFailed(`the member of \`${group}\` ended`, { cause }));
      return undefined;
    }
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${partition}/${topic}`;
}
