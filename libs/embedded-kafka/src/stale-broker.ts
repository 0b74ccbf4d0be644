import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A broker that was left behind gets so long to close its files. */
const staleStopMsMax = 20_000;
const pollMs = 50;

/** Remembers who runs with these properties, for `stopStaleBroker`. */
export function noteBroker(properties: string, processId: number): void {
  writeFileSync(pidFileOf(properties), String(processId));
}

export function forgetBroker(properties: string): void {
  rmSync(pidFileOf(properties), { force: true });
}

/**
 * Stops a broker whose owner was killed: it holds the data folder and the ports.
 * @throws when it does not stop
 */
export async function stopStaleBroker(properties: string): Promise<void> {
  const processId = brokerWith(properties);
  if (processId === null) return;
  process.kill(processId, 'SIGTERM');
  const deadline = performance.now() + staleStopMsMax;
  while (isAlive(processId)) {
    if (performance.now() > deadline) process.kill(processId, 'SIGKILL');
    await wait(pollMs);
  }
}

/** The living broker of these properties, if there is one; process ids are used again. */
function brokerWith(properties: string): number | null {
  const processId = Number(readText(pidFileOf(properties)) ?? Number.NaN);
  if (!Number.isInteger(processId) || processId <= 0) return null;
  if (process.platform === 'linux') {
    const command = readText(`/proc/${processId}/cmdline`) ?? '';
    return command.includes(properties) ? processId : null;
  }
  return isAlive(processId) ? processId : null;
}

/** A process that ends loses its command line before it closes its ports: its state counts. */
function isAlive(processId: number): boolean {
  if (process.platform === 'linux') {
    const [, state] = /^.*\) (\S)/.exec(readText(`/proc/${processId}/stat`) ?? '') ?? [];
    return state !== undefined && !'ZX'.includes(state);
  }
  try {
    return process.kill(processId, 0);
  } catch {
    return false; // No such process.
  }
}

const pidFileOf = (properties: string): string => `${properties}.pid`;

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Absent: no broker.
  }
}
