import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from './kept.ts';

const apps = join(import.meta.dirname, '../../../apps');

const readyMsMax = 120_000;
const stopMsMax = 20_000;
const pollMs = 50;
const askMsMax = 2_000;

export type App = 'gateway' | 'commander' | 'projector';
export type Environment = Readonly<Record<string, string>>;

/** Starts a service as users do and waits until it is ready. @throws when it does not become so */
export async function startService(of: {
  readonly app: App;
  readonly port: number;
  readonly environment: Environment;
  readonly logFile: string;
}): Promise<Running> {
  const child = launch(of.app, { ...of.environment, NETFOLD_PORT: String(of.port) }, of.logFile);
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  const ended = endOf(child);
  await untilReady(child, of.port, of.app);
  return {
    processId: child.pid ?? null,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, stopMsMax);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Runs a program of `apps` to its end. @throws unless it ends well */
export async function runToEnd(app: string, environment: Environment, logFile: string) {
  const [code] = (await once(launch(app, environment, logFile), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${app} ended with ${code}, see ${logFile}`);
}

function launch(app: string, environment: Environment, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const main = join(apps, app, 'dist/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function untilReady(child: ChildProcess, port: number, app: App): Promise<void> {
  const deadline = performance.now() + readyMsMax;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    if (await isReady(port)) return;
    await wait(pollMs);
  }
  child.kill('SIGKILL');
  throw new Error(`${app} did not become ready`);
}

async function isReady(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(askMsMax);
    return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal })).ok;
  } catch {
    return false; // Not listening yet.
  }
}
