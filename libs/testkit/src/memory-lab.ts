import { createHash } from 'node:crypto';
import type {
  CommandGate,
  CommandRequest,
  CommandResult,
  LabStates,
  LabVersion,
} from '@netfold/application';
import type { Commit, LabId, LabTime, Outcome } from '@netfold/contracts';
import { deltaOf } from '@netfold/dataplane';
import { decide, dueAt, evolveAll, initial } from '@netfold/domain';
import type { Lab } from '@netfold/domain';
import { actorOf } from './actor.ts';
import { createLab } from './factories.ts';
import { requestOf } from './tally-desk.ts';

/**
 * One lab without a store: decided and folded in memory, every version kept. It stands in for the
 * writer and the folded labs wherever a face is tested without a database.
 */
export class MemoryLab implements CommandGate, LabStates {
  readonly labId: LabId;
  readonly #clock: () => LabTime;
  readonly #versions: Lab[] = [initial];
  readonly #commits: Commit[] = [];
  readonly #waiting = new Set<() => void>();
  #commandCount = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(labId: LabId, clock: () => LabTime = () => Date.now()) {
    this.labId = labId;
    this.#clock = clock;
  }

  get version(): number {
    return this.#versions.length - 1;
  }

  get lab(): Lab {
    return this.#versions.at(-1) ?? initial;
  }

  get commits(): readonly Commit[] {
    return this.#commits;
  }

  submit(request: CommandRequest): Promise<CommandResult> {
    const before = this.lab;
    const { events, outcome } = decide(before, {
      ...request,
      now: this.#clock(),
      random: this.#nextRandom(),
    });
    if (events.length > 0) this.#commit(request, events);
    const after = this.lab;
    this.#armTimer();
    return Promise.resolve(this.#result(request, outcome, { before, after, events }));
  }

  committed(labId: LabId): Promise<LabVersion | null> {
    return this.at(labId, this.version);
  }

  at(labId: LabId, version: number): Promise<LabVersion | null> {
    const lab = this.#versions[version];
    if (labId !== this.labId || lab === undefined) return Promise.resolve(null);
    return Promise.resolve({ labId, tenantId: 'local', version, lab });
  }

  async waitFor(_labId: LabId, version: number, timeoutMs: number): Promise<boolean> {
    const until = Date.now() + timeoutMs;
    while (this.version < version) {
      const left = until - Date.now();
      if (left <= 0) return false;
      await this.#nextCommit(left, null);
    }
    return true;
  }

  async *follow(_labId: LabId, afterVersion: number, signal: AbortSignal): AsyncGenerator<Commit> {
    let next = afterVersion;
    while (!signal.aborted) {
      const commit = this.#commits[next];
      if (commit === undefined) {
        await this.#nextCommit(null, signal);
        continue;
      }
      next += 1;
      yield commit;
    }
  }

  /** Stops the timer that carries out what falls due. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #nextRandom(): string {
    this.#commandCount += 1;
    const seed = `${this.labId} ${this.#commandCount}`;
    return createHash('sha256').update(seed).digest('hex').slice(0, 32);
  }

  #commit(request: CommandRequest, events: Commit['events']): void {
    const version = this.version + 1;
    this.#versions.push(evolveAll(this.lab, events));
    this.#commits.push({
      partition: 0,
      position: version,
      labId: request.labId,
      labVersion: version,
      tenantId: request.tenantId,
      commandId: request.id,
      correlationId: request.correlationId,
      causationId: request.causationId,
      actorId: request.actorId,
      face: request.face,
      commandText: request.commandText,
      recordedAt: this.#clock(),
      labTime: this.#clock(),
      schemaVersion: 0,
      events,
      previousHash: '',
      hash: '',
    });
    for (const wake of this.#waiting) wake();
  }

  #result(
    request: CommandRequest,
    outcome: Outcome,
    change: { readonly before: Lab; readonly after: Lab; readonly events: Commit['events'] },
  ): CommandResult {
    const { before, after, events } = change;
    return {
      commandId: request.id,
      labId: request.labId,
      outcome,
      labVersion: this.version,
      position: events.length > 0 ? this.version : null,
      labTime: this.#clock(),
      effects: deltaOf(request.labId, request.tenantId, before, after, events),
      isRepeat: false,
    };
  }

  #nextCommit(timeoutMs: number | null, signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = timeoutMs === null ? null : setTimeout(() => done(), timeoutMs);
      const done = (): void => {
        if (timer !== null) clearTimeout(timer);
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  #armTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const due = dueAt(this.lab);
    if (due === null) return;
    const longest = 2 ** 31 - 1;
    const left = Math.min(Math.max(0, due - this.#clock()), longest);
    this.#timer = setTimeout(() => {
      void this.submit({
        id: `timer-${this.#commandCount}`,
        labId: this.labId,
        tenantId: 'local',
        actorId: 'timer',
        face: 'timer',
        commandText: null,
        correlationId: '',
        causationId: null,
        expectedVersion: null,
        body: { type: 'AdvanceTime', to: this.#clock() },
      });
    }, left);
    this.#timer.unref();
  }
}

/** An empty lab, its owner, and the request that creates it with these hosts. */
export const newLab = (labId: LabId, ...hosts: readonly string[]) =>
  [new MemoryLab(labId), actorOf(), requestOf(labId, createLab(...hosts))] as const;
