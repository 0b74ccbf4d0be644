import { request } from 'node:http';
import type { EngineCase, EngineStep } from './engine-case.ts';

/** What an engine said to one step, and what there is after it. */
export type StepAnswer = {
  readonly status: number;
  /** Members of the answer that do not differ from machine to machine; ids are masked. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Whether the step changed anything that the engine shows of networks and containers. */
  readonly isChanged: boolean;
  /** Names of the networks and of the containers with their states, in bytewise order. */
  readonly left: readonly string[];
};

/** Answers of all cases by `${input} ${title}`. */
export type EngineAnswers = Readonly<Record<string, readonly StepAnswer[]>>;

export const nameOf = ({ input, title }: EngineCase): string => `${input} ${title}`;

type Reply = { readonly status: number; readonly text: string };

/** Sends one request to the engine behind a unix socket. */
export function askEngine(socketPath: string, step: EngineStep): Promise<Reply> {
  const text = typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
  const body = Buffer.from(text ?? '', step.isLatin1 === true ? 'latin1' : 'utf8');
  const { method, path } = step;
  const type = step.body === undefined ? {} : { 'content-type': 'application/json' };
  const length = { 'content-length': body.length };
  const headers = { ...type, ...(method === 'POST' ? length : {}), ...step.headers };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type Listed = {
  readonly Id: string;
  readonly Name: string;
  readonly Names: readonly string[];
  readonly State: string;
};

const builtin = new Set(['bridge', 'host', 'none']);

async function list(socketPath: string, path: string): Promise<readonly Listed[]> {
  const { text } = await askEngine(socketPath, { method: 'GET', path });
  return JSON.parse(text) as readonly Listed[];
}

const networksPath = '/v1.41/networks';
const containersPath = '/v1.41/containers/json?all=1';

/** Removes every container and every network that is not the engine's own. */
export async function clearEngine(socketPath: string): Promise<void> {
  for (const { Id } of await list(socketPath, containersPath)) {
    await askEngine(socketPath, { method: 'DELETE', path: `/v1.41/containers/${Id}?force=1&v=1` });
  }
  for (const { Id, Name } of await list(socketPath, networksPath)) {
    if (builtin.has(Name)) continue;
    await askEngine(socketPath, { method: 'DELETE', path: `/v1.41/networks/${Id}` });
  }
}

const byId = (a: Listed, b: Listed): number => (a.Id < b.Id ? -1 : 1);

type Shown = { readonly whole: string; readonly left: readonly string[] };

async function show(socketPath: string): Promise<Shown> {
  // An engine lists networks in no order.
  const networks = (await list(socketPath, networksPath)).toSorted(byId);
  const containers = await list(socketPath, containersPath);
  const details = [];
  for (const { Id } of containers) {
    const path = `/v1.41/containers/${Id}/json`;
    details.push((await askEngine(socketPath, { method: 'GET', path })).text);
  }
  const left = [
    ...networks.map(({ Name }) => `network ${masked(Name)}`),
    ...containers.map(({ Names, State }) => `container ${Names.join(' ')} ${State}`),
  ];
  return {
    whole: JSON.stringify([networks, details]),
    left: left.toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

/** Ids and names that an engine makes up. */
const masked = (text: string): string =>
  text
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'ID')
    .replaceAll(/\b(br-)?[0-9a-f]{12}\b/g, '$1ID12')
    .replaceAll(/\bveth[0-9a-f]{7}\b/g, 'vethNAME')
    .replaceAll(/\btime=(\\*")[-0-9TZ:.+]+/g, 'time=$1TIME');

const kept = ['message', 'Warning', 'Warnings', 'Name', 'Labels'];

function saidIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { text: masked(text) };
  }
  if (typeof value !== 'object' || value === null) return {};
  if (Array.isArray(value)) return { count: value.length };
  const whole = value as Readonly<Record<string, unknown>>;
  const config = whole['Config'] as { readonly Labels?: unknown } | undefined;
  const all = { ...whole, ...(config?.Labels === undefined ? {} : { Labels: config.Labels }) };
  const entries = Object.entries(all).filter(([key]) => kept.includes(key));
  return JSON.parse(masked(JSON.stringify(Object.fromEntries(entries)))) as Record<string, unknown>;
}

const fill = (text: string, saved: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\$\{([A-Z])(?::(\d+))?\}/g, (whole, name: string, length?: string) => {
    const id = saved.get(name);
    if (id === undefined) return whole;
    return length === undefined ? id : id.slice(0, Number(length));
  });

const filled = (step: EngineStep, saved: ReadonlyMap<string, string>): EngineStep => {
  const path = fill(step.path, saved);
  if (step.body === undefined) return { ...step, path };
  const text = typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
  return { ...step, path, body: fill(text, saved) };
};

/**
 * Sends the steps of a case to an engine that is cleared before.
 * @param watch told of each step with its time in milliseconds
 */
export async function runCase(
  socketPath: string,
  { steps }: EngineCase,
  watch: (step: { readonly answer: StepAnswer; readonly ms: number }) => void | Promise<void>,
): Promise<void> {
  await clearEngine(socketPath);
  const saved = new Map<string, string>();
  let before = await show(socketPath);
  for (const step of steps) {
    const since = performance.now();
    const { status, text } = await askEngine(socketPath, filled(step, saved));
    const ms = performance.now() - since;
    if (step.saveId !== undefined) {
      saved.set(step.saveId, (JSON.parse(text) as { readonly Id?: string }).Id ?? '');
    }
    const after = await show(socketPath);
    const isChanged = after.whole !== before.whole;
    before = after;
    await watch({ answer: { status, said: saidIn(text), isChanged, left: after.left }, ms });
  }
}
