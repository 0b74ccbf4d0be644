import type { Commit } from '@netfold/contracts';
import { evolveAll, initial, managedSwarm } from '@netfold/domain';
import type { Lab, LabHost, Swarm } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { isOneOf, matchesLabels } from '../http/matching.ts';
import { filtersOf } from '../http/request.ts';
import type { Filters } from '../http/request.ts';
import { commitsAfter, goneSignal } from '../stream/commits.ts';
import { openEndlessStream, writePiece } from '../stream/open-streams.ts';
import { engineEventsOf, eventLine } from './engine-events.ts';
import type { EngineEvent } from './engine-events.ts';

/** Filters on what an event is about; a filter of another name is not looked at. */
const subjects = [
  'config',
  'container',
  'daemon',
  'network',
  'node',
  'plugin',
  'secret',
  'service',
  'volume',
];

/** Seconds with a fraction, or a date; milliseconds. */
const instantOf = (text: string | null): number | null => {
  if (text === null || text === '') return null;
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isNaN(value)) return value;
  throw new EngineError('invalidParameter', `failed to parse value as time or duration: "${text}"`);
};

/** An id or a name of the actor begins so, whatever the actor is. */
const isAbout = (filters: Filters, subject: string, event: EngineEvent): boolean => {
  const wanted = filters[subject];
  if (wanted === undefined) return true;
  const name = event.attributes['name'] ?? '';
  return wanted.some((one) => name.startsWith(one) || event.id.startsWith(one));
};

const ofImage = (filters: Filters, { type, id, attributes }: EngineEvent): boolean => {
  const wanted = filters['image'];
  if (wanted === undefined) return true;
  const name = attributes[type === 'image' ? 'name' : 'image'] ?? '';
  const texts = [id, name, withoutTag(id), withoutTag(name)];
  return wanted.some((one) => texts.includes(one));
};

const withoutTag = (reference: string): string => reference.replace(/:[^:/]*$/, '');

/** `exec_create: ls` is found by `exec_create`. */
const hasAction = (filters: Filters, event: EngineEvent): boolean =>
  isOneOf(filters, 'event', event.action) ||
  isOneOf(filters, 'event', event.action.split(':')[0] ?? '');

/** @source moby/moby v20.10 daemon/events/filter.go (Include) */
const isSelected = (filters: Filters, event: EngineEvent): boolean =>
  isOneOf(filters, 'type', event.type) &&
  isOneOf(filters, 'scope', event.scope) &&
  hasAction(filters, event) &&
  subjects.every((subject) => isAbout(filters, subject, event)) &&
  ofImage(filters, event) &&
  matchesLabels(filters, event.attributes);

/** The lab as it was folded up to a commit; each commit goes on from the one before. */
class Fold {
  #lab: Lab;
  readonly #host: string;

  constructor(lab: Lab, host: string) {
    this.#lab = lab;
    this.#host = host;
  }

  /** What a commit amounts to on the host, and one step on. */
  next(commit: Commit): readonly EngineEvent[] {
    const before = this.#hostNow();
    const managedBefore = this.#managedNow(before);
    this.#lab = evolveAll(this.#lab, commit.events);
    return engineEventsOf(commit, this.#host, { before, after: this.#hostNow(), managedBefore });
  }

  #managedNow(host: LabHost | null): Swarm | null {
    if (this.#lab.state !== 'active' || host === null) return null;
    return managedSwarm(this.#lab, host);
  }

  #hostNow(): LabHost | null {
    if (this.#lab.state !== 'active') return null;
    return this.#lab.hosts.get(this.#host) ?? null;
  }
}

const write = (call: Call, events: readonly EngineEvent[], range: Range): void => {
  events.forEach((event, order) => {
    if (event.at < range.since || event.at > range.until) return;
    if (isSelected(range.filters, event)) writePiece(call.response, eventLine(event, order));
  });
};

type Range = { readonly since: number; readonly until: number; readonly filters: Filters };

/**
 * `GET /events`: past ones when `since` is given, then live ones until `until`, or for as long as
 * the client stays.
 */
const events = async (call: Call): Promise<void> => {
  const filters = filtersOf(call.query);
  const since = instantOf(call.query.get('since'));
  const until = instantOf(call.query.get('until'));
  const seen = await call.see();
  const stop = new AbortController();
  goneSignal(call.response).addEventListener('abort', () => stop.abort());
  openEndlessStream(call, 'application/json', (action) => {
    const at = call.context.clock();
    return eventLine({ type: 'daemon', action, id: '', attributes: {}, scope: 'local', at }, 0);
  });
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
      const isOver = left !== null && left <= 0;
      await follow(call, { lab: seen.lab, from, past, range, stop, isOver });
    }
  } finally {
    if (timer !== null) clearTimeout(timer);
    call.response.end();
  }
};

type Following = {
  /** The lab at the version where live events begin. */
  readonly lab: Lab;
  readonly from: number;
  /** Commits up to this version are history: they are told even when the time is over. */
  readonly past: number;
  readonly range: Range;
  readonly stop: AbortController;
  readonly isOver: boolean;
};

const follow = async (call: Call, following: Following): Promise<void> => {
  const { from, past, range, stop, isOver, lab } = following;
  const fold = new Fold(past > 0 ? initial : lab, call.context.host);
  const history = new AbortController();
  if (past > 0) {
    for await (const commit of commitsAfter(call.context, from, history.signal)) {
      write(call, fold.next(commit), range);
      if (commit.labVersion >= past) break;
    }
    history.abort();
  }
  if (isOver) return;
  for await (const commit of commitsAfter(call.context, Math.max(from, past), stop.signal)) {
    write(call, fold.next(commit), range);
  }
};

export const eventRoutes: readonly Route[] = [{ method: 'GET', path: '/events', handler: events }];
