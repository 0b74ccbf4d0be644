import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type Run = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A small repository of its own with the real scripts of deploy/local in it. */
export class Clone {
  readonly path = mkdtempSync(join(tmpdir(), 'netfold-local-'));

  constructor() {
    cpSync(join(root, 'deploy/local'), join(this.path, 'deploy/local'), { recursive: true });
    this.write('package.json', '{ "type": "module" }');
    this.write('tsconfig.base.json', '{}');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  writeProgram(path: string, text: string): void {
    this.write(path, text);
    chmodSync(join(this.path, path), 0o755);
  }

  /** Makes the change visible on file systems that keep whole seconds only. */
  age(path: string, seconds: number): void {
    const then = Date.now() / 1000 - seconds;
    utimesSync(join(this.path, path), then, then);
  }

  /** Puts one of the real npm packages into this clone. */
  link(name: string): void {
    const target = join(this.path, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), target);
  }

  /** Starts a script of this clone; programs in its `bin` folder come before the system's. */
  start(script: string, args: readonly string[] = []): { pid: number; ended: Promise<Run> } {
    const child = spawn(process.execPath, [join(this.path, script), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${join(this.path, 'bin')}:${process.env['PATH'] ?? ''}` },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    const ended = new Promise<Run>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, ...output }));
    });
    return { pid: child.pid ?? 0, ended };
  }

  run(script: string, args: readonly string[] = []): Promise<Run> {
    return this.start(script, args).ended;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
