import type { Swarm } from '@netfold/domain';
import type { Call, Seen } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { flagOf, numberOf, objectOf, textOf, textsOf } from '../http/fields.ts';
import { isOneOf, matchesFilter } from '../http/matching.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { boolValue, filtersOf, readJson } from '../http/request.ts';
import { nodeJson, swarmJson } from './swarm-json.ts';
import { initForm, joinForm } from './swarm-type.ts';

const notInSwarm =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect ' +
  'this node to swarm and try again.';

const isWorker =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. " +
  'Please run this command on a manager node or promote the current node to a manager.';

/**
 * The cluster, when this host manages it.
 * @source moby/moby v20.10 daemon/cluster/cluster.go (errNoManager)
 */
export const managedSwarm = (seen: Seen): Swarm => {
  const { membership } = seen.host;
  if (membership.state !== 'active') throw new EngineError('unavailable', notInSwarm);
  const swarm = seen.lab.swarms.get(membership.swarmId);
  if (membership.role !== 'manager' || swarm === undefined) {
    throw new EngineError('unavailable', isWorker);
  }
  return swarm;
};

const inspect = async (call: Call): Promise<void> =>
  sendJson(call.response, 200, swarmJson(managedSwarm(await call.see())));

const init = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, initForm));
  const answer = await call.submit({
    type: 'InitSwarm',
    host: call.context.host,
    advertiseAddress: textOf(body, 'AdvertiseAddr'),
    listenAddress: textOf(body, 'ListenAddr'),
    defaultAddressPools: textsOf(body, 'DefaultAddrPool'),
    subnetSize: numberOf(body, 'SubnetSize'),
    forceNewCluster: flagOf(body, 'ForceNewCluster'),
  });
  sendJson(call.response, 200, answer.ids['nodeId'] ?? '');
};

const join = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, joinForm));
  await call.submit({
    type: 'JoinSwarm',
    host: call.context.host,
    remoteAddresses: textsOf(body, 'RemoteAddrs'),
    token: textOf(body, 'JoinToken'),
    advertiseAddress: textOf(body, 'AdvertiseAddr'),
    listenAddress: textOf(body, 'ListenAddr'),
  });
  sendEmpty(call.response, 200);
};

const leave = async (call: Call): Promise<void> => {
  const force = boolValue(call.query, 'force');
  await call.submit({ type: 'LeaveSwarm', host: call.context.host, force });
  sendEmpty(call.response, 200);
};

const nodes = async (call: Call): Promise<void> => {
  const swarm = managedSwarm(await call.see());
  const filters = filtersOf(call.query);
  const shown = [...swarm.nodes.values()].filter(
    (node) =>
      matchesFilter(filters, 'name', node.host) &&
      isOneOf(filters, 'role', node.role) &&
      (filters['id'] === undefined || filters['id'].some((id) => node.id.startsWith(id))),
  );
  sendJson(
    call.response,
    200,
    shown.map((node) => nodeJson(swarm, node)),
  );
};

const node = async (call: Call): Promise<void> => {
  const swarm = managedSwarm(await call.see());
  const reference = call.parameter('id');
  const all = [...swarm.nodes.values()];
  const found =
    swarm.nodes.get(reference) ??
    all.find(({ host }) => host === reference) ??
    all.find(({ id }) => id.startsWith(reference));
  if (found === undefined) throw new EngineError('notFound', `node ${reference} not found`);
  sendJson(call.response, 200, nodeJson(swarm, found));
};

export const swarmRoutes: readonly Route[] = [
  { method: 'GET', path: '/swarm', handler: inspect },
  { method: 'POST', path: '/swarm/init', handler: init },
  { method: 'POST', path: '/swarm/join', handler: join },
  { method: 'POST', path: '/swarm/leave', handler: leave },
  { method: 'GET', path: '/nodes', handler: nodes },
  { method: 'GET', path: '/nodes/{id}', handler: node },
];
