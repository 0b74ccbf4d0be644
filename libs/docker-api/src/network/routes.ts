import { visibleNetworks } from '@netfold/domain';
import type { Network } from '@netfold/domain';
import { getNetwork } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { flagOf, member, objectOf, textOf } from '../http/fields.ts';
import { flagFilter, isOneOf, matchesFilter, matchesLabels } from '../http/matching.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { boolValue, checkFilters, filtersOf, readJson } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { networkJson } from './network-json.ts';
import { endpointSpecOf, networkSpecOf } from './network-spec.ts';
import { servicesJson } from './services-json.ts';
import { connectForm, createForm, disconnectForm } from './network-type.ts';

const knownFilters = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

const builtin = ['bridge', 'host', 'none'];

/**
 * A list is filtered before the containers of a network are known: all but the engine's own dangle.
 * @source moby/moby v20.10 daemon/network/filter.go (filterNetworkByUse),
 *   daemon/network.go (GetNetworks)
 */
const isSelected = (network: Network, filters: Filters): boolean => {
  const isBuiltin = builtin.includes(network.name);
  const types = filters['type'];
  const isOfType =
    types === undefined ||
    types.some((type) => (type === 'builtin' ? isBuiltin : type === 'custom' && !isBuiltin));
  const dangling = flagFilter(filters, 'dangling');
  return (
    isOfType &&
    (dangling === null || dangling !== isBuiltin) &&
    isOneOf(filters, 'driver', network.driver) &&
    isOneOf(filters, 'scope', network.scope) &&
    matchesFilter(filters, 'name', network.name) &&
    (filters['id'] === undefined || filters['id'].some((id) => network.id.startsWith(id))) &&
    matchesLabels(filters, network.labels)
  );
};

const list = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  checkFilters(filters, knownFilters);
  for (const type of filters['type'] ?? []) {
    if (type === 'builtin' || type === 'custom') continue;
    throw new EngineError('internal', `invalid filter: 'type'='${type}'`);
  }
  const seen = await call.see();
  const networks = visibleNetworks(seen.lab, seen.host).filter((network) =>
    isSelected(network, filters),
  );
  sendJson(
    call.response,
    200,
    networks.map((network) => networkJson(seen, network, true)),
  );
};

const inspect = async (call: Call): Promise<void> => {
  const seen = await call.see();
  const scope = call.query.get('scope') ?? '';
  const network = getNetwork(seen, call.parameter('id'));
  if (scope !== '' && network.scope !== scope) {
    throw new EngineError('notFound', `network ${call.parameter('id')} not found`);
  }
  const services = boolValue(call.query, 'verbose') ? servicesJson(seen, network) : {};
  sendJson(call.response, 200, { ...networkJson(seen, network, false), ...services });
};

const create = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, createForm));
  const answer = await call.submit({
    type: 'CreateNetwork',
    host: call.context.host,
    network: networkSpecOf(body),
  });
  const Warning = answer.warnings.join('\n');
  sendJson(call.response, 201, { Id: answer.ids['networkId'] ?? '', Warning });
};

const remove = async (call: Call): Promise<void> => {
  const network = call.parameter('id');
  await call.submit({ type: 'RemoveNetwork', host: call.context.host, network });
  sendEmpty(call.response, 204);
};

const connect = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, connectForm));
  const settings = member(body, 'EndpointConfig');
  await call.submit({
    type: 'ConnectContainer',
    host: call.context.host,
    network: call.parameter('id'),
    container: textOf(body, 'Container'),
    endpoint:
      typeof settings === 'object' && settings !== null ? endpointSpecOf(objectOf(settings)) : null,
  });
  sendEmpty(call.response, 200);
};

const disconnect = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, disconnectForm));
  await call.submit({
    type: 'DisconnectContainer',
    host: call.context.host,
    network: call.parameter('id'),
    container: textOf(body, 'Container'),
    force: flagOf(body, 'Force'),
  });
  sendEmpty(call.response, 200);
};

const prune = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  const answer = await call.submit({ type: 'PruneNetworks', host: call.context.host, filters });
  const deleted = answer.data?.['networksDeleted'];
  const NetworksDeleted = Array.isArray(deleted) && deleted.length > 0 ? deleted : null;
  sendJson(call.response, 200, { NetworksDeleted });
};

export const networkRoutes: readonly Route[] = [
  { method: 'GET', path: '/networks', handler: list },
  { method: 'GET', path: '/networks/', handler: list },
  { method: 'POST', path: '/networks/create', handler: create },
  { method: 'POST', path: '/networks/prune', handler: prune },
  { method: 'GET', path: '/networks/{id:.*}', handler: inspect },
  { method: 'POST', path: '/networks/{id:.*}/connect', handler: connect },
  { method: 'POST', path: '/networks/{id:.*}/disconnect', handler: disconnect },
  { method: 'DELETE', path: '/networks/{id:.*}', handler: remove },
];
