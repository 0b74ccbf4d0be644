import { spawn } from 'node:child_process';
import { constants as fileConstants } from 'node:fs';
import { access as demandAccess, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetfoldProblem } from '@netfold/configuration';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { isLocal } from '../server-access.ts';
import { dockerAccess } from './docker-access.ts';
import { hostReference } from './host-reference.ts';
import type { HostReference } from './host-reference.ts';

const usage = 'netfold docker LAB/HOST -- COMMAND...';

/** As a shell ends when a signal has ended its command. */
const signalExit = 128;

const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Variables = Readonly<Record<string, string>>;

/** `netfold docker LAB/HOST -- CMD`: the machine's genuine client, at the engine of a host. */
export async function docker(input: CliInput): Promise<CliOutput> {
  const at = hostReference(input.positionals[0] ?? '', 'docker', usage);
  const socket = isLocal(input) ? await socketOf(input, at) : null;
  if (socket !== null) return run(input, { DOCKER_HOST: socket });
  const access = await dockerAccess(input, at);
  if ('exitCode' in access) return access;
  const folder = await mkdtemp(join(tmpdir(), 'netfold-docker-'));
  try {
    for (const [name, text] of Object.entries(access.files)) {
      await writeFile(join(folder, name), text, { mode: 0o600 });
    }
    return await run(input, {
      DOCKER_HOST: access.endpoint,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folder,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const hostDocument = `query ($lab: String!, $host: String!) {
  lab(name: $lab) { host(name: $host) { dockerHost } }
}`;

/**
 * The unix socket of the host, for who owns the server: it lets in as its operator whoever can open
 * it. `null`: go by TLS, which also tells what is wrong with the names.
 */
async function socketOf(input: CliInput, { lab, host }: HostReference): Promise<string | null> {
  const answer = await ask<{
    readonly lab: { readonly host: { readonly dockerHost: string | null } | null } | null;
  }>(input, hostDocument, { lab, host });
  const dockerHost = answer.lab?.host?.dockerHost ?? null;
  if (dockerHost === null) return null;
  return (await isOpenSocket(dockerHost.replace(/^unix:\/\//, ''))) ? dockerHost : null;
}

async function isOpenSocket(path: string): Promise<boolean> {
  try {
    await demandAccess(path, fileConstants.R_OK | fileConstants.W_OK);
    return (await stat(path)).isSocket();
  } catch {
    return false; // Another machine's, or another user's.
  }
}

/**
 * Hands the terminal over: input, output, signals and the exit code are the client's. For `--json`
 * what it prints is kept.
 */
function run({ rest, environment, values }: CliInput, variables: Variables): Promise<CliOutput> {
  const output = values['json'] === true ? 'pipe' : 'inherit';
  const client = spawn('docker', [...rest], {
    stdio: ['inherit', output, output],
    env: { ...withoutEngine(environment), ...variables },
  });
  const kept = { stdout: '', stderr: '' };
  client.stdout?.setEncoding('utf8').on('data', (text: string) => (kept.stdout += text));
  client.stderr?.setEncoding('utf8').on('data', (text: string) => (kept.stderr += text));
  const pass = (signal: NodeJS.Signals): void => {
    // A key of the terminal has reached the client already, which says what it means.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) client.kill(signal);
  };
  for (const signal of passedSignals) process.on(signal, pass);
  return new Promise<CliOutput>((resolve, reject) => {
    client.once('error', (cause) => reject(absent(cause)));
    // Behind the last of its output.
    client.once('close', (code, signal) => {
      const ended = code ?? signalExit + (signal === null ? 0 : constants.signals[signal]);
      resolve({ ...kept, exitCode: ended });
    });
  }).finally(() => {
    for (const signal of passedSignals) process.off(signal, pass);
  });
}

/** By what the client is told of an engine; that of another one must not be mixed with ours. */
const engineVariables: ReadonlySet<string> = new Set([
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_TLS',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
]);

const withoutEngine = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !engineVariables.has(name)));

const absent = (cause: Error): Error =>
  'code' in cause && cause.code === 'ENOENT'
    ? new NetfoldProblem(
        {
          code: 'NF1011',
          problem: 'there is no `docker` on this machine',
          cause: 'the PATH leads to no program of this name',
          fix: 'install the Docker client; an engine is not needed',
        },
        { cause },
      )
    : cause;
