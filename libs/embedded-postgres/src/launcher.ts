import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, chownSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { PostgresProblem } from './postgres-problem.ts';

/** The unprivileged user of every Linux system. */
const nobody = 65_534;

/** Where copies stand when PostgreSQL cannot run where the npm packages and the data are. */
const copyRoot = '/var/lib/netfold';

/** How PostgreSQL's programs are run here; they refuse to run as root. */
export type Launcher = {
  readonly binaries: Binaries;
  /** The data folder as those programs can reach it. */
  readonly data: string;
  readonly run: (program: string, args: readonly string[]) => ChildProcess;
};

export type LauncherWay = 'direct' | 'userNamespace' | 'copyAsNobody';

/** The best way for this user on this machine. */
export function chooseWay(): LauncherWay {
  if (process.getuid?.() !== 0) return 'direct';
  return namespacesWork() ? 'userNamespace' : 'copyAsNobody';
}

/**
 * As root, a user namespace in which we are nobody: files stay ours, nothing is chowned, and it
 * works below folders that only root may enter. Where that is forbidden, copies that nobody can
 * reach.
 */
export function launcherOf(way: LauncherWay, binaries: Binaries, data: string): Launcher {
  switch (way) {
    case 'direct':
      return { binaries, data, run: (program, args) => start(program, args) };
    case 'userNamespace':
      return {
        binaries,
        data,
        run: (program, args) => start('unshare', [...namespaceArguments, program, ...args]),
      };
    case 'copyAsNobody':
      return copyAsNobody(binaries, data);
  }
}

const namespaceArguments = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

const namespacesWork = (): boolean =>
  spawnSync('unshare', [...namespaceArguments, 'true'], { stdio: 'ignore' }).status === 0;

function start(program: string, args: readonly string[], uid?: number): ChildProcess {
  return spawn(program, [...args], {
    // A session of its own: Ctrl-C goes to us, and we decide when PostgreSQL stops.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    ...(uid === undefined ? {} : { uid, gid: uid, cwd: '/' }),
  });
}

function copyAsNobody(binaries: Binaries, data: string): Launcher {
  const native = dirname(dirname(binaries.postgres));
  const version = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const programs = join(copyRoot, `programs-${version}`);
  const own = join(copyRoot, createHash('sha256').update(data).digest('hex').slice(0, 12));
  try {
    if (!existsSync(programs))
      cpSync(native, programs, { recursive: true, verbatimSymlinks: true });
    mkdirSync(own, { recursive: true, mode: 0o700 });
    chownSync(own, nobody, nobody);
  } catch (cause) {
    throw new PostgresProblem(
      {
        code: 'NF1202',
        problem: 'PostgreSQL cannot run as root here',
        cause: `user namespaces are forbidden, and ${copyRoot} cannot be written: ${String(cause)}`,
        fix: 'start as an ordinary user, or allow user namespaces',
      },
      { cause },
    );
  }
  const bin = join(programs, 'bin');
  return {
    binaries: { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') },
    data: join(own, 'data'),
    run: (program, args) => start(program, args, nobody),
  };
}
