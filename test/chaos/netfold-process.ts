import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const main = join(import.meta.dirname, '../../apps/netfold/dist/main.js');

/** A server has to be ready within so long after its start, recovery of the database included. */
export const readyMsMax = 60_000;

export type NetfoldProcessOptions = {
  readonly data: string;
  /** URL of the PostgreSQL to use instead of an embedded one. */
  readonly postgres: string;
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

  get url(): string {
    return `http://127.0.0.1:${this.#of.port}`;
  }

  get token(): string {
    return readFileSync(join(this.#of.data, 'token'), 'utf8').trim();
  }

  get printed(): string {
    return this.#printed.join('');
  }

  async start(): Promise<void> {
    const { data, postgres, port } = this.#of;
    const args = ['--enable-source-maps', main, 'up', '--port', String(port), '--data', data];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NETFOLD_POSTGRES: postgres, NETFOLD_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.starts += 1;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => this.#keep(chunk.toString()));
    }
    await this.#untilReady(child);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    this.#child = null;
  }

  /** Asks it to stop. @returns its exit code */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (child === null) return null;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    this.#child = null;
    return child.exitCode;
  }

  #keep(text: string): void {
    this.#printed.push(text);
    if (this.#printed.length > 200) this.#printed.shift();
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + readyMsMax;
    while (performance.now() < deadline && child.exitCode === null) {
      if (await this.#isReady()) return;
      await wait(30);
    }
    throw new Error(`the server did not become ready; it printed: ${this.printed}`);
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false; // Not listening yet.
    }
  }
}
