import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '../server.ts';
import type { ClientRun } from './lab-clients.ts';

const program = join(import.meta.dirname, '../../../apps/netfold/bin/netfold.mjs');
const runMsMax = 60_000;

/** Somebody elsewhere: an address, a token, and a home of their own. */
export class RemoteUser {
  readonly folder = mkdtempSync(join(tmpdir(), 'netfold-remote-'));
  readonly environment: Readonly<Record<string, string>>;

  constructor(server: TestServer, token: string) {
    this.environment = {
      HOME: this.folder,
      PATH: process.env['PATH'] ?? '',
      NETFOLD_URL: server.url,
      NETFOLD_TOKEN: token,
    };
  }

  /** The command line, with variables that this user does not have by default. */
  netfold(args: readonly string[], of: { input?: string; env?: object } = {}): ClientRun {
    return this.run(process.execPath, [program, ...args], of);
  }

  /** Writes a context for a host and lets a client import it, under the name of the host. */
  importContext(docker: string, lab: string, host: string): void {
    const file = join(this.folder, `${host}.tar`);
    demandDone(this.netfold(['docker-context', `${lab}/${host}`, '-o', file]));
    this.run(docker, ['context', 'rm', '-f', host]);
    demandDone(this.run(docker, ['context', 'import', host, file]));
  }

  run(
    command: string,
    args: readonly string[],
    { input = '', env = {} }: { input?: string; env?: object } = {},
  ): ClientRun {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: runMsMax,
      input,
      env: { ...this.environment, ...env },
    });
    return { status, stdout, stderr };
  }

  /** What a command printed that must have ended well. */
  printed(command: string, ...args: readonly string[]): string {
    return demandDone(this.run(command, args)).stdout;
  }

  /** Leaves it running; who starts it stops it. */
  start(command: string, args: readonly string[]): ChildProcess {
    const { folder: cwd, environment: env } = this;
    return spawn(command, args, { cwd, env, timeout: runMsMax });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function demandDone(run: ClientRun): ClientRun {
  if (run.status === 0) return run;
  throw new Error(`ended with ${run.status}: ${run.stdout}${run.stderr}`);
}
