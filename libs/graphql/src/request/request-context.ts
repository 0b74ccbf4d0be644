import type { Actor, CommandRequest, CommandResult, LabReader, ReadAt } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import DataLoader from 'dataloader';
import { LabScope } from './lab-scope.ts';
import { Deadline } from './deadline.ts';

/** Where commands and queries go: the buses in the service, the use cases themselves in tests. */
export type Dispatch = {
  readonly submit: (actor: Actor, request: CommandRequest) => Promise<CommandResult>;
  /**
   * `null` when there is no such lab for the actor. A request that holds a reader must not wait
   * for a second connection while others wait for its first: then `mayWait` is false.
   */
  readonly openLab: (
    actor: Actor,
    labId: LabId,
    at: ReadAt,
    mayWait: boolean,
  ) => Promise<LabReader | null>;
};

/** What lives as long as one request. Whoever makes one closes it. */
export class RequestContext {
  readonly actor: Actor;
  readonly requestId: string;
  /** The trace that the request belongs to, if its client follows one. */
  readonly traceparent: string | null;
  readonly deadline = new Deadline();
  readonly #dispatch: Dispatch;
  readonly #opened: LabReader[] = [];
  readonly #scopes: DataLoader<ScopeKey, LabScope | null, string>;
  #isClosed = false;
  #openings = 0;

  constructor(
    actor: Actor,
    requestId: string,
    dispatch: Dispatch,
    traceparent: string | null = null,
  ) {
    this.actor = actor;
    this.requestId = requestId;
    this.traceparent = traceparent;
    this.#dispatch = dispatch;
    this.#scopes = new DataLoader(
      (keys) => Promise.all(keys.map((key) => this.#open(key).catch(asError))),
      { cacheKeyFn: JSON.stringify, batch: false },
    );
  }

  /** The lab at that moment; the same scope for all who ask for the same. */
  scope(labId: LabId, at: ReadAt): Promise<LabScope | null> {
    return this.#scopes.load({ labId, at });
  }

  submit(request: CommandRequest): Promise<CommandResult> {
    const { traceparent } = this;
    const traced = traceparent === null ? request : { ...request, traceparent };
    return this.#dispatch.submit(this.actor, traced);
  }

  /** Lets go of every reader, those that are still being opened too. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.closeReaders();
  }

  /** Forgets what was read: a subscription does so between two events. */
  async closeReaders(): Promise<void> {
    this.#scopes.clearAll();
    this.#openings = 0;
    await Promise.all(this.#opened.splice(0).map((reader) => reader.close()));
  }

  async #open({ labId, at }: ScopeKey): Promise<LabScope | null> {
    const isFirst = this.#openings === 0;
    this.#openings += 1;
    const reader = await this.#dispatch.openLab(this.actor, labId, at, isFirst);
    if (reader === null) return null;
    if (this.#isClosed) {
      await reader.close();
      throw new Error('the request ended before its lab was open');
    }
    this.#opened.push(reader);
    return new LabScope(reader, at.kind === 'asOf' ? at.version : null);
  }
}

type ScopeKey = { readonly labId: LabId; readonly at: ReadAt };

const asError = (fault: unknown): Error =>
  fault instanceof Error ? fault : new Error('opening a lab failed', { cause: fault });
