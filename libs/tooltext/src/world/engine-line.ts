import type { EngineCall, EngineReply } from '@netfold/docker-client';
import type { LineEngine } from '../tool.ts';
import type { HostEdits } from './host-edits.ts';
import { hostSight } from './host-sight.ts';
import type { Place } from './place.ts';

/** What a line asked the engine of its host, what it was told, and the lab as it was then. */
export type Asked = {
  readonly call: EngineCall;
  readonly reply: EngineReply;
  readonly after: Place;
};

/** All that a line asked so far, and why it may not ask more; `null`: it may. */
export type EngineTalk = { readonly asked: readonly Asked[]; readonly closed: string | null };

/**
 * Leaves a line that asks the engine something for the first time. Whoever runs the line makes
 * facts of what it did so far, asks, and runs it again with the reply.
 */
export class EngineAsked extends Error {
  readonly call: EngineCall;
  /** Milliseconds that the line has run until here. */
  readonly elapsedMs: number;

  constructor(call: EngineCall, elapsedMs: number) {
    super(`${call.method} ${call.path}`);
    this.call = call;
    this.elapsedMs = elapsedMs;
  }
}

/** Ends a line that may ask no more. */
export class EngineClosed extends Error {}

/**
 * The engine as the words of one line ask it. Programs are pure: a line that needs the engine is
 * run from its beginning each time, with the replies that it had, and sees the lab of each reply.
 */
export class EngineLine implements LineEngine {
  readonly #asked: readonly Asked[];
  readonly #edits: HostEdits;
  readonly #closed: string | null;
  #next = 0;

  /** @param closed  why it may ask no more than it has; `null`: it may */
  constructor(edits: HostEdits, { asked, closed }: EngineTalk) {
    this.#asked = asked;
    this.#edits = edits;
    this.#closed = closed;
  }

  /**
   * @param elapsedMs  how long the line has run until here
   * @throws EngineAsked when it was not asked before, EngineClosed when it may not be
   */
  ask(call: EngineCall, elapsedMs: number): EngineReply {
    const known = this.#asked[this.#next];
    if (known === undefined && this.#closed !== null) throw new EngineClosed(this.#closed);
    if (known === undefined) throw new EngineAsked(call, elapsedMs);
    if (known.call.method !== call.method || known.call.path !== call.path) {
      throw new Error(`a line asked ${call.path} where it had asked ${known.call.path}`);
    }
    this.#next += 1;
    this.#edits.renew(known.after, hostSight(known.after));
    return known.reply;
  }
}
