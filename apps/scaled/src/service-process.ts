import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NetfoldProblem } from '@netfold/configuration';
import type { Running } from './supervised.ts';

const apps = join(import.meta.dirname, '../..');

/** A service has to be ready within so long after its start. */
const readyMsMax = 60_000;
/** A drain takes less; then it is killed, which is as safe. */
const stopMsMax = 20_000;
const pollMs = 50;
const askMsMax = 2_000;

export type ServiceOptions = {
  /** Of `apps`. */
  readonly app: 'gateway' | 'commander' | 'projector';
  readonly name: string;
  readonly port: number;
  /** What the service is told, as its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
};

/** Starts a service in a process of its own and waits until it is ready. @throws NetfoldProblem */
export async function startService(of: ServiceOptions): Promise<Running> {
  const log = openSync(of.logFile, 'a', 0o600);
  const main = join(apps, of.app, 'dist/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { ...process.env, ...of.environment, NETFOLD_PORT: String(of.port) },
    // The channel ends with the supervisor, and the service with the channel.
    stdio: ['ignore', log, log, 'ipc'],
    // A Ctrl-C of the terminal is for the supervisor, which stops everything in order.
    detached: true,
  });
  closeSync(log);
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  const ended = endOf(child);
  await untilReady(child, of);
  return {
    processId: child.pid ?? null,
    ended,
    stop: () => stopped(child, ended),
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
}

async function untilReady(child: ChildProcess, of: ServiceOptions): Promise<void> {
  const deadline = performance.now() + readyMsMax;
  while (isAlive(child) && performance.now() < deadline) {
    if (await isReady(of.port)) return;
    await wait(pollMs);
  }
  child.kill('SIGKILL');
  throw new NetfoldProblem({
    code: 'NF1501',
    problem: `${of.name} did not become ready`,
    cause: `it printed: ${readFileSync(of.logFile, 'utf8').slice(-2000)}`,
    fix: `see ${of.logFile}`,
  });
}

const isAlive = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

/** By `http`: while `fetch` waits for an answer, it does not keep this process alive. */
function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({
      host: '127.0.0.1',
      port,
      path: '/readyz',
      timeout: askMsMax,
      agent: false,
    });
    asked.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('timeout', () => asked.destroy());
    // Not listening yet.
    asked.once('error', () => resolve(false));
  });
}

async function stopped(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!isAlive(child)) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
  await ended;
  clearTimeout(timer);
}
