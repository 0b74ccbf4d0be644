import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings } from './checker.ts';
import { CommitCutter } from './commit-cutter.ts';
import { Journal, readJournal } from './journal.ts';
import { LabClient } from './lab-client.ts';
import { watchLab } from './lab-watcher.ts';
import { readLog } from './log-rows.ts';
import { NetfoldProcess } from './netfold-process.ts';

const clients = 8;
const serviceKills = 4;
const postgresKills = 3;
const ambiguousCommitsMin = 200;
const cutShare = 0.25;
const cuttingMsMax = 120_000;
const calmMs = 1_500;

const seed = Number(process.env['NETFOLD_CHAOS_SEED'] ?? Date.now() % 2 ** 31);
const random = mulberry(seed);

let folder = '';
let postgres: EmbeddedPostgres;
let cutter: CommitCutter;
let server: NetfoldProcess;

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
  await server.kill();
  await cutter.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

test(
  'no kill and no cut at commit loses, doubles or invents anything',
  { timeout: 400_000 },
  async () => {
    const labs = await Promise.all(
      Array.from({ length: clients }, (_, n) => createLab(`chaos-${n}`)),
    );
    const stop = new AbortController();
    const path = (lab: string): string => join(folder, `${lab}.journal`);
    const journals = labs.map((lab) => new Journal(path(lab)));
    const workers = labs.map((lab, n) => {
      const own = mulberry(seed + n);
      return new LabClient({ lab, server: address, journal: journals[n] as Journal, random: own });
    });
    const running = [
      ...workers.map((worker) => worker.work(stop.signal)),
      ...labs.map((lab, n) =>
        watchLab({ lab, server: address, journal: journals[n] as Journal, signal: stop.signal }),
      ),
    ];
    await wait(calmMs);
    await killTheService();
    await killPostgres();
    await cutCommits();
    await wait(calmMs);
    stop.abort();
    await Promise.all(running);
    for (const journal of journals) journal.close();
    const history = {
      ...(await readLog(postgres.connection)),
      journals: labs.map((lab) => readJournal(path(lab))),
    };
    const acknowledged = workers.reduce((sum, worker) => sum + worker.acknowledged, 0);
    const seen = history.journals.flat().filter(({ what }) => what === 'saw').length;
    process.stdout.write(
      `chaos seed ${seed}: ${acknowledged} acknowledged, ${history.log.length} commits,` +
        ` ${seen} seen by subscriptions, ${server.starts - 1} kills of the service,` +
        ` ${postgresKills} of PostgreSQL, ${cutter.cutsBefore} cuts before and` +
        ` ${cutter.cutsAfter} after the commit\n`,
    );
    expect(findings(history)).toEqual([]);
    expect(cutter.cuts).toBeGreaterThanOrEqual(ambiguousCommitsMin);
    expect(acknowledged).toBeGreaterThan(1_000);
    expect(seen).toBeGreaterThan(0);
  },
);

async function killTheService(): Promise<void> {
  for (let kill = 0; kill < serviceKills; kill += 1) {
    await server.kill();
    await server.start();
    await wait(calmMs / 2);
  }
}

async function killPostgres(): Promise<void> {
  for (let kill = 0; kill < postgresKills; kill += 1) {
    process.kill(postgres.processId, 'SIGKILL');
    await postgres.ended;
    postgres = await startPostgres({ folder: join(folder, 'pg') });
    await wait(calmMs);
  }
}

async function cutCommits(): Promise<void> {
  const deadline = performance.now() + cuttingMsMax;
  cutter.cutShare = cutShare;
  while (cutter.cuts < ambiguousCommitsMin && performance.now() < deadline) await wait(100);
  cutter.cutShare = 0;
}

const address = () => ({ url: server.url, token: server.token });

async function createLab(name: string): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { labCreate(input: { name: "${name}", hosts: [{ name: "h1" }, { name: "h2" }] })
        { lab { labId } userErrors { message } } }`,
    }),
  });
  const answer = (await response.json()) as {
    readonly data: { readonly labCreate: { readonly lab: { readonly labId: string } } };
  };
  return answer.data.labCreate.lab.labId;
}

/** The same PostgreSQL, reached through the socket of the proxy. */
function urlThrough(socketFolder: string): string {
  const { user, password, database } = postgres.connection;
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return port;
}

/** A small seeded generator: the schedule of a run can be repeated, its interleaving cannot. */
function mulberry(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
