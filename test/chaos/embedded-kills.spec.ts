import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings } from './checker.ts';
import { freePort } from './free-port.ts';
import { Load, figuresOf } from './load.ts';
import { readLog } from './log-rows.ts';
import { NetfoldProcess } from './netfold-process.ts';
import { seconds, seed } from './seed.ts';

const labs = 2;
const clientsPerLab = 2;
const calmMs = 1_000;
const recoveryMsMax = 15_000;
/** The service does not wait for commands that its dead PostgreSQL can never take. */
const endMsMax = 10_000;

let folder = '';
let server: NetfoldProcess;
let load: Load | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-chaos-'));
  chmodSync(folder, 0o700);
  server = new NetfoldProcess({
    data: join(folder, 'data'),
    postgres: null,
    port: await freePort(),
  });
  await server.start();
}, 120_000);

afterAll(async () => {
  load?.abort();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test(
  'a server with its own PostgreSQL loses nothing when either of them is killed',
  { timeout: 180_000 },
  async () => {
    load = await Load.start({ folder, server, labs, clientsPerLab, seed });
    await wait(calmMs);
    const afterPostgres = await killItsPostgres(load);
    await wait(calmMs);
    const afterService = await killTheService(load);
    await wait(calmMs);
    await server.verify();
    const history = await load.stop(() => readLog(server.database));
    process.stdout.write(
      `chaos seed ${seed}, embedded: ${figuresOf(history)}; answers again after` +
        ` ${seconds([afterPostgres])} s when its PostgreSQL was killed,` +
        ` ${seconds([afterService])} s when the service was\n`,
    );
    expect(findings(history)).toEqual([]);
    expect(history.isAllSeen).toBe(true);
    expect(await server.stop()).toBe(0);
    await server.verify();
  },
);

/** The service cannot go on and says so; the next start recovers. @returns in ms */
async function killItsPostgres(under: Load): Promise<number> {
  const killedAt = performance.now();
  process.kill(server.embeddedPostgres, 'SIGKILL');
  expect(await server.end()).toBe(1);
  expect(performance.now() - killedAt).toBeLessThan(endMsMax);
  expect(server.printed).toContain('the embedded PostgreSQL ended by itself');
  await server.start();
  await under.recovery(recoveryMsMax);
  return performance.now() - killedAt;
}

/** Its PostgreSQL is left behind; the next start stops it and has an own. @returns in ms */
async function killTheService(under: Load): Promise<number> {
  const killedAt = performance.now();
  const left = server.embeddedPostgres;
  await server.kill();
  expect(isAlive(left)).toBe(true);
  await server.start();
  expect(isAlive(left)).toBe(false);
  expect(server.embeddedPostgres).not.toBe(left);
  await under.recovery(recoveryMsMax);
  return performance.now() - killedAt;
}

/** A process that has ended and waits for its parent to notice has no command line any more. */
function isAlive(processId: number): boolean {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8') !== '';
  } catch {
    return false; // No such process.
  }
}
