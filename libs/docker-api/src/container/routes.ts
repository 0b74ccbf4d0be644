import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { objectOf } from '../http/fields.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import {
  boolValue,
  checkFilters,
  checkTerminalSize,
  filtersOf,
  readJson,
} from '../http/request.ts';
import { attach } from './attach.ts';
import { containerJson } from './container-json.ts';
import { containerSpecOf } from './container-spec.ts';
import { logs } from './logs.ts';
import { createForm } from './container-type.ts';
import { checkListFilters, isListed, listFilters, listsAll, summaryJson } from './summary.ts';
import { sizesOf } from './sizes.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { changes } from './changes.ts';
import { update } from './update.ts';
import { waitForContainer } from './wait.ts';

const list = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  checkFilters(filters, listFilters);
  checkListFilters(filters);
  const { lab, host } = await call.see();
  const limit = Number(call.query.get('limit') ?? '0') || 0;
  const isAll = listsAll(boolValue(call.query, 'all') || limit > 0, filters);
  const now = call.context.clock();
  const shown = [...host.containers.values()]
    .filter(({ status }) => isAll || status === 'running' || status === 'paused')
    .filter((container) => isListed(host, container, filters))
    .toSorted((a, b) => b.createdAt - a.createdAt || b.ordinal - a.ordinal);
  const limited = limit > 0 ? shown.slice(0, limit) : shown;
  const hasSize = boolValue(call.query, 'size');
  const rows = limited.map((container) => {
    const sizes = hasSize ? sizesOf(lab, container) : null;
    return summaryJson(host, container, { now, sizes });
  });
  sendJson(call.response, 200, rows);
};

const inspect = async (call: Call): Promise<void> => {
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  const sizes = boolValue(call.query, 'size') ? sizesOf(seen.lab, container) : null;
  const now = call.context.clock();
  sendJson(call.response, 200, containerJson(seen.host, container, { now, sizes }));
};

const create = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, createForm));
  if (Object.keys(body).length === 0) {
    throw new EngineError(
      'invalidParameter',
      'Config cannot be empty in order to create a container',
    );
  }
  const spec = containerSpecOf(body, call.query.get('name') ?? '');
  const answer = await call.submit({ type: 'CreateContainer', host: call.context.host, spec });
  sendJson(call.response, 201, {
    Id: answer.ids['containerId'] ?? '',
    Warnings: answer.warnings,
  });
};

/** Seconds of `?t=`; absent is `null`. */
const timeoutOf = (call: Call): number | null => {
  const text = call.query.get('t');
  if (text === null || text === '') return null;
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw new EngineError('invalidParameter', `strconv.Atoi: parsing "${text}": invalid syntax`);
};

const on = (call: Call) => ({ host: call.context.host, container: call.parameter('id') }) as const;

const start = async (call: Call): Promise<void> => {
  await call.submit({ type: 'StartContainer', ...on(call) });
  sendEmpty(call.response, 204);
};

const stop = async (call: Call): Promise<void> => {
  await call.submit({ type: 'StopContainer', ...on(call), timeoutSeconds: timeoutOf(call) });
  sendEmpty(call.response, 204);
};

const restart = async (call: Call): Promise<void> => {
  await call.submit({ type: 'RestartContainer', ...on(call), timeoutSeconds: timeoutOf(call) });
  sendEmpty(call.response, 204);
};

const kill = async (call: Call): Promise<void> => {
  const signal = call.query.get('signal') ?? '';
  await call.submit({ type: 'KillContainer', ...on(call), signal });
  sendEmpty(call.response, 204);
};

const pause = async (call: Call): Promise<void> => {
  await call.submit({ type: 'PauseContainer', ...on(call) });
  sendEmpty(call.response, 204);
};

const unpause = async (call: Call): Promise<void> => {
  await call.submit({ type: 'UnpauseContainer', ...on(call) });
  sendEmpty(call.response, 204);
};

const rename = async (call: Call): Promise<void> => {
  const name = call.query.get('name') ?? '';
  await call.submit({ type: 'RenameContainer', ...on(call), name });
  sendEmpty(call.response, 204);
};

const remove = async (call: Call): Promise<void> => {
  const force = boolValue(call.query, 'force');
  const link = boolValue(call.query, 'link');
  const volumes = boolValue(call.query, 'v');
  await call.submit({ type: 'RemoveContainer', ...on(call), force, link, volumes });
  sendEmpty(call.response, 204);
};

const prune = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  const answer = await call.submit({ type: 'PruneContainers', host: call.context.host, filters });
  const deleted = answer.data?.['containersDeleted'];
  const ContainersDeleted = Array.isArray(deleted) && deleted.length > 0 ? deleted : null;
  sendJson(call.response, 200, { ContainersDeleted, SpaceReclaimed: 0 });
};

/** A terminal's size is the session's own matter and changes nothing in the lab. */
const resize = async (call: Call): Promise<void> => {
  checkTerminalSize(call.query);
  const container = getContainer(await call.see(), call.parameter('id'));
  if (container.status !== 'running') {
    throw new EngineError('conflict', `Container ${container.id} is not running`);
  }
  sendEmpty(call.response, 200);
};

export const containerRoutes: readonly Route[] = [
  { method: 'GET', path: '/containers/json', handler: list },
  { method: 'POST', path: '/containers/create', handler: create },
  { method: 'POST', path: '/containers/prune', handler: prune },
  { method: 'GET', path: '/containers/{id}/json', handler: inspect },
  { method: 'GET', path: '/containers/{id}/top', handler: top },
  { method: 'GET', path: '/containers/{id}/stats', handler: stats },
  { method: 'GET', path: '/containers/{id}/changes', handler: changes },
  { method: 'POST', path: '/containers/{id}/update', handler: update },
  { method: 'GET', path: '/containers/{id}/logs', handler: logs },
  { method: 'POST', path: '/containers/{id}/attach', handler: attach },
  { method: 'POST', path: '/containers/{id}/wait', handler: waitForContainer },
  { method: 'POST', path: '/containers/{id}/start', handler: start },
  { method: 'POST', path: '/containers/{id}/stop', handler: stop },
  { method: 'POST', path: '/containers/{id}/restart', handler: restart },
  { method: 'POST', path: '/containers/{id}/kill', handler: kill },
  { method: 'POST', path: '/containers/{id}/pause', handler: pause },
  { method: 'POST', path: '/containers/{id}/unpause', handler: unpause },
  { method: 'POST', path: '/containers/{id}/rename', handler: rename },
  { method: 'POST', path: '/containers/{id}/resize', handler: resize },
  { method: 'DELETE', path: '/containers/{id:.*}', handler: remove },
];
