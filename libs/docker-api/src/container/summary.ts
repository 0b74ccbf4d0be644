import { imageIdOf } from '@netfold/domain';
import type { Container, LabHost } from '@netfold/domain';
import { EngineError } from '../http/engine-error.ts';
import { humanDuration } from '@netfold/docker-client';
import { isOneOf, matchesFilter, matchesLabels } from '../http/matching.ts';
import { integerProblem } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { sortedMap } from '../http/fields.ts';
import { argvOf, stateOf } from './container-json.ts';
import { networksJson } from './endpoint-json.ts';
import { checkPortFilters, hasPort } from './port-filter.ts';
import { portListJson, publishedPortsOf } from './port-json.ts';
import type { ContainerSizes } from './sizes.ts';
import { mountsJson } from '../volume/volume-json.ts';

/** Filters of `docker ps`. */
export const listFilters = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

/** The own name, and the one under each link to it, by name. @source moby container/view.go */
const namesOf = (host: LabHost, container: Container): string[] => {
  const links = container.linkedBy.flatMap((id) => {
    const parent = host.containers.get(id);
    const link = parent?.links.find(({ containerId }) => containerId === container.id);
    return parent === undefined || link === undefined ? [] : [`/${parent.name}/${link.alias}`];
  });
  return [`/${container.name}`, ...links].toSorted();
};

/** @source moby/moby v20.10 container/health.go (String) */
const healthText = ({ health }: Container): string => {
  if (health === null) return '';
  return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`;
};

/** `Up 5 seconds`. @source moby/moby v20.10 container/state.go (String) */
const statusText = (container: Container, now: number): string => {
  const age = (at: number | null): string => humanDuration(now - (at ?? now));
  const state = stateOf(container);
  if (state === 'restarting') {
    return `Restarting (${container.exitCode}) ${age(container.finishedAt)} ago`;
  }
  if (state === 'running') return `Up ${age(container.startedAt)}${healthText(container)}`;
  if (state === 'paused') return `Up ${age(container.startedAt)} (Paused)`;
  if (state === 'created') return 'Created';
  return `Exited (${container.exitCode}) ${age(container.finishedAt)} ago`;
};

/** The command in one line, arguments with blanks in quotes. */
const commandText = (container: Container): string =>
  argvOf(container)
    .map((word, at) => (at > 0 && word.includes(' ') ? `'${word}'` : word))
    .join(' ');

/** @source moby/moby v20.10 api/types/types.go (Container) */
export const summaryJson = (
  host: LabHost,
  container: Container,
  of: { readonly now: number; readonly sizes: ContainerSizes | null },
): unknown => ({
  Id: container.id,
  Names: namesOf(host, container),
  Image: container.spec.image,
  ImageID: imageIdOf(container.image),
  Command: commandText(container),
  Created: Math.floor(container.createdAt / 1000),
  Ports: portListJson(host, container),
  ...(of.sizes === null || of.sizes.written === 0 ? {} : { SizeRw: of.sizes.written }),
  ...(of.sizes === null ? {} : { SizeRootFs: of.sizes.whole }),
  Labels: sortedMap(Object.entries(container.spec.labels)),
  State: stateOf(container),
  Status: statusText(container, of.now),
  HostConfig: { NetworkMode: container.spec.networkMode },
  NetworkSettings: { Networks: networksJson(host, container, true) },
  Mounts: mountsJson(container),
});

const states = ['created', 'dead', 'exited', 'paused', 'removing', 'restarting', 'running'];

const flagWords = ['true', '1', 'false', '0'];

const healths = ['starting', 'healthy', 'unhealthy', 'none'];

/**
 * @source moby/moby v20.10 daemon/list.go (foldFilter)
 * @throws EngineError for a value that the engine does not take
 */
export const checkListFilters = (filters: Filters): void => {
  const problem = (filters['exited'] ?? []).map(integerProblem).find((text) => text !== null);
  if (problem !== undefined) throw new EngineError('internal', problem);
  const status = (filters['status'] ?? []).find((word) => !states.includes(word));
  if (status !== undefined) {
    throw new EngineError('invalidParameter', `Invalid filter 'status=${status}'`);
  }
  const health = (filters['health'] ?? []).find((word) => !healths.includes(word));
  if (health !== undefined) {
    throw new EngineError('invalidParameter', `Unrecognised filter value for health: ${health}`);
  }
  const task = (filters['is-task'] ?? []).filter((word) => !flagWords.includes(word));
  if (task.length > 0) {
    throw new EngineError('invalidParameter', `Invalid filter 'is-task=[${task.join(' ')}]'`);
  }
  checkPortFilters(filters);
};

/** Whether stopped containers are listed: asked for, or implied by a filter on the state. */
export const listsAll = (isAll: boolean, filters: Filters): boolean =>
  isAll || filters['status'] !== undefined || filters['exited'] !== undefined;

const onNetwork = (host: LabHost, container: Container, filters: Filters): boolean => {
  const wanted = filters['network'];
  if (wanted === undefined) return true;
  return [...container.attachments.values()].some(({ networkId, networkName }) => {
    const name = host.networks.get(networkId)?.name ?? networkName;
    return wanted.some((one) => one === name || (networkId !== '' && networkId.startsWith(one)));
  });
};

const place = (host: LabHost, reference: string): number => {
  const all = [...host.containers.values()];
  const found = all.find(({ id, name }) => name === reference || id.startsWith(reference));
  if (found === undefined) {
    throw new EngineError('internal', `no such container ${reference}`);
  }
  return found.ordinal;
};

const isBetween = (host: LabHost, container: Container, filters: Filters): boolean => {
  const before = filters['before']?.[0];
  const since = filters['since']?.[0];
  return (
    (before === undefined || container.ordinal < place(host, before)) &&
    (since === undefined || container.ordinal > place(host, since))
  );
};

const isAncestor = (container: Container, filters: Filters): boolean => {
  const wanted = filters['ancestor'];
  if (wanted === undefined) return true;
  const id = imageIdOf(container.image);
  return wanted.some((one) => id === imageIdOf(one) || id.replace('sha256:', '').startsWith(one));
};

/** By name, path on the host, or place in the container. */
const hasVolume = (container: Container, filters: Filters): boolean => {
  const wanted = filters['volume'];
  if (wanted === undefined) return true;
  return container.mounts.some(
    ({ name, source, destination }) =>
      wanted.includes(destination) || wanted.includes(name === '' ? source : name),
  );
};

/** Whether `docker ps` lists the container. */
export const isListed = (host: LabHost, container: Container, filters: Filters): boolean => {
  const exited = filters['exited'];
  const published = publishedPortsOf(host, container).map(
    ({ hostPort, protocol }) => `${hostPort}/${protocol}`,
  );
  const names = namesOf(host, container);
  const wantsName = filters['name'] !== undefined;
  const isNamed = names.some(
    (name) => matchesFilter(filters, 'name', name) || matchesFilter(filters, 'name', name.slice(1)),
  );
  const ids = filters['id'];
  return (
    isOneOf(filters, 'status', stateOf(container)) &&
    // Tasks of a swarm's services are not simulated.
    !(filters['is-task'] ?? []).some((word) => word === 'true' || word === '1') &&
    isOneOf(filters, 'health', container.health?.status ?? 'none') &&
    (!wantsName || isNamed) &&
    (ids === undefined || ids.some((one) => container.id.startsWith(one))) &&
    (exited === undefined ||
      (container.status === 'exited' && exited.includes(String(container.exitCode)))) &&
    matchesLabels(filters, container.spec.labels) &&
    onNetwork(host, container, filters) &&
    hasVolume(container, filters) &&
    hasPort(filters, 'publish', published) &&
    hasPort(filters, 'expose', container.spec.exposedPorts) &&
    isBetween(host, container, filters) &&
    isAncestor(container, filters)
  );
};
