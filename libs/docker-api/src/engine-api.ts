import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Call } from './engine/call.ts';
import type { EngineContext } from './engine/engine-context.ts';
import { engineLimits, engineProfile } from './engine/engine-profile.ts';
import { makeRouter } from './engine/routing.ts';
import { unsupportedFeature } from './engine/unsupported.ts';
import { containerRoutes } from './container/routes.ts';
import { eventRoutes } from './event/routes.ts';
import { execRoutes } from './exec/routes.ts';
import { EngineError } from './http/engine-error.ts';
import { sendError } from './http/reply.ts';
import { imageRoutes } from './image/routes.ts';
import { networkRoutes } from './network/routes.ts';
import { swarmRoutes } from './swarm/routes.ts';
import { systemRoutes } from './system/routes.ts';

const route = makeRouter([
  ...systemRoutes,
  ...networkRoutes,
  ...containerRoutes,
  ...execRoutes,
  ...imageRoutes,
  ...eventRoutes,
  ...swarmRoutes,
]);

/** `1.41` as a pair of numbers that compare. */
const versionNumbers = (text: string): readonly [major: number, minor: number] => {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return [major, minor];
};

const isOlder = (a: string, b: string): boolean => {
  const [majorA, minorA] = versionNumbers(a);
  const [majorB, minorB] = versionNumbers(b);
  return majorA === majorB ? minorA < minorB : majorA < majorB;
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

const handle = async (
  context: EngineContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const [rawPath = '/', rawQuery = ''] = (request.url ?? '/').split('?', 2);
  if (rawQuery.length > engineLimits.queryBytesMax) {
    throw new EngineError('invalidParameter', 'netfold: the query string is too long');
  }
  const versioned = /^\/v(\d+\.\d+)(\/.*)$/.exec(rawPath);
  const path = versioned?.[2] ?? rawPath;
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
  if (versioned?.[1] !== undefined) checkVersion(versioned[1]);
  const query = new URLSearchParams(rawQuery);
  const { parameters } = routed;
  await routed.route.handler(new Call({ context, request, response, parameters, query }));
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
      sendError(response, error);
    });
  };
