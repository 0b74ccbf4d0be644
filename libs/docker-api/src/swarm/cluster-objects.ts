import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { sendJson } from '../http/reply.ts';
import { managedSwarm } from './routes.ts';

/** Services, tasks, secrets and configs cannot be made here: a cluster has none. */
const kinds = ['service', 'task', 'secret', 'config'] as const;

const none = async (call: Call): Promise<void> => {
  managedSwarm(await call.see());
  sendJson(call.response, 200, []);
};

/** @source moby/moby v20.10 daemon/cluster/helpers.go (getService and its like) */
const missing =
  (kind: string) =>
  async (call: Call): Promise<void> => {
    managedSwarm(await call.see());
    throw new EngineError('notFound', `${kind} ${call.parameter('id')} not found`);
  };

/** Empty while managers do not lock themselves. */
const unlockKey = async (call: Call): Promise<void> => {
  const swarm = managedSwarm(await call.see());
  sendJson(call.response, 200, { UnlockKey: swarm.unlockKey ?? '' });
};

/** @source moby/moby v20.10 daemon/cluster/errors.go (errNoSwarm, notLockedError) */
const unlock = async (call: Call): Promise<void> => {
  managedSwarm(await call.see());
  throw new EngineError('conflict', 'swarm is not locked');
};

export const clusterObjectRoutes: readonly Route[] = [
  { method: 'GET', path: '/swarm/unlockkey', handler: unlockKey },
  { method: 'POST', path: '/swarm/unlock', handler: unlock },
  ...kinds.flatMap((kind): readonly Route[] => [
    { method: 'GET', path: `/${kind}s`, handler: none },
    { method: 'GET', path: `/${kind}s/{id}`, handler: missing(kind) },
    { method: 'DELETE', path: `/${kind}s/{id}`, handler: missing(kind) },
  ]),
];
