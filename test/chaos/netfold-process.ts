import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { ServerAddress } from './graphql-post.ts';

const main = join(import.meta.dirname, '../../apps/netfold/dist/main.js');

/** A server has to be ready within so long after its start, recovery of the database included. */
const readyMsMax = 60_000;
const pollMs = 50;
const linesKept = 400;

export type NetfoldProcessOptions = {
  readonly data: string;
  /** URL of the PostgreSQL to use; `null`: the server starts its own. */
  readonly postgres: string | null;
  readonly port: number;
};

/** The server as users start it, in a process of its own that may be killed at any moment. */
export class NetfoldProcess {
  starts = 0;
  #child: ChildProcess | null = null;
  #printed: string[] = [];
  readonly #of: NetfoldProcessOptions;

  constructor(of: NetfoldProcessOptions) {
    this.#of = of;
  }

  get address(): ServerAddress {
    const token = readFileSync(join(this.#of.data, 'token'), 'utf8').trim();
    return { url: `http://127.0.0.1:${this.#of.port}`, token };
  }

  /** How the running server reaches its PostgreSQL. */
  get database(): pg.ClientConfig {
    const text = readFileSync(join(this.#of.data, 'server.json'), 'utf8');
    return (JSON.parse(text) as { readonly postgres: pg.ClientConfig }).postgres;
  }

  /** Process of the PostgreSQL that the server started as its own. */
  get embeddedPostgres(): number {
    const path = join(this.#of.data, 'postgres/data/postmaster.pid');
    return Number(readFileSync(path, 'utf8').split('\n')[0]);
  }

  get printed(): string {
    return this.#printed.join('');
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @throws when it ends or is not ready in time */
  async start(): Promise<void> {
    const { data, port } = this.#of;
    const child = this.#spawn(['up', '--port', String(port), '--data', data]);
    this.#child = child;
    this.starts += 1;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#keep(chunk.toString()));
    }
    await this.#untilReady(child);
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.end();
  }

  /** Asks it to stop. @returns its exit code */
  async stop(): Promise<number | null> {
    this.#child?.kill('SIGTERM');
    return this.end();
  }

  /** Waits until it has ended. @returns its exit code */
  async end(): Promise<number | null> {
    const child = this.#child;
    if (child !== null && this.isRunning) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  /** `netfold verify`: the log and the read models. @returns what it printed; fails unless sound */
  async verify(): Promise<string> {
    const child = this.#spawn(['verify', '--data', this.#of.data]);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    }
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`netfold verify ended with ${code}; it printed:\n${printed}`);
    return printed;
  }

  #spawn(args: readonly string[]): ChildProcess {
    const { NETFOLD_POSTGRES: _, ...env } = process.env;
    const { postgres } = this.#of;
    return spawn(process.execPath, ['--enable-source-maps', main, ...args], {
      env: {
        ...env,
        NETFOLD_LOG_LEVEL: 'warn',
        ...(postgres === null ? {} : { NETFOLD_POSTGRES: postgres }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  #keep(text: string): void {
    this.#printed.push(text);
    if (this.#printed.length > linesKept) this.#printed.shift();
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + readyMsMax;
    while (performance.now() < deadline && child.exitCode === null) {
      if (await this.#isReady()) return;
      await wait(pollMs);
    }
    throw new Error(`the server did not become ready; it printed: ${this.printed}`);
  }

  async #isReady(): Promise<boolean> {
    try {
      const url = `http://127.0.0.1:${this.#of.port}/readyz`;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false; // Not listening yet.
    }
  }
}
