import type { Commit } from '@netfold/contracts';
import type { LabHost } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { isOneOf, matchesLabels } from '../http/matching.ts';
import { openStream } from '../http/reply.ts';
import { checkFilters, filtersOf } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { commitsAfter, goneSignal } from '../stream/commits.ts';
import { engineEventsOf, eventLine } from './engine-events.ts';
import type { EngineEvent } from './engine-events.ts';

const knownFilters = [
  'config',
  'container',
  'daemon',
  'event',
  'image',
  'label',
  'network',
  'node',
  'plugin',
  'scope',
  'secret',
  'service',
  'type',
  'volume',
];

/** Seconds with a fraction, or a date; milliseconds. */
const instantOf = (text: string | null): number | null => {
  if (text === null || text === '') return null;
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isNaN(value)) return value;
  throw new EngineError('invalidParameter', `failed to parse value as time or duration: "${text}"`);
};

const isAbout = (filters: Filters, type: EngineEvent['type'], event: EngineEvent): boolean => {
  const wanted = filters[type];
  if (wanted === undefined) return true;
  if (event.type !== type) {
    return type === 'container' && wanted.includes(event.attributes['container'] ?? '-');
  }
  const name = event.attributes['name'] ?? '';
  return wanted.some((one) => one === name || event.id.startsWith(one));
};

/** `exec_create: ls` is found by `exec_create`. */
const hasAction = (filters: Filters, event: EngineEvent): boolean =>
  isOneOf(filters, 'event', event.action) ||
  isOneOf(filters, 'event', event.action.split(':')[0] ?? '');

const isSelected = (filters: Filters, event: EngineEvent): boolean => {
  const images = filters['image'];
  const image = event.attributes['image'] ?? '';
  return (
    isOneOf(filters, 'type', event.type) &&
    isOneOf(filters, 'scope', event.scope) &&
    hasAction(filters, event) &&
    isAbout(filters, 'container', event) &&
    isAbout(filters, 'network', event) &&
    (images === undefined || images.includes(image)) &&
    matchesLabels(filters, event.attributes)
  );
};

const hostAt = async (call: Call, version: number): Promise<LabHost | null> => {
  const found = await call.context.states.at(call.context.labId, version);
  if (found?.lab.state !== 'active') return null;
  return found.lab.hosts.get(call.context.host) ?? null;
};

const eventsOf = async (call: Call, commit: Commit): Promise<readonly EngineEvent[]> => {
  const isHere = commit.events.some(
    (event) => 'host' in event.data && event.data.host === call.context.host,
  );
  if (!isHere) return [];
  const before = await hostAt(call, commit.labVersion - 1);
  const after = await hostAt(call, commit.labVersion);
  return engineEventsOf(commit, call.context.host, { before, after });
};

const write = (call: Call, events: readonly EngineEvent[], range: Range): void => {
  events.forEach((event, order) => {
    if (event.at < range.since || event.at > range.until) return;
    if (isSelected(range.filters, event)) call.response.write(eventLine(event, order));
  });
};

type Range = { readonly since: number; readonly until: number; readonly filters: Filters };

/**
 * `GET /events`: past ones when `since` is given, then live ones until `until`, or for as long as
 * the client stays.
 */
const events = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  checkFilters(filters, knownFilters);
  const since = instantOf(call.query.get('since'));
  const until = instantOf(call.query.get('until'));
  const seen = await call.see();
  const stop = new AbortController();
  goneSignal(call.response).addEventListener('abort', () => stop.abort());
  openStream(call.response, 'application/json');
  const range = {
    since: since ?? 0,
    until: until ?? Number.POSITIVE_INFINITY,
    filters,
  };
  const left = until === null ? null : until - call.context.clock();
  const timer = left === null ? null : setTimeout(() => stop.abort(), Math.max(0, left));
  const from = since === null ? seen.version : 0;
  const past = since === null ? 0 : seen.version;
  try {
    if (left === null || left > 0 || past > 0) {
      await follow(call, { from, past, range, stop, isOver: left !== null && left <= 0 });
    }
  } finally {
    if (timer !== null) clearTimeout(timer);
    call.response.end();
  }
};

type Following = {
  readonly from: number;
  /** Commits up to this version are history: they are told even when the time is over. */
  readonly past: number;
  readonly range: Range;
  readonly stop: AbortController;
  readonly isOver: boolean;
};

const follow = async (call: Call, following: Following): Promise<void> => {
  const { from, past, range, stop, isOver } = following;
  const history = new AbortController();
  if (past > 0) {
    for await (const commit of commitsAfter(call.context, from, history.signal)) {
      write(call, await eventsOf(call, commit), range);
      if (commit.labVersion >= past) break;
    }
    history.abort();
  }
  if (isOver) return;
  for await (const commit of commitsAfter(call.context, Math.max(from, past), stop.signal)) {
    write(call, await eventsOf(call, commit), range);
  }
};

export const eventRoutes: readonly Route[] = [{ method: 'GET', path: '/events', handler: events }];
