import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RateExceeded } from '@netfold/application';
import type { Actor, Authenticator } from '@netfold/application';
import { getOperationAST, GraphQLError, OperationTypeNode, parse, validate } from 'graphql';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import type { Context, SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { failure } from '../failure/failure.ts';
import { maskError } from '../failure/mask.ts';
import type { ReportFault } from '../failure/mask.ts';
import { limits } from '../limits/limits.ts';
import { demandFewTokens, shapeFailure } from '../limits/shape.ts';
import { RequestContext } from '../request/request-context.ts';
import type { Dispatch } from '../request/request-context.ts';
import type { Admission } from './admission.ts';
import { demandWithinBorder } from './border.ts';
import type { Border } from './border.ts';
import { demandRequest } from './request-body.ts';

export type SocketFaceParts = {
  readonly schema: () => GraphQLSchema;
  readonly authenticator: Authenticator;
  readonly dispatch: Dispatch;
  readonly admission: () => Admission;
  readonly border: Border;
  readonly report: ReportFault;
};

/** A socket that has introduced itself. */
type Caller = {
  readonly actor: Actor;
  readonly header: string;
  readonly recheck: NodeJS.Timeout;
  readonly operations: Map<string, RequestContext>;
};
type SocketContext = Context<Record<string, unknown>, { readonly socket: WebSocket }>;

/** Going away: a client comes back and goes on after the last cursor that it saw. */
const goingAway = 1001;
const tooMany = CloseCode.TooManyInitialisationRequests;

/**
 * Subscriptions by the protocol of `graphql-ws`. The credential comes in `connection_init`, within
 * five seconds, and is asked for again at every subscription and every half minute.
 */
export class SocketFace {
  readonly #parts: SocketFaceParts;
  readonly #server: WebSocketServer;
  readonly #dispose: () => Promise<void> | void;
  readonly #callers = new WeakMap<WebSocket, Caller>();
  readonly #socketsOf = new Map<string, number>();

  constructor(parts: SocketFaceParts) {
    this.#parts = parts;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.socketMessageBytes,
      handleProtocols: (protocols) => (protocols.has(protocol) ? protocol : false),
    });
    const { dispose } = useServer<Record<string, unknown>>(
      {
        schema: () => parts.schema(),
        connectionInitWaitTimeout: limits.connectionInitMs,
        onConnect: (context) => this.#connect(context),
        onDisconnect: (context) => this.#disconnect(context),
        onSubscribe: (context, id, payload) => this.#subscribe(context, id, payload),
        onError: (_context, _id, _payload, errors) =>
          errors.map((error) => this.#mask(error).toJSON()),
        onNext: (...[, , , , { data, errors }]) =>
          errors === undefined
            ? undefined
            : { data: data ?? null, errors: errors.map((error) => this.#mask(error).toJSON()) },
        onComplete: (context, id) => this.#complete(context, id),
      },
      this.#server,
      limits.socketPingMs,
    );
    this.#dispose = dispose;
  }

  /** Takes over the upgrades of one path; others are somebody else's. */
  attach(server: Server, path: string): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.url?.split('?')[0] !== path) return;
      try {
        demandWithinBorder(request.headers, this.#parts.border);
      } catch {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        this.#server.emit('connection', webSocket, request);
      });
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients)
      socket.close(goingAway, 'the server is shutting down');
    await this.#dispose();
  }

  async #connect({ connectionParams, extra }: SocketContext): Promise<boolean> {
    const header = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'];
    const actor = await this.#authenticate(header);
    if (actor === null || typeof header !== 'string') return false;
    const sockets = (this.#socketsOf.get(actor.id) ?? 0) + 1;
    if (sockets > limits.socketsPerActor) {
      extra.socket.close(tooMany, 'Too many connections');
      return false;
    }
    this.#socketsOf.set(actor.id, sockets);
    const { socket } = extra;
    const recheck = setInterval(() => void this.#recheck(socket, header), limits.socketRecheckMs);
    this.#callers.set(socket, { actor, header, recheck, operations: new Map() });
    return true;
  }

  async #recheck(socket: WebSocket, header: string): Promise<void> {
    const actor = await this.#authenticate(header).catch(() => undefined);
    // A database that is away for a moment takes nobody's right away.
    if (actor === null) socket.close(CloseCode.Forbidden, 'Forbidden');
  }

  async #disconnect({ extra }: SocketContext): Promise<void> {
    const caller = this.#callers.get(extra.socket);
    if (caller === undefined) return;
    this.#callers.delete(extra.socket);
    clearInterval(caller.recheck);
    const sockets = (this.#socketsOf.get(caller.actor.id) ?? 1) - 1;
    if (sockets === 0) this.#socketsOf.delete(caller.actor.id);
    else this.#socketsOf.set(caller.actor.id, sockets);
    await Promise.all([...caller.operations.values()].map((request) => request.close()));
  }

  async #subscribe(
    { extra }: SocketContext,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const caller = this.#callers.get(extra.socket);
    const actor = await this.#authenticate(caller?.header);
    if (actor === null || caller === undefined) {
      extra.socket.close(CloseCode.Forbidden, 'Forbidden');
      return [this.#mask(failure('UNAUTHENTICATED', 'a valid token is needed'))];
    }
    try {
      if (caller.operations.size >= limits.subscriptionsPerSocket) {
        const most = limits.subscriptionsPerSocket;
        throw failure('TOO_MANY_SUBSCRIPTIONS', `a socket has at most ${most} subscriptions`);
      }
      const request = new RequestContext(actor, randomUUID(), this.#parts.dispatch);
      const args = this.#demandSubscription(actor, payload, request);
      if (!('schema' in args)) return args;
      caller.operations.set(id, request);
      return args;
    } catch (fault) {
      return [this.#mask(fault)];
    }
  }

  /** The same limits as a query has, in the same order. */
  #demandSubscription(
    actor: Actor,
    payload: SubscribePayload,
    request: RequestContext,
  ): ExecutionArgs | readonly GraphQLError[] {
    const { query, variables, operationName } = demandRequest({ ...payload });
    demandFewTokens(query);
    const document = parse(query);
    const found = shapeFailure(document);
    if (found !== null) throw found;
    const schema = this.#parts.schema();
    const errors = validate(schema, document);
    if (errors.length > 0) return errors.map((error) => this.#mask(error));
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw failure('INVALID_REQUEST', 'only subscriptions go by WebSocket; all else by POST');
    }
    this.#parts.admission().admit(actor, { schema, document, operationName, variables });
    const contextValue = { request };
    return { schema, document, operationName, contextValue, variableValues: variables };
  }

  async #complete({ extra }: SocketContext, id: string): Promise<void> {
    const operations = this.#callers.get(extra.socket)?.operations;
    const request = operations?.get(id);
    operations?.delete(id);
    await request?.close();
  }

  /** A socket has no answer that says to wait: with one wrong token too many it is not let in. */
  async #authenticate(header: unknown): Promise<Actor | null> {
    try {
      const text = typeof header === 'string' ? header : undefined;
      return await this.#parts.authenticator.authenticate(text);
    } catch (fault) {
      if (fault instanceof RateExceeded) return null;
      throw fault;
    }
  }

  #mask(fault: unknown): GraphQLError {
    const error =
      fault instanceof GraphQLError
        ? fault
        : new GraphQLError('failed', {
            originalError: fault instanceof Error ? fault : new Error('failed', { cause: fault }),
          });
    return maskError(error, randomUUID(), this.#parts.report);
  }
}

const protocol = 'graphql-transport-ws';
