import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../e2e/command-line.ts';
import { TestServer } from '../e2e/server.ts';
import { databaseUrlOf, execute, kafkaOf, logConnectionOf, until } from './installation.ts';

const gatewayProgram = join(import.meta.dirname, '../../apps/gateway/dist/main.js');
const databases = { log: 'early_log', tables: 'early_tables' };
const waitMsMax = 120_000;

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await TestServer.start();
  folder = mkdtempSync(join(tmpdir(), 'nf-early-'));
  const { log, tables } = databases;
  await execute(logConnectionOf(server), `create database ${log}`, `create database ${tables}`);
}, 120_000);

afterAll(async () => {
  const { log, tables } = databases;
  await execute(logConnectionOf(server), `drop database ${log}`, `drop database ${tables}`);
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const urlOf = (database: string): string => databaseUrlOf(server, database);

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  return port;
}

/** A gateway of an installation of which nothing is there yet. */
async function startGateway() {
  const port = await freePort();
  const environment = {
    NETFOLD_PORT: String(port),
    NETFOLD_DATA: join(folder, 'gateway'),
    NETFOLD_GATEWAY_KEY: join(folder, 'gateway.pem'),
    NETFOLD_KAFKA: kafkaOf(server),
    NETFOLD_LOG_POSTGRES: urlOf(databases.log),
    NETFOLD_TABLES_POSTGRES: urlOf(databases.tables),
  };
  const child = spawn(process.execPath, ['--enable-source-maps', gatewayProgram], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const of = { child, url: `http://127.0.0.1:${port}`, printed: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (of.printed += chunk.toString()));
  }
  return of;
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** Status of `/readyz`, and what it names as missing. */
async function readinessOf({ url }: Gateway): Promise<readonly [number, string]> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    const { problem = '' } = (await answer.json()) as { readonly problem?: string };
    return [answer.status, problem];
  } catch {
    return [0, '']; // It does not listen yet.
  }
}

async function untilMissing(gateway: Gateway, problem: RegExp): Promise<void> {
  await until(`the gateway says ${String(problem)}`, async () => {
    const [status, missing] = await readinessOf(gateway);
    return status === 503 && problem.test(missing);
  });
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  expect(gateway.printed).toMatch(problem);
}

test(
  'a gateway that is started first waits, says for what, and serves when it is there',
  async () => {
    const gateway = await startGateway();
    const ended = once(gateway.child, 'exit');
    try {
      await untilMissing(gateway, /relation \\?"log\.\w+\\?" does not exist/);
      // Sets both databases up, as it may at any time.
      const commandLine = new CommandLine({
        NETFOLD_POSTGRES: urlOf(databases.log),
        NETFOLD_TABLES_POSTGRES: urlOf(databases.tables),
        NETFOLD_DATA: join(folder, 'cli'),
      });
      const { status, stderr } = await commandLine.run(['rebuild']);
      expect(status, stderr).toBe(0);
      await untilMissing(gateway, /the number of writer partitions is not known yet/);
      const log = { ...logConnectionOf(server), database: databases.log };
      await execute(log, 'select log.record_partitions(4)');
      await until('it serves', async () => (await readinessOf(gateway))[0] === 200);
      expect(gateway.printed).toContain('ready');
    } finally {
      gateway.child.kill('SIGTERM');
      await ended;
    }
    expect(gateway.child.exitCode).toBe(0);
  },
  waitMsMax,
);

test(
  'a gateway that waits ends at once when it is told to',
  async () => {
    const { log } = databases;
    await execute(logConnectionOf(server), `drop database ${log}`, `create database ${log}`);
    const gateway = await startGateway();
    await untilMissing(gateway, /does not exist/);
    const ended = once(gateway.child, 'exit');
    gateway.child.kill('SIGTERM');
    await ended;
    expect(gateway.child.exitCode).toBe(0);
  },
  waitMsMax,
);
