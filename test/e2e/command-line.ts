import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../apps/netfold/bin/netfold.mjs');

const runMsMax = 60_000;

/** What a terminal shows of one command, and how it ended. */
export type TerminalRun = {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
};

/** The command line as installed, with no server in its environment but the one of these values. */
export class CommandLine {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: Readonly<Record<string, string>>) {
    const bare = Object.entries(process.env).filter(([name]) => !/^(?:NETFOLD|DOCKER)_/.test(name));
    this.#environment = { ...Object.fromEntries(bare), ...environment };
  }

  /** Starts it and leaves it running; who starts it stops it. */
  start(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [program, ...args], {
      env: this.#environment,
      timeout: runMsMax,
    });
  }

  run(args: readonly string[], input = ''): Promise<TerminalRun> {
    const child = this.start(args);
    const printed = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
    child.stdin?.end(input);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve({ ...printed, status }));
    });
  }
}
