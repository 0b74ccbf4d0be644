import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { urlOf } from '../peers/emmett.ts';
import type { Connection } from './netfold.ts';

const main = join(import.meta.dirname, '../../../apps/netfold/dist/main.js');
/** A scaled installation has a broker to start, too. */
const readyMsMax = 180_000;

/** A server in a process of its own: something that prints where it listens. */
export type RunningServer = {
  readonly url: string;
  readonly token: string;
  readonly stop: () => Promise<void>;
};

export type RunningNetfold = RunningServer & {
  /** The data folder. */
  readonly data: string;
  /** SIGKILL; the data folder stays. */
  readonly kill: () => Promise<void>;
};

/**
 * The built service as users start it, on a database that may hold labs already.
 * @param data      of an earlier start on the same database, that was killed
 * @param logLevel  `error` where its PostgreSQL is killed, of which it warns
 */
export async function startNetfold(
  connection: Connection,
  data = mkdtempSync(join(tmpdir(), 'netfold-bench-')),
  logLevel: 'warn' | 'error' = 'warn',
): Promise<RunningNetfold> {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', main, 'up', '--port', '0', '--data', data],
    {
      env: { ...process.env, NETFOLD_POSTGRES: urlOf(connection), NETFOLD_LOG_LEVEL: logLevel },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await printed(child, /GraphQL\s+(http:\S+)\/graphql/);
  return {
    url,
    token: readFileSync(join(data, 'token'), 'utf8').trim(),
    data,
    kill: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      await stopped(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A peer of the bench in a process of its own; it prints the port that it listens on. */
export async function startPeer(name: string, argument = ''): Promise<RunningServer> {
  const program = join(import.meta.dirname, '../peers', name);
  const flags = ['--conditions=@netfold/source', program, argument];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await printed(child, /^port (\d+)/);
  return { url: `http://127.0.0.1:${port}`, token: '', stop: () => stopped(child) };
}

/** A consumer in a process of its own. @returns when it takes part in its group */
export async function startConsumer(
  name: string,
  settings: unknown,
): Promise<{ readonly stop: () => Promise<void> }> {
  const program = join(import.meta.dirname, '../peers', name);
  const flags = ['--conditions=@netfold/source', program, JSON.stringify(settings)];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  await printed(child, /(consumes)/);
  return { stop: () => stopped(child) };
}

/** Waits for a line of a server. @returns what the first group of the pattern matched */
export async function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const deadline = performance.now() + readyMsMax;
  while (performance.now() < deadline && child.exitCode === null) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
    await wait(20);
  }
  child.kill('SIGKILL');
  throw new Error(`a server did not become ready; it printed: ${text}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
