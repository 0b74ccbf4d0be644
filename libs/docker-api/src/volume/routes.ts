import type { GivenMap } from '@netfold/contracts';
import { usersOfVolume } from '@netfold/domain';
import type { LabHost, Volume } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { mapOf, member, objectOf, textOf } from '../http/fields.ts';
import { goMap, goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';
import { matchesFilter, matchesLabels } from '../http/matching.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { boolValue, checkFilters, filtersOf, readJson } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { volumeJson } from './volume-json.ts';

const texts = goMap(goString);

/** @source moby/moby v20.10 api/types/volume/volume_create.go (VolumeCreateBody) */
const createForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('volume.VolumeCreateBody', {
    Driver: goString,
    DriverOpts: texts,
    Labels: texts,
    Name: goString,
  }),
};

const getVolume = ({ volumes }: LabHost, name: string): Volume => {
  const found = volumes.get(name);
  if (found === undefined) throw new EngineError('notFound', `get ${name}: no such volume`);
  return found;
};

const given = (body: Readonly<Record<string, unknown>>, name: string): GivenMap =>
  member(body, name) === null || member(body, name) === undefined ? null : mapOf(body, name);

const create = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, createForm));
  const answer = await call.submit({
    type: 'CreateVolume',
    host: call.context.host,
    name: textOf(body, 'Name'),
    driver: textOf(body, 'Driver'),
    driverOptions: given(body, 'DriverOpts'),
    labels: given(body, 'Labels'),
  });
  const { host } = await call.see();
  sendJson(call.response, 201, volumeJson(getVolume(host, answer.ids['volume'] ?? '')));
};

const inspect = async (call: Call): Promise<void> => {
  const { host } = await call.see();
  sendJson(call.response, 200, volumeJson(getVolume(host, call.parameter('name'))));
};

const remove = async (call: Call): Promise<void> => {
  const volume = call.parameter('name');
  const force = boolValue(call.query, 'force');
  await call.submit({ type: 'RemoveVolume', host: call.context.host, volume, force });
  sendEmpty(call.response, 204);
};

const prune = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  const answer = await call.submit({ type: 'PruneVolumes', host: call.context.host, filters });
  const VolumesDeleted = answer.data?.['volumesDeleted'] ?? [];
  sendJson(call.response, 200, { VolumesDeleted, SpaceReclaimed: 0 });
};

/** `dangling`: whether to list those that no container has, or the others; `null`: all. */
const danglingOf = (filters: Filters): boolean | null => {
  const values = filters['dangling'];
  if (values === undefined) return null;
  if (values.some((value) => value === 'true' || value === '1')) return true;
  if (values.some((value) => value === 'false' || value === '0')) return false;
  throw new EngineError('invalidParameter', `Invalid filter 'dangling=[${values.join(' ')}]'`);
};

/** @source moby/moby v20.10 volume/service/convert.go (filtersToBy) */
const list = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  checkFilters(filters, ['dangling', 'name', 'driver', 'label']);
  const isDangling = danglingOf(filters);
  const drivers = filters['driver'];
  const { host } = await call.see();
  const shown = [...host.volumes.values()].filter(
    ({ name, labels }) =>
      matchesFilter(filters, 'name', name) &&
      matchesLabels(filters, labels ?? {}) &&
      (drivers === undefined || drivers.includes('local')) &&
      (isDangling === null || isDangling === (usersOfVolume(host, name).length === 0)),
  );
  sendJson(call.response, 200, { Volumes: shown.map(volumeJson), Warnings: null });
};

export const volumeRoutes: readonly Route[] = [
  { method: 'GET', path: '/volumes', handler: list },
  { method: 'POST', path: '/volumes/create', handler: create },
  { method: 'POST', path: '/volumes/prune', handler: prune },
  { method: 'GET', path: '/volumes/{name}', handler: inspect },
  { method: 'DELETE', path: '/volumes/{name}', handler: remove },
];
