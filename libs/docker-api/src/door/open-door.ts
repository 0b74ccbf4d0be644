import type { X509Certificate } from 'node:crypto';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Actor, Clock } from '@netfold/application';
import type { HostName, LabId } from '@netfold/contracts';
import { refusalOf } from '../engine/call.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { createEngineApi } from '../engine-api.ts';
import { boundServer, boundedParsing } from '../http/bounded-server.ts';
import { EngineError } from '../http/engine-error.ts';
import { sendError, sendJson } from '../http/reply.ts';
import { farewellMs } from '../stream/open-streams.ts';
import { certificateOf } from './client-certificate.ts';
import { DoorConnections } from './door-connections.ts';
import { doorLimits } from './door-limits.ts';
import { doorPathOf } from './door-path.ts';
import { DoorStreams } from './door-streams.ts';
import { NotAdmitted } from './not-admitted.ts';

/** What the door shows of itself, and whose clients it believes. PEM. */
export type DoorCredentials = {
  readonly certificate: string;
  readonly privateKey: string;
  readonly authority: string;
};

export type DoorParts = {
  readonly credentials: DoorCredentials;
  /** 0 picks a free one. */
  readonly port: number;
  readonly address: string;
  /** Whom a certificate of our authority stands for now; `null`: nobody any more. */
  readonly actorOf: (certificate: X509Certificate) => Promise<Actor | null>;
  /** The engine of a host as the actor meets it; whether there is such a host is asked after. */
  readonly engineOf: (actor: Actor, labId: LabId, host: HostName) => EngineContext;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
};

export type Door = {
  readonly port: number;
  /** Shows other credentials to those who come from now on. */
  renew(credentials: DoorCredentials): void;
  /** Tells open streams why they end. */
  close(): Promise<void>;
};

const tlsOf = ({ certificate, privateKey, authority }: DoorCredentials) =>
  ({
    cert: certificate,
    key: privateKey,
    ca: authority,
    minVersion: 'TLSv1.2',
    // Who comes back proves anew who it is.
    secureOptions: constants.SSL_OP_NO_TICKET,
  }) as const;

/**
 * Opens one TLS listener before the engines of all lab hosts:
 * `/labs/LAB/hosts/HOST/` stands in front of each path. A certificate says who comes; every
 * request, and every stream for as long as it goes on, is authorised as that actor.
 *
 * @throws what the system says when it cannot listen
 */
export const openDoor = async (parts: DoorParts): Promise<Door> => {
  const sockets = new Set<Socket>();
  const streams = new DoorStreams();
  const connections = new DoorConnections();
  const server = createServer(
    {
      ...boundedParsing,
      ...tlsOf(parts.credentials),
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: doorLimits.handshakeMs,
    },
    listenerOf(parts, streams, connections),
  );
  boundServer(server, sockets, 'secureConnection');
  connections.bound(server);
  server.listen({ port: parts.port, host: parts.address });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    renew: (credentials) => server.setSecureContext(tlsOf(credentials)),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      streams.endAll('netfold: this stream ends: the server stops');
      server.closeIdleConnections();
      const rest = setTimeout(() => sockets.forEach((socket) => socket.destroy()), farewellMs);
      await closed;
      clearTimeout(rest);
    },
  };
};

const listenerOf =
  (parts: DoorParts, streams: DoorStreams, connections: DoorConnections): RequestListener =>
  (request, response) => {
    enter({ parts, streams, connections }, request, response).catch((error: unknown) => {
      if (error instanceof NotAdmitted) {
        response.setHeader('Connection', 'close');
        sendJson(response, 401, { message: error.message });
        return;
      }
      if (!(error instanceof EngineError)) parts.report(error);
      sendError(response, error);
    });
  };

type Inside = {
  readonly parts: DoorParts;
  readonly streams: DoorStreams;
  readonly connections: DoorConnections;
};

/** Who it is, where it wants to go, whether it may; and then the engine of the host. */
const enter = async (
  { parts, streams, connections }: Inside,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { socket } = request;
  if (!(socket instanceof TLSSocket)) throw new Error('a request came without TLS');
  const actor = await actorAt(parts, socket);
  const key = `${actor.tenantId}/${actor.id}`;
  connections.count(key, socket);
  const path = doorPathOf(request.url ?? '');
  if (path === null) throw new EngineError('notFound', 'page not found');
  const engine = parts.engineOf(actor, path.labId, path.host);
  await demandHost(engine);
  const authorise = async (route: string): Promise<void> => {
    const now = await actorAt(parts, socket);
    await demand(parts.engineOf(now, path.labId, path.host), route);
  };
  const context = {
    ...engine,
    pathPrefix: path.prefix,
    streams: streams.keeperOf(key, authorise),
  };
  request.url = path.rest;
  createEngineApi(context)(request, response);
};

/** @throws NotAdmitted */
const actorAt = async (parts: DoorParts, socket: TLSSocket): Promise<Actor> => {
  const actor = await parts.actorOf(certificateOf(socket, parts.clock));
  if (actor !== null) return actor;
  throw new NotAdmitted('the token that the client certificate was made with opens nothing more');
};

/** The least that can be asked of an engine. */
const pingRoute = 'GET /_ping';

/** Tells of hosts only to who may read the lab. @throws EngineError */
const demandHost = async (engine: EngineContext): Promise<void> => {
  await demand(engine, pingRoute);
  const found = await engine.states.committed(engine.labId);
  const isThere = found?.lab.state === 'active' && found.lab.hosts.has(engine.host);
  if (isThere) return;
  throw new EngineError('notFound', `netfold: there is no host ${engine.host} in this lab`);
};

/** @throws EngineError */
const demand = async (engine: EngineContext, route: string): Promise<void> => {
  try {
    await engine.demand(route);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
};
