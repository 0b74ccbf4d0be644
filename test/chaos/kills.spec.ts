import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings } from './checker.ts';
import { CommitCutter } from './commit-cutter.ts';
import { freePort } from './free-port.ts';
import { Load, figuresOf } from './load.ts';
import { readLog } from './log-rows.ts';
import { NetfoldProcess } from './netfold-process.ts';
import { seconds, seed } from './seed.ts';
import { mulberry } from './workload.ts';

const labs = 4;
const clientsPerLab = 2;
const serviceKills = 4;
const postgresKills = 3;
const ambiguousCommitsMin = 200;
const acknowledgedMin = 1_000;
const cutShare = 0.7;
const cuttingMsMax = 120_000;
/** Load between two faults. */
const calmMs = 700;
/** Commands are answered again so soon after the fault is over; alone it is less than 3 s. */
const recoveryMsMax = 15_000;

const random = mulberry(seed);

let folder = '';
let postgres: EmbeddedPostgres;
let cutter: CommitCutter;
let server: NetfoldProcess;
let load: Load | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-chaos-'));
  chmodSync(folder, 0o700);
  postgres = await startPostgres({ folder: join(folder, 'pg') });
  cutter = new CommitCutter(join(postgres.connection.host, '.s.PGSQL.5432'), random);
  await cutter.listen(join(folder, '.s.PGSQL.5432'));
  server = new NetfoldProcess({
    data: join(folder, 'data'),
    postgres: urlThrough(folder),
    port: await freePort(),
  });
  await server.start();
}, 120_000);

afterAll(async () => {
  load?.abort();
  await server.kill();
  await cutter.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test(
  'no kill and no cut at commit loses, doubles or invents anything',
  { timeout: 240_000 },
  async () => {
    load = await Load.start({ folder, server, labs, clientsPerLab, seed });
    await wait(calmMs);
    const afterServiceKills = await killTheService(load);
    await server.verify();
    const afterPostgresKills = await killPostgres(load);
    await server.verify();
    await cutCommits(load);
    const afterCuts = await load.recovery(recoveryMsMax);
    const verified = await server.verify();
    const history = await load.stop(() => readLog(postgres.connection));
    process.stdout.write(
      `chaos seed ${seed}: ${figuresOf(history)};` +
        ` ${serviceKills} kills of the service, answers again after` +
        ` ${seconds(afterServiceKills)} s; ${postgresKills} of PostgreSQL, after` +
        ` ${seconds(afterPostgresKills)} s; ${cutter.cutsBefore} cuts before and` +
        ` ${cutter.cutsAfter} after the commit, after ${seconds([afterCuts])} s\n${verified}`,
    );
    expect(findings(history)).toEqual([]);
    expect(history.isAllSeen).toBe(true);
    expect(server.starts).toBe(serviceKills + 1);
    expect(server.isRunning).toBe(true);
    expect(cutter.cuts).toBeGreaterThanOrEqual(ambiguousCommitsMin);
    expect(load.acknowledged).toBeGreaterThan(acknowledgedMin);
  },
);

/** @returns from each kill to the next answer, the start of the service included, in ms */
async function killTheService(under: Load): Promise<readonly number[]> {
  const recoveries: number[] = [];
  for (let kill = 0; kill < serviceKills; kill += 1) {
    await server.kill();
    const killedAt = performance.now();
    await server.start();
    await under.recovery(recoveryMsMax);
    recoveries.push(performance.now() - killedAt);
    await wait(calmMs * random());
  }
  return recoveries;
}

/** @returns from when PostgreSQL is back to the next answer: nobody restarts the service, in ms */
async function killPostgres(under: Load): Promise<readonly number[]> {
  const recoveries: number[] = [];
  for (let kill = 0; kill < postgresKills; kill += 1) {
    process.kill(postgres.processId, 'SIGKILL');
    await postgres.ended;
    postgres = await startPostgres({ folder: join(folder, 'pg') });
    recoveries.push(await under.recovery(recoveryMsMax));
    await wait(calmMs * random());
  }
  return recoveries;
}

/** Cuts until there are enough ambiguous commits, and enough commands in the whole run. */
async function cutCommits(under: Load): Promise<void> {
  const deadline = performance.now() + cuttingMsMax;
  const isEnough = () => cutter.cuts >= ambiguousCommitsMin && under.acknowledged > acknowledgedMin;
  cutter.cutShare = cutShare;
  while (!isEnough() && performance.now() < deadline) await wait(50);
  cutter.cutShare = 0;
}

/** The same PostgreSQL, reached through the socket of the proxy. */
function urlThrough(socketFolder: string): string {
  const { user, password, database } = postgres.connection;
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}
