import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, CommandBody, SingleCommand } from '@netfold/contracts';
import { findContainer, searchNetwork, visibleNetworks } from '@netfold/domain';
import type { ActiveLab, Container, LabHost, Network } from '@netfold/domain';
import { AccessDenied, CommandFailure, QuotaExceeded, RateExceeded } from '@netfold/application';
import { EngineError } from '../http/engine-error.ts';
import { tracedContext } from './engine-context.ts';
import type { EngineContext } from './engine-context.ts';
import type { KeptStream } from '../stream/stream-keeper.ts';

/** How long an answer waits for the facts it rests on to be readable. */
const readableMs = 10_000;

/** The lab at the moment of a read. */
export type Seen = {
  readonly lab: ActiveLab;
  readonly host: LabHost;
  readonly version: number;
};

/** What the application has against a request, as the engine would tell it; `null`: our fault. */
export const refusalOf = (error: unknown): EngineError | null => {
  if (error instanceof AccessDenied) {
    return new EngineError(error.reason, `netfold: ${error.message}`);
  }
  if (error instanceof QuotaExceeded) {
    return new EngineError('forbidden', `netfold: ${error.message}`);
  }
  if (error instanceof RateExceeded || error instanceof CommandFailure) {
    return new EngineError('unavailable', `netfold: ${error.message}`);
  }
  return null;
};

/** One request, with what its handler needs. */
export class Call {
  readonly context: EngineContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Set once the caller was found to be allowed it. */
  #route = '';
  readonly #correlationId = randomUUID();

  constructor(parts: {
    readonly context: EngineContext;
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly parameters: Readonly<Record<string, string>>;
    readonly query: URLSearchParams;
  }) {
    this.context = tracedContext(parts.context, parts.request.headers);
    this.request = parts.request;
    this.response = parts.response;
    this.parameters = parts.parameters;
    this.query = parts.query;
  }

  /** @throws EngineError when the caller may not use the route */
  async demand(route: string): Promise<void> {
    try {
      await this.context.demand(route);
      this.#route = route;
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  /** Lets an answer that goes on end when the right to it has gone. */
  keep(stream: KeptStream): void {
    this.context.streams?.keep(this.#route, stream);
  }

  /** A part of the path, decoded. */
  parameter(name: string): string {
    return this.parameters[name] ?? '';
  }

  /** What is committed now. */
  async see(): Promise<Seen> {
    const { states, labId, host: name } = this.context;
    const found = await states.committed(labId);
    const lab = found?.lab;
    const host = lab?.state === 'active' ? lab.hosts.get(name) : undefined;
    if (found === null || lab?.state !== 'active' || host === undefined) {
      throw new EngineError('unavailable', `netfold: the lab host ${name} is gone`);
    }
    return { lab, host, version: found.version };
  }

  /**
   * Submits one command of this host and waits until its facts can be read.
   * @throws EngineError with Docker's own text when it is refused
   */
  async submit(body: SingleCommand): Promise<Answer> {
    const { context } = this;
    const result = await this.#send(body);
    await context.states.waitFor(context.labId, result.labVersion, readableMs);
    if (result.outcome.kind === 'accepted') return result.outcome.answer;
    const { refusal } = result.outcome;
    throw new EngineError(refusal.class, refusal.message);
  }

  #send(body: CommandBody): ReturnType<EngineContext['gate']['submit']> {
    const { context } = this;
    return context.gate
      .submit({
        id: randomUUID(),
        labId: context.labId,
        tenantId: context.tenant,
        actorId: context.actor.id,
        face: 'docker',
        commandText: null,
        correlationId: this.#correlationId,
        causationId: null,
        expectedVersion: null,
        body,
      })
      .catch((error: unknown) => {
        throw refusalOf(error) ?? error;
      });
  }
}

/** @throws EngineError as the engine answers an unknown or ambiguous reference */
export const getContainer = (seen: Seen, reference: string): Container => {
  const found = findContainer(seen.host, reference);
  if (found === 'ambiguous') {
    throw new EngineError('internal', `Multiple IDs found with provided prefix: ${reference}`);
  }
  if (found === null) throw new EngineError('notFound', `No such container: ${reference}`);
  return found;
};

/**
 * The network that one asks to see; commands word an ambiguous reference otherwise.
 *
 * @throws EngineError as the engine answers an unknown or ambiguous reference
 * @source moby/moby v20.10 api/server/router/network/network_routes.go getNetwork
 */
export const getNetwork = (seen: Seen, reference: string): Network => {
  const found = searchNetwork(visibleNetworks(seen.lab, seen.host), reference);
  if (found.kind === 'found') return found.network;
  if (found.kind === 'missing') {
    throw new EngineError('notFound', `network ${reference} not found`);
  }
  const basis = found.by === 'id' ? 'ID prefix' : 'name';
  throw new EngineError(
    'invalidParameter',
    `${found.count} matches found based on ${basis}: network ${reference} is ambiguous`,
  );
};
