import type {
  AuditableLog,
  EventLog,
  FlushEntry,
  FlushResult,
  LabHead,
  OutcomeNumbers,
  RememberedOutcome,
  Snapshot,
  StoredCommit,
  UnmatchedOutcome,
  WriterClaim,
} from '@netfold/application';
import { upcastEvents } from '@netfold/contracts';
import type { Commit, CommandId, LabId, StoredEvent, TenantId } from '@netfold/contracts';
import { MemoryDistribution } from './memory-distribution.ts';
import type { MemoryPartition } from './memory-distribution.ts';

/** What shall go wrong with the next flush. */
export type FlushFault =
  /** The batch is not written, and nobody is told. */
  | { readonly kind: 'lostBefore' }
  /** The batch is written, and nobody is told. */
  | { readonly kind: 'lostAfter' }
  | { readonly kind: 'unavailable' }
  /** Another writer claims the partition first, and does something with it. */
  | { readonly kind: 'fence'; readonly meanwhile?: () => void }
  /** The store refuses every batch that holds this command, or facts of it. */
  | { readonly kind: 'reject' | 'rejectFacts'; readonly commandId: CommandId };

/**
 * The log in memory, with the store's rules and its faults: for tests of the application.
 * What is stored are texts, so that nobody shares objects with it.
 */
export class MemoryEventLog implements EventLog, AuditableLog {
  /** The faults of the next flushes, one each. */
  readonly faults: FlushFault[] = [];
  /** Every flush that was asked for, by the ids of its commands. */
  readonly flushes: (readonly CommandId[])[] = [];
  /** What the reading methods throw while it is set. */
  outage: Error | null = null;
  /** Turns of the event loop that a flush and a replay take: time in which commands gather. */
  turns = 0;
  /** The store's clock. */
  now = 1_000;
  readonly #partitions = new Map<number, MemoryPartition>();
  /** Outcomes by sequence, the cursors of relays, and what is recorded of the installation. */
  readonly distribution = new MemoryDistribution(this.#partitions, () => this.#reach());
  readonly #outcomes = new Map<string, string>();
  readonly #heads = new Map<LabId, LabHead>();
  readonly #snapshots = new Map<LabId, string>();
  readonly #poison = new Set<CommandId>();
  readonly #poisonedFacts = new Set<CommandId>();

  async claim(partition: number): Promise<WriterClaim> {
    this.#reach();
    const of = this.#partition(partition);
    of.epoch += 1;
    return { partition, epoch: of.epoch, head: of.commits.length };
  }

  async reclaim({
    partition,
    epoch,
  }: Pick<WriterClaim, 'partition' | 'epoch'>): Promise<WriterClaim | null> {
    this.#reach();
    return this.#partition(partition).epoch === epoch ? this.claim(partition) : null;
  }

  async flush(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<FlushResult> {
    this.flushes.push(entries.map(({ remembered }) => remembered.commandId));
    await turnsOf(this.turns);
    const fault = this.faults.shift();
    if (fault?.kind === 'lostBefore') return unknown('before');
    if (fault?.kind === 'unavailable') return { kind: 'unavailable', cause: new Error('full') };
    if (fault?.kind === 'reject') this.#poison.add(fault.commandId);
    if (fault?.kind === 'rejectFacts') this.#poisonedFacts.add(fault.commandId);
    if (fault?.kind === 'fence') {
      this.#partition(claim.partition).epoch += 1;
      fault.meanwhile?.();
    }
    const result = this.#append(claim, entries);
    return fault?.kind === 'lostAfter' ? unknown('after') : result;
  }

  async findOutcome(tenantId: TenantId, commandId: CommandId): Promise<RememberedOutcome | null> {
    this.#reach();
    const text = this.#outcomes.get(`${tenantId} ${commandId}`);
    return text === undefined ? null : (JSON.parse(text) as RememberedOutcome);
  }

  async *readLab(
    labId: LabId,
    afterVersion: number,
    upToVersion: number | null,
  ): AsyncGenerator<Commit, void, undefined> {
    this.#reach();
    await turnsOf(this.turns);
    const head = this.#heads.get(labId);
    if (head === undefined) return;
    for (const stored of this.#partition(head.partition).commits) {
      if (stored.labId !== labId || stored.labVersion <= afterVersion) continue;
      if (stored.labVersion > (upToVersion ?? Infinity)) return;
      yield commitOf(stored);
    }
  }

  async readPartition(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly Commit[]> {
    return (await this.readStored(partition, afterPosition, limit)).map(commitOf);
  }

  async readStored(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly StoredCommit[]> {
    this.#reach();
    return this.#partition(partition).commits.slice(afterPosition, afterPosition + limit);
  }

  async findLab(labId: LabId): Promise<LabHead | null> {
    this.#reach();
    return this.#heads.get(labId) ?? null;
  }

  async *labs(): AsyncGenerator<LabHead, void, undefined> {
    this.#reach();
    yield* this.#heads.values();
  }

  async partitions(): Promise<readonly { readonly partition: number; readonly head: number }[]> {
    return [...this.#partitions].map(([partition, { commits }]) => ({
      partition,
      head: commits.length,
    }));
  }

  async findSnapshot(
    labId: LabId,
    upToVersion: number,
    codeVersion: string,
  ): Promise<Snapshot | null> {
    this.#reach();
    const text = this.#snapshots.get(labId);
    const snapshot = text === undefined ? null : (JSON.parse(text) as Snapshot);
    const isFitting = snapshot?.codeVersion === codeVersion && snapshot.version <= upToVersion;
    return isFitting ? snapshot : null;
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#reach();
    this.#snapshots.set(snapshot.labId, JSON.stringify(snapshot));
  }

  logEpoch(): Promise<string> {
    return this.distribution.logEpoch();
  }

  async unmatchedOutcomes(): Promise<readonly UnmatchedOutcome[]> {
    return [];
  }

  async outcomeNumbers(): Promise<readonly OutcomeNumbers[]> {
    return [...this.#partitions].map(
      ([
        partition,
        {
          outcomes: { length },
        },
      ]) => ({
        partition,
        count: length,
        last: length,
        outcomesHead: length,
      }),
    );
  }

  /** Damages what is stored, as a disk or a person might. */
  tamper(
    partition: number,
    position: number,
    change: (stored: StoredCommit) => StoredCommit,
  ): void {
    const { commits } = this.#partition(partition);
    const stored = commits[position - 1];
    if (stored !== undefined) commits[position - 1] = change(stored);
  }

  tamperSnapshot(labId: LabId, change: (text: string) => string): void {
    this.#snapshots.set(labId, change(this.#snapshots.get(labId) ?? ''));
  }

  #append(claim: WriterClaim, entries: readonly FlushEntry[]): FlushResult {
    const of = this.#partition(claim.partition);
    if (of.epoch !== claim.epoch || of.commits.length !== claim.head) return { kind: 'fenced' };
    const poisoned = entries.findIndex(
      ({ remembered: { commandId }, commit }) =>
        this.#poison.has(commandId) || (commit !== null && this.#poisonedFacts.has(commandId)),
    );
    if (poisoned !== -1) return { kind: 'rejected', index: poisoned, cause: new Error('no') };
    const duplicates = entries.flatMap(({ remembered }, index) => {
      const text = this.#outcomes.get(keyOf(remembered));
      return text === undefined ? [] : [{ index, first: JSON.parse(text) as RememberedOutcome }];
    });
    if (duplicates.length > 0) return { kind: 'duplicate', duplicates };
    const stale = this.#staleLabs(entries);
    if (stale.length > 0) return { kind: 'stale', labIds: stale };
    const astray = entries.findIndex(({ commit }) => this.#isAstray(commit, claim));
    if (astray !== -1) return { kind: 'rejected', index: astray, cause: new Error('astray') };
    for (const entry of entries) this.#write(of, entry);
    return { kind: 'flushed', recordedAt: this.now };
  }

  #isAstray(commit: FlushEntry['commit'], { partition }: WriterClaim): boolean {
    const head = commit === null ? undefined : this.#heads.get(commit.labId);
    return head !== undefined && head.partition !== partition;
  }

  #staleLabs(entries: readonly FlushEntry[]): readonly LabId[] {
    const versions = new Map<LabId, number>();
    const stale = new Set<LabId>();
    for (const { commit } of entries) {
      if (commit === null) continue;
      const before = versions.get(commit.labId) ?? this.#heads.get(commit.labId)?.version ?? 0;
      if (commit.labVersion !== before + 1) stale.add(commit.labId);
      versions.set(commit.labId, commit.labVersion);
    }
    return [...stale];
  }

  #write(of: MemoryPartition, { remembered, commit, lab }: FlushEntry): void {
    this.#outcomes.set(keyOf(remembered), JSON.stringify(remembered));
    of.outcomes.push(JSON.stringify(remembered));
    if (commit === null) return;
    const { events: _, ...stored } = commit;
    of.commits.push({ ...stored, recordedAt: this.now });
    const { labId, tenantId, partition, labVersion, hash } = commit;
    const head = { labId, tenantId, partition, version: labVersion, lastHash: hash };
    this.#heads.set(labId, { ...head, ...lab });
  }

  #partition(partition: number): MemoryPartition {
    const found = this.#partitions.get(partition) ?? { epoch: 0, commits: [], outcomes: [] };
    this.#partitions.set(partition, found);
    return found;
  }

  #reach(): void {
    if (this.outage !== null) throw this.outage;
  }
}

async function turnsOf(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const keyOf = ({ tenantId, commandId }: RememberedOutcome) => `${tenantId} ${commandId}`;

const unknown = (when: string): FlushResult => ({
  kind: 'unknown',
  cause: new Error(`the connection was lost ${when} the commit`),
});

function commitOf({ eventsText, ...stored }: StoredCommit): Commit {
  const events = upcastEvents(JSON.parse(eventsText) as StoredEvent[], stored.schemaVersion);
  return { ...stored, events };
}
