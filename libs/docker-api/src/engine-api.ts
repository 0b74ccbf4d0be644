import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Call } from './engine/call.ts';
import type { EngineContext } from './engine/engine-context.ts';
import { engineLimits, engineProfile } from './engine/engine-profile.ts';
import { makeRouter } from './engine/routing.ts';
import { unsupportedFeature } from './engine/unsupported.ts';
import { archiveRoutes } from './archive/routes.ts';
import { containerRoutes } from './container/routes.ts';
import { eventRoutes } from './event/routes.ts';
import { execRoutes } from './exec/routes.ts';
import { EngineError } from './http/engine-error.ts';
import { sendError, sendErrorText, sendText } from './http/reply.ts';
import { readPath } from './http/request-path.ts';
import { buildRoutes } from './build/routes.ts';
import { imageRoutes } from './image/routes.ts';
import { networkRoutes } from './network/routes.ts';
import { volumeRoutes } from './volume/routes.ts';
import { swarmRoutes } from './swarm/routes.ts';
import { clusterObjectRoutes } from './swarm/cluster-objects.ts';
import { systemRoutes } from './system/routes.ts';

const routes = [
  ...systemRoutes,
  ...networkRoutes,
  ...containerRoutes,
  ...execRoutes,
  ...buildRoutes,
  ...imageRoutes,
  ...eventRoutes,
  ...swarmRoutes,
  ...clusterObjectRoutes,
  ...volumeRoutes,
  ...archiveRoutes,
];

/** What a lab host serves, as `GET /containers/{id}/json`; for pages of reference. */
export const engineRoutes: readonly string[] = routes.map(
  ({ method, path }) => `${method} ${path}`,
);

const route = makeRouter(routes);

/** @source moby/moby v20.10 api/types/versions/compare.go */
const isOlder = (a: string, b: string): boolean => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/** @source moby/moby v20.10 api/server/middleware/version.go */
const checkVersion = (version: string): void => {
  const { apiVersion, minApiVersion } = engineProfile;
  if (isOlder(apiVersion, version)) {
    throw new EngineError(
      'invalidParameter',
      `client version ${version} is too new. Maximum supported API version is ${apiVersion}`,
    );
  }
  if (isOlder(version, minApiVersion)) {
    throw new EngineError(
      'invalidParameter',
      `client version ${version} is too old. Minimum supported API version is ` +
        `${minApiVersion}, please upgrade your client to a newer version`,
    );
  }
};

/** The version of the API that a path is of, and the rest of it. */
const partsOf = (rawPath: string): { readonly version: string | null; readonly path: string } => {
  const [, version, path] = /^\/v([0-9.]+)(\/.*)$/s.exec(rawPath) ?? [];
  return { version: version ?? null, path: path ?? rawPath };
};

/** Clients of older versions expect errors as plain text. */
const jsonErrorsSince = '1.23';

const isForOldClient = (request: IncomingMessage): boolean => {
  const { version } = partsOf((request.url ?? '/').split('?', 1)[0] ?? '/');
  return version !== null && isOlder(version, jsonErrorsSince);
};

const handle = async (
  context: EngineContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const target = request.url ?? '/';
  const [rawPath = '/'] = target.split('?', 1);
  const rawQuery = target.slice(rawPath.length + 1);
  if (rawQuery.length > engineLimits.queryBytesMax) {
    throw new EngineError('invalidParameter', 'netfold: the query string is too long');
  }
  if (request.rawHeaders.join('').length > engineLimits.headerBytesMax) {
    throw new EngineError('invalidParameter', 'netfold: the header fields are too long');
  }
  const read = readPath(rawPath);
  if (read.kind === 'malformed') {
    sendText(response, 400, '400 Bad Request', { Connection: 'close' });
    return;
  }
  if (read.kind === 'moved') {
    const to = `${context.pathPrefix ?? ''}${read.to}`;
    const Location = rawQuery === '' ? to : `${to}?${rawQuery}`;
    response.writeHead(301, { Location, 'Content-Length': '0' }).end();
    return;
  }
  const { version, path } = partsOf(read.path);
  const method = request.method ?? 'GET';
  const routed = route(method, path);
  if (routed.kind === 'none') {
    const feature = unsupportedFeature(method, path);
    if (feature === null) throw new EngineError('notFound', 'page not found');
    throw new EngineError(
      'notImplemented',
      `netfold: ${feature} is not simulated by this lab host`,
    );
  }
  if (version !== null) checkVersion(version);
  const query = new URLSearchParams(rawQuery);
  const { parameters } = routed;
  const call = new Call({ context, request, response, parameters, query });
  await call.demand(`${method} ${routed.route.path}`);
  await routed.route.handler(call);
};

/**
 * Serves the Docker Engine API of one simulated host.
 *
 * The listener fits a plain HTTP server without an `upgrade` listener: hijacked requests (attach,
 * exec) then arrive as ordinary ones, their bodies read, and take the socket over themselves.
 *
 * @source moby/moby v20.10 api/server
 */
export const createEngineApi =
  (context: EngineContext): RequestListener =>
  (request, response) => {
    handle(context, request, response).catch((error: unknown) => {
      if (!(error instanceof EngineError)) context.report?.(error);
      if (isForOldClient(request)) sendErrorText(response, error);
      else sendError(response, error);
    });
  };
