import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
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

type UserError = { readonly class: string; readonly message: string };

/** What a running server writes into its data folder. */
type Announced = {
  readonly url: string;
  readonly processId: number;
  readonly services?: readonly RunningService[];
};

/** One process of an installation of several. */
export type RunningService = {
  readonly name: string;
  readonly at: string;
  readonly processId: number | null;
};

/**
 * Names the data folder of an installation that the spec files of a lane share; what one of them
 * made is removed when it stops. See `test/scaled/shared-installation.ts`.
 */
const sharedDataVariable = 'NETFOLD_E2E_SHARED';

/**
 * The built server as users start it, in a process and a data folder of its own.
 * One per spec file: `beforeAll(async () => { server = await TestServer.start(); })`, and
 * `afterAll(() => server.stop())`.
 */
export class TestServer {
  /** `null`: shared, and somebody else's to start and stop. */
  readonly #child: ChildProcess | null;
  readonly #data: string;
  /** Sizes of the logs of its services when this began to look. */
  readonly #logsBefore: ReadonlyMap<string, number>;
  #printed = '';

  private constructor(child: ChildProcess | null, data: string) {
    this.#child = child;
    this.#data = data;
    this.#logsBefore = new Map(logFilesOf(data).map((path) => [path, statSync(path).size]));
    for (const stream of [child?.stdout, child?.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#printed = (this.#printed + chunk.toString()).slice(-printedCharactersMax);
      });
    }
  }

  /**
   * Starts a server, or takes the one that the lane shares.
   * @throws when the server is not ready in time; tells what it printed
   */
  static async start(): Promise<TestServer> {
    const shared = process.env[sharedDataVariable];
    return shared === undefined ? TestServer.startOwn() : new TestServer(null, shared);
  }

  /**
   * Starts a server that nobody else uses.
   * @param data  of a server that was killed, to go on with; else a new folder
   */
  static async startOwn(data = mkdtempSync(join(tmpdir(), 'netfold-e2e-'))): Promise<TestServer> {
    // Of the one that was killed: its address says nothing of this one.
    rmSync(join(data, 'server.json'), { force: true });
    const program = programs[installation];
    const args = ['--enable-source-maps', ...program, '--port', '0', '--data', data];
    // The channel ends with this process, however it ends, and the server with the channel.
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Docker clients come by TLS as well.
      env: { ...process.env, NETFOLD_DOCKER_TLS_PORT: '0' },
    });
    const server = new TestServer(child, data);
    try {
      await server.#untilReady(child);
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

  /** Of the process that answers at `url`. */
  get processId(): number {
    const { processId, services = [], url } = this.#announced;
    return services.find(({ at }) => at === url)?.processId ?? processId;
  }

  /** Where it is several processes: those, as they run now. */
  get services(): readonly RunningService[] {
    return this.#announced.services ?? [];
  }

  get url(): string {
    return this.#announced.url;
  }

  get token(): string {
    return readFileSync(join(this.#data, 'token'), 'utf8').trim();
  }

  /** What it has printed, its services included, since this was started. */
  get printed(): string {
    const logs = logFilesOf(this.#data).map((path) =>
      readFileSync(path)
        .subarray(this.#logsBefore.get(path) ?? 0)
        .toString(),
    );
    return [this.#printed, ...logs].join('\n');
  }

  /** Lets all spec files that are started from now on use this one. */
  share(): void {
    process.env[sharedDataVariable] = this.#data;
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
    if (child === null) return this.#removeLabs();
    if (isAlive(child)) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([exited, wait(stopMsMax, undefined, { ref: false })]);
      await this.kill();
    }
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Ends its first process at once, if it is alive, and leaves the data folder. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || !isAlive(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  get #announced(): Announced {
    return JSON.parse(readFileSync(join(this.#data, 'server.json'), 'utf8')) as Announced;
  }

  /** The next spec file gives its labs the same names. */
  async #removeLabs(): Promise<void> {
    for (;;) {
      const { labs } = await this.ask<{
        readonly labs: { readonly nodes: readonly { readonly labId: string }[] };
      }>('{ labs(first: 200) { nodes { labId } } }');
      if (labs.nodes.length === 0) return;
      for (const { labId } of labs.nodes) await this.#removeLab(labId);
    }
  }

  async #removeLab(labId: string): Promise<void> {
    const { labRemove } = await this.ask<{
      readonly labRemove: { readonly userErrors: readonly UserError[] };
    }>('mutation ($i: LabRemoveInput!) { labRemove(input: $i) { userErrors { class message } } }', {
      i: { lab: labId },
    });
    const [refusal] = labRemove.userErrors;
    // A list may be behind by the labs that were removed last.
    if (refusal === undefined || refusal.class === 'NOT_FOUND') return;
    throw new Error(`${labId} was not removed: ${refusal.message}`);
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + readyMsMax;
    while (performance.now() < deadline && child.exitCode === null) {
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

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

/** Of the services of an installation; none where all is one process. */
function logFilesOf(data: string): readonly string[] {
  const folder = join(data, 'logs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
