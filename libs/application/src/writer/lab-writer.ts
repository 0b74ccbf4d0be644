import type { LabId } from '@netfold/contracts';
import { asError } from '../as-error.ts';
import { CommandFailure } from '../command-failure.ts';
import type { CommandFailureCode } from '../command-failure.ts';
import type { CommandRequest, CommandResult } from '../command-request.ts';
import { sleep } from '../environment/timers.ts';
import type { Duplicate, FlushEntry, FlushResult, WriterClaim } from '../event-log.ts';
import type { CommandGate, LabFold } from '../lab-states.ts';
import type { FoldedLabs } from '../labs/folded-labs.ts';
import { absentFold } from '../labs/lab-fold.ts';
import { isSnapshotDue } from '../labs/snapshot-store.ts';
import { claimAnew, reachLog, reachPauseMsMax } from './claim-anew.ts';
import type { ClaimedAnew } from './claim-anew.ts';
import { resultOf, unrememberedResult } from './command-result.ts';
import { decideCommand } from './decided-command.ts';
import type { DecidedCommand, IfBroken } from './decided-command.ts';
import { DecidedLabs } from './decided-labs.ts';
import { FairQueue } from './fair-queue.ts';
import { entriesOf } from './flush-batch.ts';
import { KnownOutcomes } from './known-outcomes.ts';
import { advanceRequest, LabTimers } from './lab-timers.ts';
import { payloadHash, requestRefusal, storableText } from './request-check.ts';
import { rememberedOf, turnsRefused } from './waiting-command.ts';
import type { EndingCommand, WaitingCommand } from './waiting-command.ts';
import { sameFailuresMax } from './writer-options.ts';
import type { LabWriterOptions } from './writer-options.ts';

/**
 * The single writer of one partition of the log.
 *
 * A command is decided at once on the lab as *decided* so far and waits in a queue; one flush is
 * in flight, and what has gathered meanwhile is the next one. When a flush is durable its commits
 * are published to `labs`, and only then its answers leave, behind the next flush. When a flush
 * fails, what was decided on top of it is thrown away and decided again; nobody has seen it.
 *
 * claimed --flush fenced or unknown--> recovering --claim--> claimed
 * recovering --too long--> unclaimed (waiting commands fail) --next command--> recovering
 * unclaimed --reclaim--> claimed, or unclaimed again
 * Recovering, it decides nothing. With `onFenced` it stops for good once fenced or unclaimed.
 */
export class LabWriter implements CommandGate {
  readonly #of: LabWriterOptions;
  readonly #queue = new FairQueue();
  readonly #decided = new DecidedLabs();
  readonly #outcomes = new KnownOutcomes();
  readonly #labTimers: LabTimers;
  #claim: WriterClaim | null = null;
  /** Epoch of the last successful claim: the next one shows whether somebody came between. */
  #lastEpoch: number | null = null;
  /** While set, commands wait for it before they are decided. */
  #paused: Promise<void> | null = null;
  #isRunning = false;
  #isStopped = false;
  #sameFailures = 0;

  constructor(of: LabWriterOptions) {
    this.#of = of;
    this.#labTimers = new LabTimers({
      ...of,
      isDue: (fold, dueAt) => {
        if (this.#isStopped) return;
        this.submit(advanceRequest(fold, dueAt)).catch((error: unknown) =>
          this.#problem(`lab ${fold.labId} could not be advanced`, error),
        );
      },
    });
    of.labs.listen({
      folded: (fold) => this.#labTimers.set(fold),
      forgotten: (labId) => this.#labTimers.clear(labId),
    });
  }

  /** Commands that have neither an answer nor a refusal yet. */
  get underWay(): number {
    return this.#outcomes.underWay;
  }

  /** Whether the writer holds its partition, as far as it knows. */
  get isClaimed(): boolean {
    return this.#claim !== null;
  }

  /** For what else is done under the same epoch; `null` while the partition is not held. */
  get claim(): WriterClaim | null {
    return this.#claim;
  }

  /** Takes the partition over. @throws when the log cannot be reached */
  async start(): Promise<void> {
    this.#claim = await this.#of.log.claim(this.#of.partition);
    this.#lastEpoch = this.#claim.epoch;
  }

  /** One attempt to take a given-up partition again; else the next command makes it. */
  async reclaim(): Promise<void> {
    if (this.#claim !== null || this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    await this.#pauseFor(async () => {
      const anew = await claimAnew(this.#of, [], this.#lastEpoch);
      if (anew !== null) await this.#resume([], anew);
    });
    this.#isRunning = false;
    this.#run();
  }

  /** Turns new commands away and resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#labTimers.clearAll();
    while (this.#outcomes.underWay > 0) await sleep(this.#of.timers, 5);
  }

  /** @param ifBroken `remember` where who asked hears of nothing but what the log remembers */
  async submit(request: CommandRequest, ifBroken: IfBroken = 'fail'): Promise<CommandResult> {
    const refusal = requestRefusal(request);
    if (refusal !== null) return unrememberedResult(request, refusal);
    const hash = payloadHash(request);
    const key = `${request.tenantId} ${request.id}`;
    for (;;) {
      const known = this.#outcomes.find(key);
      if (known === undefined) break;
      const first = await known;
      if (first !== null) return resultOf(request, hash, { remembered: first, effects: null });
    }
    this.#admit(request);
    const { settled, settle } = this.#outcomes.begin(key, request.tenantId);
    const commandText = storableText(request.commandText);
    void this.#place({ request: { ...request, commandText }, payloadHash: hash, ifBroken, settle });
    const settlement = await settled;
    if (settlement.kind === 'failed') throw settlement.failure;
    const { remembered, effects, isRepeat } = settlement;
    return resultOf(request, hash, { remembered, effects: isRepeat ? null : effects });
  }

  #admit({ id, tenantId }: CommandRequest): void {
    if (this.#isStopped) throw new CommandFailure('WriterStopped', id);
    if (this.#outcomes.isFull(tenantId)) throw new CommandFailure('WriterOverloaded', id);
  }

  /** Decides the command as soon as its lab is known, and queues it. */
  async #place(command: Omit<WaitingCommand, 'decided'>): Promise<void> {
    try {
      for (;;) {
        while (this.#paused !== null) await this.#paused;
        const before = this.#foldAtHand(command.request);
        if (before !== null) return this.#decideAndQueue(command, before);
        const loaded = await this.#load(command.request.labId);
        const isKnownAbsent =
          loaded === null && this.#paused === null && this.#foldAtHand(command.request) === null;
        if (isKnownAbsent) return this.#decideAndQueue(command, this.#absent(command.request));
      }
    } catch (error) {
      this.#fail(command, 'LogUnavailable', error);
    }
  }

  #load(labId: LabId): Promise<LabFold | null> {
    return reachLog(this.#of, () => this.#of.labs.fold(labId));
  }

  #foldAtHand(request: CommandRequest): LabFold | null {
    const fold = this.#decided.fold(request.labId) ?? this.#of.labs.peek(request.labId);
    if (fold !== undefined) return fold;
    // Nearly every CreateLab names a new lab; asking the log first would cost each a round trip.
    // Where one exists after all, the flush comes back as stale.
    return request.body.type === 'CreateLab' ? this.#absent(request) : null;
  }

  #absent({ labId, tenantId }: CommandRequest): LabFold {
    return absentFold(this.#of.model, labId, tenantId);
  }

  #decideAndQueue(command: Omit<WaitingCommand, 'decided'>, before: LabFold): void {
    const decided = this.#decide(command, before);
    if (decided === null) return;
    this.#queue.push({ ...command, decided });
    this.#run();
  }

  /** @returns `null` when the command has ended here */
  #decide(command: Omit<WaitingCommand, 'decided'>, before: LabFold): DecidedCommand | null {
    const { clock, entropy, model } = this.#of;
    const draws = { now: Math.max(before.labTime, clock()), random: entropy.seed() };
    try {
      const decided = decideCommand(model, before, command, draws);
      if (command.request.face === 'timer' && decided.events.length === 0) {
        const remembered = rememberedOf({ ...command, decided }, null);
        command.settle({ kind: 'durable', remembered, effects: [], isRepeat: false });
        return null;
      }
      this.#decided.add(decided.after);
      return decided;
    } catch (error) {
      this.#problem('a command could not be decided', error);
      if (turnsRefused(command)) return this.#decide(command, before);
      this.#fail(command, 'CommandBroken', error);
      return null;
    }
  }

  #run(): void {
    if (this.#isRunning || this.#queue.size === 0) return;
    this.#isRunning = true;
    this.#of.timers.soon(() => {
      void this.#flushNext().finally(() => {
        this.#isRunning = false;
        this.#run();
      });
    });
  }

  async #flushNext(): Promise<void> {
    if (this.#claim === null) await this.#pauseFor(() => this.#recover([]));
    for (;;) {
      const claim = this.#claim;
      const batch = claim === null ? [] : this.#queue.take();
      if (claim === null || batch.length === 0) return;
      const entries = entriesOf(claim, batch, this.#decided.tips);
      const result = await this.#of.log
        .flush(claim, entries)
        .catch((cause: unknown): FlushResult => ({ kind: 'unknown', cause: asError(cause) }));
      if (result.kind === 'unavailable') return this.#unavailable(batch, result.cause);
      if (result.kind !== 'flushed') return this.#pauseFor(() => this.#repair(batch, result));
      this.#landed(batch, entries, result.recordedAt);
      // At once: the database works on what waits while the answers of this flush are delivered.
    }
  }

  #landed(batch: readonly WaitingCommand[], entries: readonly FlushEntry[], at: number): void {
    this.#sameFailures = 0;
    let commits = 0;
    for (const [index, { commit, remembered, behindBecause }] of entries.entries()) {
      const waiting = batch[index] as WaitingCommand;
      const { after, delta } = waiting.decided;
      this.#decided.settle(after.labId, commit?.hash ?? null);
      if (behindBecause !== null) this.#problem(`lab ${after.labId} is behind: ${behindBecause}`);
      if (commit !== null) {
        const { eventsText: _, ...durable } = commit;
        commits += 1;
        this.#publish({ ...after, lastHash: commit.hash }, { ...durable, recordedAt: at });
      }
      waiting.settle({ kind: 'durable', remembered, effects: delta ?? [], isRepeat: false });
    }
    if (this.#claim !== null) this.#claim = { ...this.#claim, head: this.#claim.head + commits };
    this.#of.onFlushed?.({ commands: batch.length, commits });
  }

  #publish(fold: LabFold, commit: Parameters<FoldedLabs['publish']>[1]): void {
    const { labs, model, timers } = this.#of;
    labs.publish(fold, commit);
    if (!isSnapshotDue(fold.version, model.thingsOf(fold.lab))) return;
    timers.soon(() => void labs.snapshots.save(fold));
  }

  /** Surely nothing was written: what was decided still holds, it only has to wait. */
  async #unavailable(batch: readonly WaitingCommand[], cause: Error): Promise<void> {
    this.#problem('the log is unavailable', cause);
    this.#queue.putBack(batch);
    if (this.#isGivenUp()) return this.#pauseFor(async () => this.#giveUp([]));
    await sleep(this.#of.timers, reachPauseMsMax);
  }

  /** Brings a failed batch to rest: what has an outcome is settled, the rest decided again. */
  async #repair(
    batch: readonly WaitingCommand[],
    result: Exclude<FlushResult, { kind: 'flushed' | 'unavailable' }>,
  ): Promise<void> {
    switch (result.kind) {
      case 'fenced':
        this.#problem('another writer has taken the partition over');
        this.#queue.putBack(batch);
        if (this.#of.onFenced !== undefined) return this.#giveUp([]);
        return this.#isGivenUp() ? this.#giveUp([]) : this.#recover([]);
      case 'unknown':
        this.#problem('the connection was lost at commit', result.cause);
        return this.#recover(batch);
      case 'duplicate':
        return this.#settleDuplicates(batch, result.duplicates);
      case 'stale':
        this.#of.labs.forget(result.labIds);
        this.#queue.putBack(batch);
        return this.#isGivenUp() ? this.#giveUp([]) : this.#decideAgain(new Set(result.labIds));
      case 'rejected':
        return this.#settleRejected(batch, result.index, result.cause);
    }
  }

  #settleDuplicates(batch: readonly WaitingCommand[], of: readonly Duplicate[]): Promise<void> {
    const firsts = new Map(of.map(({ index, first }) => [index, first]));
    this.#queue.putBack(batch.filter((_, index) => !firsts.has(index)));
    const labIds = new Set<LabId>();
    for (const [index, remembered] of firsts) {
      const waiting = batch[index];
      if (waiting === undefined) continue;
      labIds.add(waiting.request.labId);
      waiting.settle({ kind: 'durable', remembered, effects: [], isRepeat: true });
    }
    return this.#decideAgain(labIds);
  }

  #settleRejected(batch: readonly WaitingCommand[], index: number, cause: Error): Promise<void> {
    this.#problem('the log refused a command', cause);
    const guilty = batch[index] as WaitingCommand;
    const goesOn = turnsRefused(guilty);
    this.#queue.putBack(goesOn ? batch : batch.filter((each) => each !== guilty));
    if (!goesOn) this.#fail(guilty, 'CommandBroken', cause);
    return this.#decideAgain(new Set([guilty.request.labId]));
  }

  /** @param ambiguous a batch of which it is not known whether it was written */
  async #recover(ambiguous: readonly WaitingCommand[]): Promise<void> {
    this.#claim = null;
    try {
      const held = this.#lastEpoch;
      const anew = await reachLog(this.#of, () => claimAnew(this.#of, ambiguous, held));
      if (anew === null) return this.#giveUp(ambiguous);
      await this.#resume(ambiguous, anew);
    } catch (error) {
      this.#problem('the log could not be reached for too long', error);
      this.#giveUp(ambiguous);
    }
  }

  async #resume(
    ambiguous: readonly WaitingCommand[],
    { claim, found }: ClaimedAnew,
  ): Promise<void> {
    const { labs } = this.#of;
    const isOnlyWriter = this.#lastEpoch !== null && claim.epoch === this.#lastEpoch + 1;
    this.#lastEpoch = claim.epoch;
    this.#claim = claim;
    this.#queue.putBack(ambiguous.filter((_, index) => found[index] === null));
    if (isOnlyWriter) labs.forget(new Set(ambiguous.map(({ request }) => request.labId)));
    else labs.forgetAll();
    for (const [index, remembered] of found.entries()) {
      const waiting = ambiguous[index];
      if (waiting === undefined || remembered === null) continue;
      const effects = waiting.decided.delta ?? [];
      const isRepeat = remembered.labVersion !== waiting.decided.after.version;
      waiting.settle({ kind: 'durable', remembered, effects, isRepeat });
    }
    await this.#decideAgain(null);
  }

  /** @param labIds only commands of these labs; `null`: all that wait */
  async #decideAgain(labIds: ReadonlySet<LabId> | null): Promise<void> {
    if (labIds === null) this.#decided.throwAllAway();
    else for (const labId of labIds) this.#decided.throwAway(labId);
    for (const waiting of this.#queue.all()) {
      const { labId } = waiting.request;
      if (labIds !== null && !labIds.has(labId)) continue;
      const before = this.#decided.fold(labId) ?? (await this.#load(labId));
      const decided = this.#decide(waiting, before ?? this.#absent(waiting.request));
      if (decided === null) this.#queue.remove(waiting);
      else waiting.decided = decided;
    }
  }

  #isGivenUp(): boolean {
    this.#sameFailures += 1;
    return this.#sameFailures > sameFailuresMax;
  }

  #giveUp(ambiguous: readonly WaitingCommand[]): void {
    this.#sameFailures = 0;
    this.#claim = null;
    // What is in memory may lack the ambiguous batch: the next claim throws all of it away.
    this.#lastEpoch = null;
    this.#decided.throwAllAway();
    for (const waiting of ambiguous) this.#fail(waiting, 'OutcomeUnknown', null);
    for (const waiting of this.#queue.clear()) this.#fail(waiting, 'LogUnavailable', null);
    if (this.#of.onFenced === undefined || this.#isStopped) return;
    this.#isStopped = true;
    this.#labTimers.clearAll();
    this.#of.onFenced();
  }

  async #pauseFor(work: () => Promise<void>): Promise<void> {
    let resume = () => {};
    this.#paused = new Promise((resolve) => (resume = resolve));
    try {
      await work();
    } catch (error) {
      // The log failed while folds were loaded again: claim and decide anew with the next flush.
      this.#problem('the writer could not go on', error);
      this.#giveUp([]);
    } finally {
      this.#paused = null;
      resume();
    }
  }

  #fail({ request, settle }: EndingCommand, code: CommandFailureCode, cause: unknown): void {
    settle({ kind: 'failed', failure: new CommandFailure(code, request.id, cause) });
  }

  #problem(problem: string, cause: unknown = null): void {
    this.#of.onProblem?.(problem, cause === null ? null : asError(cause));
  }
}
