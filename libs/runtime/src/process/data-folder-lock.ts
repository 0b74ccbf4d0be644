import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NetfoldProblem } from '@netfold/configuration';

type Holder = { readonly processId: number; readonly startedAt: string };

/**
 * Makes sure that one server alone uses the data folder. A lock whose process is gone is taken
 * over: it names the process and when that started, so a process id used again does not count.
 *
 * @returns lets go of the folder
 * @throws NetfoldProblem when another server holds it, or it cannot be written
 */
export function lockDataFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  makeFolder(folder);
  const holder = readHolder(path);
  if (holder !== null && holder.processId !== process.pid && isAlive(holder)) {
    throw new NetfoldProblem({
      code: 'NF1301',
      problem: `another server uses the data folder \`${folder}\``,
      cause: `process ${holder.processId} holds ${path}`,
      fix: 'stop that server, or choose another folder with --data',
    });
  }
  const own: Holder = { processId: process.pid, startedAt: startOf(process.pid) };
  writeFileSync(path, JSON.stringify(own), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

function makeFolder(folder: string): void {
  try {
    makeWithParents(folder);
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1302',
        problem: `the data folder \`${folder}\` cannot be used`,
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'choose a folder that you may write with --data',
      },
      { cause },
    );
  }
}

/** Level by level: asked for all at once, Node tries for ever where a parent takes no folders. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null; // Absent, or half written by a process that was killed: nobody holds it.
  }
}

function isAlive({ processId, startedAt }: Holder): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false; // No such process, or not ours and so no server of this user.
  }
  return startOf(processId) === startedAt;
}

/** Clock ticks after boot at which the process started; empty where the system does not tell. */
function startOf(processId: number): string {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  } catch {
    return ''; // Not Linux: the process id has to do.
  }
}
