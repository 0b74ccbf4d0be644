import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CommandLine } from '../command-line.ts';
import { TestServer } from '../server.ts';

const runMsMax = 60_000;

/** What a client printed, and how it ended. */
export type ClientRun = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Every `docker` on the machine's path: a newer and an older one may stand side by side. */
export const dockerClients: readonly string[] = [
  ...new Set(
    (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'docker'))
      .filter((file) => existsSync(file))
      .map((file) => realpathSync(file)),
  ),
];

/** One server with a lab of one host, and the genuine clients at it. */
export class LabClients {
  readonly socketPath: string;
  /** A folder of its own for what clients read and write. */
  readonly folder: string;
  readonly #server: TestServer;

  private constructor(server: TestServer, socketPath: string) {
    this.#server = server;
    this.socketPath = socketPath;
    this.folder = mkdtempSync(join(tmpdir(), 'netfold-clients-'));
  }

  static async start(): Promise<LabClients> {
    const server = await TestServer.start();
    const line = new CommandLine({ NETFOLD_DATA: server.data });
    const made = await line.run(['lab', 'create', 'clients', '--hosts', 'h1', '--print-endpoints']);
    const socket = /^h1 docker=unix:\/\/(\S+)$/m.exec(made.stdout)?.[1];
    if (socket === undefined) throw new Error(`no endpoint in ${made.stdout}${made.stderr}`);
    return new LabClients(server, socket);
  }

  /** Runs a client to its end. */
  run(program: string, args: readonly string[], input?: string): ClientRun {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: runMsMax,
      input: input ?? '',
      env: {
        HOME: this.folder,
        PATH: process.env['PATH'] ?? '',
        DOCKER_HOST: `unix://${this.socketPath}`,
      },
    });
    return { status, stdout, stderr };
  }

  /** What a client printed that must have ended well. */
  printed(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.run(program, args);
    if (status === 0) return stdout;
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  }

  /** The data of a GraphQL query, as `netfold query` prints it. */
  async query(text: string): Promise<unknown> {
    const line = new CommandLine({ NETFOLD_DATA: this.#server.data });
    const { stdout, stderr } = await line.run(['query'], text);
    if (stderr !== '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
