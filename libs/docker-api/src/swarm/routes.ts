import { findNodes, goQuoted } from '@netfold/domain';
import type { Swarm, SwarmNode } from '@netfold/domain';
import type { Call, Seen } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { flagOf, mapOf, numberOf, objectOf, textOf, textsOf } from '../http/fields.ts';
import { isOneOf, matchesLabels } from '../http/matching.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { boolValue, checkFilters, filtersOf, readJson } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { nodeJson, swarmJson } from './swarm-json.ts';
import { settingsAtInit, settingsOf } from './settings.ts';
import { initForm, joinForm, nodeForm, settingsForm } from './swarm-type.ts';

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
  const settings = settingsAtInit(body);
  const answer = await call.submit({
    type: 'InitSwarm',
    host: call.context.host,
    advertiseAddress: textOf(body, 'AdvertiseAddr'),
    listenAddress: textOf(body, 'ListenAddr'),
    defaultAddressPools: textsOf(body, 'DefaultAddrPool'),
    subnetSize: numberOf(body, 'SubnetSize'),
    forceNewCluster: flagOf(body, 'ForceNewCluster'),
    availability: textOf(body, 'Availability'),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
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
    availability: textOf(body, 'Availability'),
  });
  sendEmpty(call.response, 200);
};

const leave = async (call: Call): Promise<void> => {
  const force = boolValue(call.query, 'force');
  await call.submit({ type: 'LeaveSwarm', host: call.context.host, force });
  sendEmpty(call.response, 200);
};

/** @source moby/moby v20.10 daemon/cluster/filters.go (newListNodesFilters) */
const nodeFilters = ['name', 'id', 'label', 'role', 'membership', 'node.label'];

/** Names and ids by how they begin; several values of one filter are alternatives. */
const isShown = (filters: Filters, node: SwarmNode): boolean =>
  beginsAsAny(filters['name'], node.host) &&
  beginsAsAny(filters['id'], node.id) &&
  isOneOf(filters, 'role', node.role) &&
  isOneOf(filters, 'membership', 'accepted') &&
  matchesLabels({ label: filters['node.label'] ?? [] }, node.labels) &&
  (filters['label'] ?? []).length === 0;

const beginsAsAny = (beginnings: readonly string[] | undefined, text: string): boolean =>
  beginnings === undefined || beginnings.some((beginning) => text.startsWith(beginning));

const nodes = async (call: Call): Promise<void> => {
  const swarm = managedSwarm(await call.see());
  const filters = filtersOf(call.query);
  checkFilters(filters, nodeFilters);
  const shown = [...swarm.nodes.values()].filter((node) => isShown(filters, node));
  sendJson(
    call.response,
    200,
    shown.map((node) => nodeJson(swarm, node)),
  );
};

const node = async (call: Call): Promise<void> => {
  const swarm = managedSwarm(await call.see());
  const reference = call.parameter('id');
  const [found, ...others] = findNodes(swarm, reference);
  if (found === undefined) throw new EngineError('notFound', `node ${reference} not found`);
  if (others.length > 0) {
    const matches = `${others.length + 1} matches found`;
    throw new EngineError('invalidParameter', `node ${reference} is ambiguous (${matches})`);
  }
  sendJson(call.response, 200, nodeJson(swarm, found));
};

/** @source moby/moby v20.10 api/server/router/swarm/cluster_routes.go (updateCluster) */
const versionOf = (call: Call, of: string): number => {
  const text = call.query.get('version') ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const reason = `strconv.ParseUint: parsing ${goQuoted(text)}: invalid syntax`;
  throw new EngineError('invalidParameter', `invalid ${of} version '${text}': ${reason}`);
};

const updateNode = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, nodeForm));
  await call.submit({
    type: 'UpdateNode',
    host: call.context.host,
    node: call.parameter('id'),
    version: versionOf(call, 'node'),
    role: textOf(body, 'Role'),
    availability: textOf(body, 'Availability'),
    labels: mapOf(body, 'Labels'),
  });
  sendEmpty(call.response, 200);
};

const removeNode = async (call: Call): Promise<void> => {
  const force = boolValue(call.query, 'force');
  const node = call.parameter('id');
  await call.submit({ type: 'RemoveNode', host: call.context.host, node, force });
  sendEmpty(call.response, 200);
};

const update = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, settingsForm));
  await call.submit({
    type: 'UpdateSwarm',
    host: call.context.host,
    version: versionOf(call, 'swarm'),
    settings: settingsOf(body),
    rotateWorkerToken: boolValue(call.query, 'rotateWorkerToken'),
    rotateManagerToken: boolValue(call.query, 'rotateManagerToken'),
    rotateUnlockKey: boolValue(call.query, 'rotateManagerUnlockKey'),
  });
  sendEmpty(call.response, 200);
};

export const swarmRoutes: readonly Route[] = [
  { method: 'GET', path: '/swarm', handler: inspect },
  { method: 'POST', path: '/swarm/init', handler: init },
  { method: 'POST', path: '/swarm/join', handler: join },
  { method: 'POST', path: '/swarm/leave', handler: leave },
  { method: 'POST', path: '/swarm/update', handler: update },
  { method: 'GET', path: '/nodes', handler: nodes },
  { method: 'GET', path: '/nodes/{id}', handler: node },
  { method: 'POST', path: '/nodes/{id}/update', handler: updateNode },
  { method: 'DELETE', path: '/nodes/{id}', handler: removeNode },
];
