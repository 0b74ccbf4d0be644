import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const apps = join(import.meta.dirname, '../../apps');

/** What the suite runs against: everything in one process, or services on Kafka. */
const programs = {
  embedded: [join(apps, 'netfold/dist/main.js'), 'up'],
  scaled: [join(apps, 'scaled/dist/main.js')],
} as const;
const installation = process.env['NETFOLD_E2E'] === 'scaled' ? 'scaled' : 'embedded';

/** Databases made anew included. */
const readyMsMax = 120_000;
const stopMsMax = 60_000;
const askMsMax = 30_000;
const printedCharactersMax = 20_000;

/** What a query answers is as deep as the query: who asks says which form it has. */
type GraphqlAnswer<Data> = {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
};

/**
 * The built server as users start it, in a process and a data folder of its own.
 * One per spec file: `beforeAll(async () => { server = await TestServer.start(); })`, and
 * `afterAll(() => server.stop())`.
 */
export class TestServer {
  readonly #child: ChildProcess;
  readonly #data: string;
  #printed = '';

  private constructor(child: ChildProcess, data: string) {
    this.#child = child;
    this.#data = data;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#printed = (this.#printed + chunk.toString()).slice(-printedCharactersMax);
      });
    }
  }

  /** @throws when the server is not ready within a minute; tells what it printed */
  static async start(options: readonly string[] = []): Promise<TestServer> {
    const data = mkdtempSync(join(tmpdir(), 'netfold-e2e-'));
    const program = programs[installation];
    const args = ['--enable-source-maps', ...program, '--port', '0', '--data', data, ...options];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new TestServer(child, data);
    try {
      await server.#untilReady();
    } catch (fault) {
      await server.stop();
      throw fault;
    }
    return server;
  }

  /** The data folder, whose owner alone may enter it. */
  get data(): string {
    return this.#data;
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  get url(): string {
    const written = JSON.parse(readFileSync(join(this.#data, 'server.json'), 'utf8')) as {
      readonly url: string;
    };
    return written.url;
  }

  get token(): string {
    return readFileSync(join(this.#data, 'token'), 'utf8').trim();
  }

  get printed(): string {
    return this.#printed;
  }

  /**
   * Asks by GraphQL over HTTP, as the local operator.
   * @throws on errors of the query itself; refusals stand in the answer, as `userErrors`
   */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(askMsMax),
    });
    const answer = (await response.json()) as GraphqlAnswer<Data>;
    const problems = answer.errors?.map(({ message }) => message).join('; ');
    if (problems !== undefined || answer.data === undefined || answer.data === null) {
      throw new Error(`GraphQL answered ${response.status}: ${problems}; asked: ${query}`);
    }
    return answer.data;
  }

  /** Asks it to stop, waits for its end and removes its data folder. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([exited, wait(stopMsMax, undefined, { ref: false })]);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await exited;
      }
    }
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    const deadline = performance.now() + readyMsMax;
    while (performance.now() < deadline && this.#child.exitCode === null) {
      if (await this.#isReady()) return;
      await wait(30);
    }
    throw new Error(`the server did not become ready; it printed: ${this.#printed}`);
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false; // It has not written its address yet, or does not listen yet.
    }
  }
}
