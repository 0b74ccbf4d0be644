import type { Commit, LabId } from '@netfold/contracts';
import { sleep, type Timers } from '../environment/timers.ts';
import type { EventLog } from '../event-log.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold, LabStates, LabVersion } from '../lab-states.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { FollowerInbox, FollowerOverflow } from './follower-inbox.ts';
import { absentFold, foldCommit } from './lab-fold.ts';
import { LabLoader } from './lab-loader.ts';
import { RecentlyUsed } from './recently-used.ts';
import { SnapshotStore } from './snapshot-store.ts';

/**
 * Things (hosts, networks, containers, endpoints) of all labs in memory, about 1 kB each.
 * A lab that had to make place is folded again when it is touched.
 */
const thingsInMemoryMax = 250_000;
/** Folds of earlier versions that are kept for repeated `at` questions. */
const pastFoldsMax = 64;
/**
 * Folds that the log's latest commits went on from, for who asks what a commit has changed.
 * Each shares most of its structure with its successor, unlike a fold that was loaded.
 */
const succeededFoldsMax = 512;
/** A follower waits so long before it asks a log again that did not answer. */
const rereadDelayMs = 200;

export type FoldedLabsOptions = {
  readonly log: EventLog;
  readonly model: LabModel;
  readonly timers: Timers;
  /** Names the build: snapshots of another build are not read. */
  readonly codeVersion: string;
  readonly thingsMax?: number;
  /** Off in a process that may not write the log. */
  readonly savesSnapshots?: boolean;
  /** A snapshot that could not be used or saved; work went on without it. */
  readonly onProblem?: (problem: Error) => void;
};

/** Hears what becomes of the labs in memory. */
export type FoldListener = {
  /**
   * The lab is in memory at this version from now on.
   * @param commit  what led to it; `null`: it was not in memory before
   */
  readonly folded: (fold: LabFold, commit: Commit | null) => void;
  /** The lab is no longer in memory. */
  readonly forgotten: (labId: LabId) => void;
};

type Loading = { readonly promise: Promise<LabFold | null>; seenVersion: number };
type Waiter = { readonly version: number; wake: () => void };

/**
 * Keeps labs folded as committed. The writer (or a follower of the log) publishes each commit
 * after it has become durable; whatever is not in memory is folded from the log.
 */
export class FoldedLabs implements LabStates {
  readonly snapshots: SnapshotStore;
  readonly #log: EventLog;
  readonly #model: LabModel;
  readonly #timers: Timers;
  readonly #loader: LabLoader;
  readonly #folds: RecentlyUsed<LabId, LabFold>;
  readonly #past = new RecentlyUsed<string, LabFold>({ weightMax: pastFoldsMax });
  readonly #succeeded = new RecentlyUsed<string, LabFold>({ weightMax: succeededFoldsMax });
  readonly #loading = new Map<LabId, Loading>();
  readonly #followers = new Map<LabId, Set<FollowerInbox>>();
  readonly #waiters = new Map<LabId, Set<Waiter>>();
  readonly #listeners: FoldListener[] = [];

  constructor(of: FoldedLabsOptions) {
    const onProblem = of.onProblem ?? (() => {});
    this.#log = of.log;
    this.#model = of.model;
    this.#timers = of.timers;
    this.snapshots = new SnapshotStore({ ...of, onProblem });
    this.#loader = new LabLoader(of.log, of.model, this.snapshots);
    this.#folds = new RecentlyUsed({
      weightMax: of.thingsMax ?? thingsInMemoryMax,
      weightOf: (fold) => of.model.thingsOf(fold.lab),
      onDrop: (labId) => {
        for (const listener of this.#listeners) listener.forgotten(labId);
      },
    });
  }

  listen(listener: FoldListener): void {
    this.#listeners.push(listener);
  }

  /** The fold in memory, at once. */
  peek(labId: LabId): LabFold | undefined {
    return this.#folds.get(labId);
  }

  /** The lab as committed, from memory or the log; `null` when there is none. */
  fold(labId: LabId): Promise<LabFold | null> {
    const fold = this.#folds.get(labId);
    return fold === undefined ? this.#load(labId) : Promise.resolve(fold);
  }

  committed(labId: LabId): Promise<LabVersion | null> {
    return this.fold(labId);
  }

  async at(labId: LabId, version: number): Promise<LabVersion | null> {
    const head = await this.fold(labId);
    if (head === null || version < 0 || version > head.version) return null;
    if (version === head.version) return head;
    if (version === 0) return absentFold(this.#model, labId, head.tenantId);
    const key = pastKey(labId, version);
    const kept = this.#succeeded.get(key) ?? this.#past.get(key);
    if (kept !== undefined) return kept;
    const fold = await this.#loader.load(labId, version);
    if (fold !== null) this.#past.set(key, fold);
    return fold;
  }

  async waitFor(labId: LabId, version: number, timeoutMs: number): Promise<boolean> {
    const isReached = async () => ((await this.fold(labId))?.version ?? 0) >= version;
    let isTimeUp = false;
    const waiter = { version, wake: () => {} };
    const cancel = this.#timers.after(timeoutMs, () => {
      isTimeUp = true;
      waiter.wake();
    });
    addTo(this.#waiters, labId, waiter);
    try {
      for (;;) {
        const woken = new Promise<void>((resolve) => (waiter.wake = resolve));
        if (await isReached()) return true;
        if (isTimeUp) return false;
        await woken;
      }
    } finally {
      cancel();
      removeFrom(this.#waiters, labId, waiter);
    }
  }

  async *follow(
    labId: LabId,
    afterVersion: number,
    signal: AbortSignal,
  ): AsyncGenerator<Commit, void, undefined> {
    const inbox = new FollowerInbox();
    addTo(this.#followers, labId, inbox);
    let last = afterVersion;
    try {
      while (!signal.aborted) {
        inbox.startOver();
        try {
          for await (const commit of this.#log.readLab(labId, last, null)) {
            if (signal.aborted) return;
            last = commit.labVersion;
            yield commit;
          }
        } catch (error) {
          // An outage ends no reader: nothing is missed, it reads on from where it was.
          if (!(error instanceof StoreUnavailable)) throw error;
          await sleep(this.#timers, rereadDelayMs);
          continue;
        }
        for await (const commit of liveCommits(inbox, last, signal)) {
          last = commit.labVersion;
          yield commit;
        }
      }
    } finally {
      removeFrom(this.#followers, labId, inbox);
    }
  }

  /** A commit has become durable and leads to this fold. */
  publish(fold: LabFold, commit: Commit): void {
    this.#keep(fold, commit);
    this.#announce(commit);
  }

  /** A commit was read from the log: folds it when the lab is in memory at the version before. */
  publishRead(commit: Commit): void {
    const { labId, labVersion } = commit;
    const fold = this.#folds.get(labId);
    if (fold?.version === labVersion - 1) {
      this.#succeeded.set(pastKey(labId, fold.version), fold);
      this.#keep(foldCommit(this.#model, fold, commit), commit);
    } else if (fold !== undefined && fold.version < labVersion) this.#folds.delete(labId);
    this.#announce(commit);
  }

  /** What is in memory of these labs may be wrong or old: the log is asked again. */
  forget(labIds: Iterable<LabId>): void {
    for (const labId of labIds) {
      this.#folds.delete(labId);
      this.#loading.delete(labId);
      this.#askToReread(labId);
    }
  }

  forgetAll(): void {
    this.#folds.clear();
    this.#loading.clear();
    for (const labId of this.#followers.keys()) this.#askToReread(labId);
    for (const labId of this.#waiters.keys()) this.#wakeWaiters(labId, Infinity);
  }

  #keep(fold: LabFold, commit: Commit | null): void {
    this.#folds.set(fold.labId, fold);
    for (const listener of this.#listeners) listener.folded(fold, commit);
  }

  #announce(commit: Commit): void {
    const { labId, labVersion } = commit;
    const loading = this.#loading.get(labId);
    if (loading !== undefined) loading.seenVersion = Math.max(loading.seenVersion, labVersion);
    for (const inbox of this.#followers.get(labId) ?? []) inbox.offer(commit);
    this.#wakeWaiters(labId, labVersion);
  }

  #askToReread(labId: LabId): void {
    for (const inbox of this.#followers.get(labId) ?? []) inbox.askToReread();
    this.#wakeWaiters(labId, Infinity);
  }

  #load(labId: LabId): Promise<LabFold | null> {
    const underWay = this.#loading.get(labId);
    if (underWay !== undefined) return underWay.promise;
    const loading: Loading = {
      seenVersion: 0,
      promise: this.#loader
        .load(labId, null)
        .then((fold) => this.#loaded(labId, loading, fold))
        .finally(() => {
          if (this.#loading.get(labId) === loading) this.#loading.delete(labId);
        }),
    };
    this.#loading.set(labId, loading);
    return loading.promise;
  }

  /** Commits may have been published, or memory thrown away, while the log was read. */
  #loaded(labId: LabId, loading: Loading, fold: LabFold | null): Promise<LabFold | null> {
    const isCurrent = this.#loading.get(labId) === loading;
    if (isCurrent) this.#loading.delete(labId);
    const kept = this.#folds.get(labId);
    if (kept !== undefined && kept.version >= (fold?.version ?? 0)) return Promise.resolve(kept);
    if (!isCurrent || loading.seenVersion > (fold?.version ?? 0)) return this.#load(labId);
    if (fold !== null) this.#keep(fold, null);
    return Promise.resolve(fold);
  }

  #wakeWaiters(labId: LabId, version: number): void {
    for (const waiter of this.#waiters.get(labId) ?? []) {
      if (waiter.version <= version) waiter.wake();
    }
  }
}

const pastKey = (labId: LabId, version: number): string => `${version} ${labId}`;

/** Live commits in order; ends when the log must be read again, or when aborted. */
async function* liveCommits(
  inbox: FollowerInbox,
  afterVersion: number,
  signal: AbortSignal,
): AsyncGenerator<Commit, void, undefined> {
  let last = afterVersion;
  for (;;) {
    const arrival = await inbox.next(signal);
    if (arrival.kind === 'overflow') throw new FollowerOverflow(last);
    if (arrival.kind !== 'commit') return;
    const { commit } = arrival;
    if (commit.labVersion > last + 1) return;
    if (commit.labVersion <= last) continue;
    last = commit.labVersion;
    yield commit;
  }
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
