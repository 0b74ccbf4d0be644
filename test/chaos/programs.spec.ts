import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { post } from './graphql-post.ts';
import { readLog } from './log-rows.ts';
import { NetfoldProcess } from './netfold-process.ts';

const containers = 40;
/** A kill that came too late hits nothing: the next round has new containers. */
const roundsMax = 10;
const endMsMax = 15_000;
const pollMs = 100;

let folder = '';
let server: NetfoldProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-chaos-'));
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  server = new NetfoldProcess({ data, postgres: null, port: await freePort() });
  await server.start();
}, 120_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('a program whose start was committed when the service was killed ends after the next start', async () => {
  await ask('mutation { labCreate(input: {name: "l", hosts: [{name: "h1"}]}) { version } }');
  let left = 0;
  for (let round = 1; round <= roundsMax && left === 0; round += 1) {
    left = await killWithProgramsUnderWay(round);
    await server.start();
    await untilNoneRuns();
  }
  expect(left).toBeGreaterThan(0);
  await server.verify();
}, 180_000);

/** @returns how many containers the log left running whose program does nothing but end */
async function killWithProgramsUnderWay(round: number): Promise<number> {
  const names = Array.from({ length: containers }, (_, index) => `c${round}-${index}`);
  await Promise.all(names.map((name) => create(name)));
  const log = new pg.Client(server.database);
  await log.connect();
  const started = async () => {
    const { rows } = await log.query<{ n: number }>(
      "select count(*)::integer as n from log.commit where events::text like '%ContainerStarted%'",
    );
    return rows[0]?.n ?? 0;
  };
  const startedBefore = await started();
  // Their answers, and whether there are any, do not matter.
  const answers = Promise.allSettled(names.map((name) => start(name)));
  while ((await started()) === startedBefore);
  await server.kill();
  await Promise.all([answers, log.end()]);
  // Its PostgreSQL is left behind until the next start.
  const { log: commits } = await readLog(server.database);
  const events = commits.flatMap((commit) => commit.events as readonly { readonly type: string }[]);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  return count('ContainerStarted') - count('ContainerExited');
}

async function untilNoneRuns(): Promise<void> {
  const deadline = performance.now() + endMsMax;
  for (;;) {
    const running = await namesOfRunning();
    if (running.length === 0) return;
    if (performance.now() > deadline) throw new Error(`still running: ${running.join(', ')}`);
    await wait(pollMs);
  }
}

async function namesOfRunning(): Promise<readonly string[]> {
  type Shown = { readonly nodes: readonly { readonly name: string; readonly status: string }[] };
  const { lab } = await ask<{
    readonly lab: { readonly host: { readonly containers: Shown } };
  }>('{ lab(id: "l") { host(name: "h1") { containers(first: 200) { nodes { name status } } } } }');
  const { nodes } = lab.host.containers;
  return nodes.filter(({ status }) => status === 'RUNNING').map(({ name }) => name);
}

const create = (name: string) =>
  ask(
    `mutation { containerCreate(input: {lab: "l", host: "h1", name: "${name}",` +
      ' image: "alpine", command: ["true"]}) { version } }',
  );

const start = (name: string) =>
  ask(
    `mutation { containerStart(input: {lab: "l", host: "h1", container: "${name}"}) { version } }`,
  );

async function ask<T>(query: string): Promise<T> {
  const posted = await post<T>(server.address, query, {});
  if (posted.kind === 'none') throw new Error(`no answer: ${posted.reason}`);
  return posted.data;
}
