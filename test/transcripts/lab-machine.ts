import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quoted, runLine, type CommandAnswer } from './command.ts';
import { openTap, type EngineTap } from './engine-tap.ts';
import { neededTools, type LabHost } from './host-state.ts';

/**
 * How to reach machines with an engine. In every template `{host}` is the machine's name:
 *
 * - `docker`: the engine's endpoint, `unix:///var/run/docker.sock` or `tcp://{host}:2375`
 * - `shell`: a root prompt there, `ssh root@{host} {cmd}`; `{cmd}` is one quoted word
 * - `fresh`: makes the machines `{hosts}` (a,b,c) pristine: no containers, networks, swarm
 * - `client`, `oldClient`: the docker programs that `docker` and `docker20` stand for
 */
export type Machines = {
  docker: string;
  shell: string;
  fresh: string;
  client: string;
  oldClient: string;
};

/** Machines made ready for one topology, and the folder where its lines run. */
export type Lab = { hosts: Map<string, ReadyHost>; folder: string; close(): void };

/** A lab host whose client speaks through a tap. */
export type ReadyHost = LabHost & {
  tap: EngineTap;
  client(line: string, secondsMax: number): Promise<CommandAnswer>;
};

/** A shell line on a host may wait for a refused connection, but not for ever. */
const shellSecondsMax = 60;

/** Machines from the command line: `--docker`, `--shell`, `--fresh`, `--client`, `--old-client`. */
export function machinesFrom(values: Record<string, unknown>): Machines {
  const text = (name: string, otherwise: string): string => {
    const value = values[name];
    return typeof value === 'string' ? value : otherwise;
  };
  return {
    docker: text('docker', 'unix:///var/run/docker.sock'),
    shell: text('shell', 'sh -c {cmd}'),
    fresh: text('fresh', 'true'),
    client: text('client', '/usr/bin/docker'),
    oldClient: text('old-client', '/usr/bin/docker'),
  };
}

/** Makes the machines pristine, writes the files, opens a tap per host, checks the tools. */
export async function openLab(
  machines: Machines,
  hostNames: readonly string[],
  files: Record<string, string>,
): Promise<Lab> {
  const temporary = mkdtempSync(join(tmpdir(), 'record-'));
  // Compose names a project after its folder: it is always `lab`.
  const folder = join(temporary, 'lab');
  for (const part of ['lab', 'bin', 'home/.docker'])
    mkdirSync(join(temporary, part), { recursive: true });
  symlinkSync(machines.client, join(temporary, 'bin/docker'));
  symlinkSync(machines.oldClient, join(temporary, 'bin/docker20'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const place = { env: { ...plainEnv(process.env), LANG: 'C' }, folder: '/', secondsMax: 120 };
  const fresh = await runLine(machines.fresh.replaceAll('{hosts}', hostNames.join(',')), place);
  if (fresh.exit !== 0) throw new Error(`fresh: ${fresh.stderr}`);
  const hosts = new Map<string, ReadyHost>();
  for (const name of hostNames) hosts.set(name, await openHost(machines, name, temporary));
  const close = (): void => {
    for (const host of hosts.values()) host.tap.close();
    rmSync(temporary, { recursive: true, force: true });
  };
  return { hosts, folder, close };
}

async function openHost(machines: Machines, name: string, temporary: string): Promise<ReadyHost> {
  const endpoint = machines.docker.replaceAll('{host}', name);
  const tap = await openTap(join(temporary, `${name}.sock`), endpoint);
  const env = {
    PATH: `${temporary}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    HOME: `${temporary}/home`,
    DOCKER_CONFIG: `${temporary}/home/.docker`,
    LANG: 'C',
    TERM: 'dumb',
    COLUMNS: '200',
    DOCKER_BUILDKIT: '0',
    DOCKER_CLI_HINTS: 'false',
    COMPOSE_ANSI: 'never',
    COMPOSE_DOCKER_CLI_BUILD: '0',
  };
  const folder = join(temporary, 'lab');
  const shellEnv = { ...plainEnv(process.env), LANG: 'C' };
  const shell = (line: string): Promise<CommandAnswer> => {
    const full = machines.shell.replaceAll('{host}', name).replaceAll('{cmd}', () => quoted(line));
    return runLine(full, { env: shellEnv, folder: '/', secondsMax: shellSecondsMax });
  };
  const client = (line: string, secondsMax: number): Promise<CommandAnswer> =>
    runLine(line, { env: { ...env, DOCKER_HOST: tap.endpoint }, folder, secondsMax });
  const docker = (line: string): Promise<CommandAnswer> =>
    runLine(line, { env: { ...env, DOCKER_HOST: endpoint }, folder, secondsMax: shellSecondsMax });
  const tools = await shell(neededTools.map((tool) => `command -v ${tool}`).join(' && '));
  if (tools.exit !== 0) throw new Error(`${name} lacks one of ${neededTools.join(' ')}`);
  return { name, endpoint, shell, docker, tap, client };
}

function plainEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) result[name] = value;
  return result;
}
