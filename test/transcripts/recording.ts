import { readdirSync, readFileSync } from 'node:fs';
import type { ApiExchange } from './engine-tap.ts';
import type { HostState } from './host-state.ts';

/**
 * One line typed on a lab host: `run` at a client whose DOCKER_HOST is the host's engine, or
 * `shell` at the host's own prompt. `save` names the trimmed stdout for later `${NAME}`.
 * `retrySeconds` repeats until `until` (a regular expression on stdout) or success.
 * `checkpoint` has the state of every host recorded afterwards.
 */
export type TopologyStep = {
  host: string;
  run?: string;
  shell?: string;
  save?: string;
  retrySeconds?: number;
  until?: string;
  secondsMax?: number;
  pauseSeconds?: number;
  checkpoint?: boolean;
};

/** `topology.json`: what was typed, on which fresh hosts, with which files at hand. */
export type Topology = {
  title: string;
  hosts: string[];
  files?: Record<string, string>;
  steps: TopologyStep[];
};

/** What one step printed, and what the client asked of the engine while it ran. */
export type StepAnswer = { exit: number; stdout: string; stderr: string; api?: ApiExchange[] };

/**
 * What differs from the checkpoint before it on the same host: sections to `set` whole, records
 * of which some top-level keys changed (`keys`), lists of which one stretch changed (`lists`), and
 * sections that are absent now (`gone`).
 */
export type StateChange = {
  set: HostState;
  keys: Record<string, Record<string, unknown>>;
  lists: Record<string, ListChange>;
  gone: string[];
};

/** In a list: from index `at`, `drop` items go and the items `put` come. */
type ListChange = { at: number; drop: number; put: unknown[] };

/** The moment after step `afterStep` (-1: before the first), per host as changes. */
export type Checkpoint = { afterStep: number; hosts: Record<string, StateChange> };

/** `recording.json` as it lies on disk. */
export type StoredRecording = {
  engine: Record<string, unknown>;
  answers: StepAnswer[];
  checkpoints: Checkpoint[];
  listed: Record<string, ListedContainers>;
};

/** What a host lists at the end: `GET /containers/json?all=1` and `docker ps -a --no-trunc`. */
export type ListedContainers = { api: unknown; ps: unknown[] };

/** The state of one host after a step, whole. */
export type RecordedMoment = { afterStep: number; host: string; state: HostState };

/** A topology, what the engine answered to each step, and the states of its hosts. */
export type Recording = {
  name: string;
  topology: Topology;
  answers: StepAnswer[];
  moments: RecordedMoment[];
  listed: Record<string, ListedContainers>;
};

/** One exchange with the engine's API as it was on the wire; `body` is the text of the answer. */
export type EngineExchange = {
  request: { method: string; path: string; body?: unknown };
  status: number;
  reason: string;
  headers: [name: string, value: string][];
  body: string;
};

const folder = import.meta.dirname;

/** The names of all recordings, sorted. */
export function recordingNames(): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.name === 'recording.json')
    .map((entry) => entry.parentPath.slice(folder.length + 1))
    .toSorted();
}

/** Reads one recording with every state made whole. */
export function readRecording(name: string): Recording {
  const topology = readJson<Topology>(`${name}/topology.json`);
  const stored = readJson<StoredRecording>(`${name}/recording.json`);
  const moments = wholeMoments(stored.checkpoints);
  return { name, topology, answers: stored.answers, moments, listed: stored.listed };
}

/** The state of `host` after the step with this index; throws when none was recorded. */
export function stateAfter(recording: Recording, host: string, afterStep: number): HostState {
  const found = recording.moments.find((m) => m.host === host && m.afterStep === afterStep);
  if (found === undefined)
    throw new Error(`${recording.name}: no state of ${host} at ${afterStep}`);
  return found.state;
}

/** The names of the recorded exchanges with the engine's API, sorted. */
export function engineExchangeNames(): string[] {
  return readdirSync(`${folder}/engine-api`)
    .map((file) => file.replace(/\.json$/, ''))
    .toSorted();
}

/** Reads one exchange with the engine's API. */
export function readEngineExchange(name: string): EngineExchange {
  return readJson<EngineExchange>(`engine-api/${name}.json`);
}

/** What became of `before`: sections to set, keys and list items to replace, sections gone. */
export function changeBetween(before: HostState, after: HostState): StateChange {
  const gone = Object.keys(before).filter((name) => !(name in after));
  const change: StateChange = { set: {}, keys: {}, lists: {}, gone };
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (isSame(value, old)) continue;
    const keys = changedKeys(old, value);
    if (Array.isArray(old) && Array.isArray(value)) change.lists[name] = changedItems(old, value);
    else if (keys !== null) change.keys[name] = keys;
    else change.set[name] = value;
  }
  return change;
}

/** The shortest single stretch of `before` whose replacement makes it `after`. */
function changedItems(before: readonly unknown[], after: readonly unknown[]): ListChange {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && isSame(before[at], after[at])) at += 1;
  let tail = 0;
  while (tail < shorter - at && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const drop = before.length - tail - at;
  return { at, drop, put: after.slice(at, after.length - tail) };
}

/** The keys of two records with the same keys that differ; null when they are not alike. */
function changedKeys(before: unknown, after: unknown): Record<string, unknown> | null {
  if (!isRecord(before) || !isRecord(after)) return null;
  if (!isSame(Object.keys(before), Object.keys(after))) return null;
  return Object.fromEntries(Object.entries(after).filter(([key, v]) => !isSame(v, before[key])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function wholeMoments(checkpoints: readonly Checkpoint[]): RecordedMoment[] {
  const latest = new Map<string, HostState>();
  const moments: RecordedMoment[] = [];
  for (const { afterStep, hosts } of checkpoints) {
    for (const [host, change] of Object.entries(hosts)) {
      const state = { ...latest.get(host), ...change.set };
      for (const [key, changed] of Object.entries(change.keys)) {
        state[key] = { ...(state[key] as object), ...changed };
      }
      for (const [key, { at, drop, put }] of Object.entries(change.lists)) {
        state[key] = (state[key] as unknown[]).toSpliced(at, drop, ...put);
      }
      for (const key of change.gone) delete state[key];
      latest.set(host, state);
      moments.push({ afterStep, host, state });
    }
  }
  return moments;
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as Content;
}
