import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { RunningService, TestServer } from '../e2e/server.ts';

/** A service is started again by its supervisor, or Kafka answers again, within this time. */
const backMsMax = 60_000;
const pollMs = 50;

export const gatewaysOf = ({ services }: TestServer): readonly string[] =>
  services.filter(({ name }) => name.startsWith('gateway-')).map(({ at }) => at);

function serviceNamed({ services }: TestServer, name: string): RunningService {
  const found = services.find((service) => service.name === name);
  if (found === undefined) throw new Error(`no service ${name} runs`);
  return found;
}

export const kafkaOf = (server: TestServer): string => serviceNamed(server, 'kafka').at;

/** Connections, as `server.json` of an installation says them. */
type Connection = Readonly<Record<'host' | 'user' | 'password' | 'database', string>> & {
  readonly port: number;
};

/** Both databases, each for its owner. */
function connectionsOf({ data }: TestServer) {
  const text = readFileSync(join(data, 'server.json'), 'utf8');
  return JSON.parse(text) as { readonly postgres: Connection; readonly tables: Connection };
}

/** The database of the log. */
export const logConnectionOf = (server: TestServer): Connection => connectionsOf(server).postgres;

/** The database of the read models. */
export const tablesConnectionOf = (server: TestServer): Connection => connectionsOf(server).tables;

/** URL of a database beside that of the log, or of the log's own, for settings. */
export function databaseUrlOf(server: TestServer, name?: string): string {
  const { host, port, user, password, database } = logConnectionOf(server);
  const query = new URLSearchParams({ host, port: String(port) });
  const login = `${user}:${encodeURIComponent(password)}`;
  return `postgres://${login}@/${name ?? database}?${query.toString()}`;
}

/** Sends statements to a database, one after the other. */
export async function execute(on: Connection, ...statements: readonly string[]): Promise<void> {
  const { host, port, user, password, database } = on;
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export const processOf = (server: TestServer, name: string): number =>
  serviceNamed(server, name).processId ?? 0;

/** Stops a service cleanly and waits until its supervisor has started it again. */
export async function restart(server: TestServer, name: string): Promise<void> {
  const before = processOf(server, name);
  process.kill(before, 'SIGTERM');
  await until(`${name} runs again`, async () => {
    const { at, processId } = serviceNamed(server, name);
    return processId !== before && (await isReady(at));
  });
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // Not listening yet.
  }
}

/** @throws naming what has not come true in time */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  msMax = backMsMax,
): Promise<void> {
  const deadline = performance.now() + msMax;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`in ${msMax} ms not: ${what}`);
    await wait(pollMs);
  }
}

/** A process that has ended and was not collected counts as gone. */
export function isAlive(processId: number): boolean {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
  } catch {
    return false; // No such process.
  }
}
