import type { IncomingHttpHeaders } from 'node:http';
import { traceparentOf } from '@netfold/application';
import type { Actor, Clock, CommandGate, LabStates } from '@netfold/application';
import type { HostName, LabId, TenantId } from '@netfold/contracts';
import type { StreamKeeper } from '../stream/stream-keeper.ts';

/** One lab host as its engine serves it, and who is at the other end. */
export type EngineContext = {
  readonly host: HostName;
  readonly labId: LabId;
  readonly tenant: TenantId;
  readonly actor: Actor;
  readonly gate: CommandGate;
  /**
   * Passes when the actor may use the route, `GET /containers/{id}/json`.
   * @throws AccessDenied
   */
  readonly demand: (route: string) => Promise<void>;
  readonly states: LabStates;
  /** Absent where whoever may open a stream may keep it. */
  readonly streams?: StreamKeeper;
  /** What stands before the paths of the API, `/labs/lab-7f3a/hosts/h1`; absent: nothing. */
  readonly pathPrefix?: string;
  /** The server's clock, milliseconds since the epoch: what ages and `until` are counted from. */
  readonly clock: Clock;
  /** Told of a failure that is nobody's refusal: our own mistake. The client learns no detail. */
  readonly report?: (error: unknown) => void;
};

/** Lets every command that a request causes carry the trace that the request belongs to. */
export function tracedContext(context: EngineContext, headers: IncomingHttpHeaders): EngineContext {
  const traceparent = traceparentOf(headers['traceparent']);
  if (traceparent === null) return context;
  const gate: CommandGate = {
    submit: (request) => context.gate.submit({ ...request, traceparent }),
  };
  return { ...context, gate };
}
