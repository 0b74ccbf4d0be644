import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PostgresProblem } from './postgres-problem.ts';

/** A server that was left behind gets so long to shut down. */
const staleStopMsMax = 20_000;

/**
 * Stops a PostgreSQL of this data folder whose owner was killed; its clients are gone with it.
 * A lock file without a living process is PostgreSQL's own to clear.
 *
 * @throws PostgresProblem when it does not stop
 */
export async function stopStalePostmaster(data: string): Promise<void> {
  const processId = postmasterOf(data);
  if (processId === null) return;
  process.kill(processId, 'SIGINT');
  const deadline = performance.now() + staleStopMsMax;
  while (postmasterOf(data) === processId) {
    if (performance.now() > deadline) throw stillThere(processId, data);
    await wait(20);
  }
}

/** The living PostgreSQL that holds the data folder, if there is one. */
function postmasterOf(data: string): number | null {
  const text = readText(join(data, 'postmaster.pid'));
  const processId = Number(text?.split('\n')[0]);
  if (!Number.isInteger(processId) || processId <= 0) return null;
  return isPostgres(processId, data) ? processId : null;
}

/** Process ids are used again: only a program that names this folder is ours to stop. */
function isPostgres(processId: number, data: string): boolean {
  if (process.platform === 'linux') {
    const command = readText(`/proc/${processId}/cmdline`) ?? '';
    return command.includes('postgres') && command.includes(data);
  }
  try {
    return process.kill(processId, 0);
  } catch {
    return false; // No such process.
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Absent: no server.
  }
}

const stillThere = (processId: number, data: string): PostgresProblem =>
  new PostgresProblem({
    code: 'NF1203',
    problem: 'a PostgreSQL that was left behind does not stop',
    cause: `process ${processId} holds ${data}`,
    fix: `stop it by hand (\`kill -INT ${processId}\`), then start again`,
  });
