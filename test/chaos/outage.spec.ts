import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { post } from './graphql-post.ts';
import { NetfoldProcess } from './netfold-process.ts';

/** The writer gives its partition up after about 30 s without the store. */
const givenUpMsMax = 90_000;
/** Attempts are at most 5 s apart, and PostgreSQL takes its time to recover. */
const readyAgainMsMax = 20_000;
const createLab = `mutation ($input: LabCreateInput!) {
  labCreate(input: $input) { lab { hosts(first: 1) { nodes { dockerHost } } } }
}`;
type Made = {
  readonly labCreate: {
    readonly lab: {
      readonly hosts: { readonly nodes: readonly { readonly dockerHost: string }[] };
    };
  };
};

let folder = '';
let postgres: EmbeddedPostgres;
let server: NetfoldProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-outage-'));
  chmodSync(folder, 0o700);
  postgres = await startPostgres({ folder: join(folder, 'pg') });
  const { user, password, database, host } = postgres.connection;
  server = new NetfoldProcess({
    data: join(folder, 'data'),
    postgres: `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}`,
    port: await freePort(),
  });
  await server.start();
}, 120_000);

afterAll(async () => {
  await server.kill();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test(
  'after a long outage of PostgreSQL the service is ready again without any command',
  { timeout: givenUpMsMax + readyAgainMsMax + 30_000 },
  async () => {
    const input = { name: 'outage', hosts: [{ name: 'h1' }] };
    const made = await post<Made>(server.address, createLab, { input });
    if (made.kind === 'none') throw new Error(made.reason);
    const [host] = made.data.labCreate.lab.hosts.nodes;
    await postgres.stop();
    // The socket of a host needs no token from the store: its command makes the writer notice.
    await expect(
      createNetwork(host?.dockerHost.slice('unix://'.length) ?? ''),
    ).resolves.toBeGreaterThanOrEqual(500);
    await until((problem) => problem === 'the writer does not hold its partition', givenUpMsMax);
    await wait(2_000);
    postgres = await startPostgres({ folder: join(folder, 'pg') });
    await until((problem) => problem === null, readyAgainMsMax);
    expect(server.starts).toBe(1);
  },
);

/** `docker network create` on the lab's host. @returns the status of the answer */
function createNetwork(socketPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { socketPath, path: '/v1.41/networks/create', method: 'POST' };
    const headers = { 'content-type': 'application/json' };
    const sent = request({ ...options, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end('{"Name":"web","CheckDuplicate":true}');
  });
}

/** Waits for what `/readyz` says; `null`: that it is ready. */
async function until(isIt: (problem: string | null) => boolean, msMax: number): Promise<void> {
  const deadline = performance.now() + msMax;
  for (;;) {
    const response = await fetch(`${server.address.url}/readyz`);
    const { problem = null } = (await response.json()) as { readonly problem?: string };
    if (isIt(problem)) return;
    if (performance.now() > deadline) throw new Error(`/readyz still says: ${problem}`);
    await wait(200);
  }
}
