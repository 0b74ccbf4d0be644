import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-test-'));
  chmodSync(folder, 0o700);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ask(postgres: EmbeddedPostgres, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  const { rows } = await client.query({ text, rowMode: 'array' });
  await client.end();
  return (rows as readonly (readonly unknown[])[]).map(([value]) => value);
}

test('the second start finds the data of the first', async () => {
  const first = await startPostgres({ folder });
  await ask(first, 'create table t as select 7 as n');
  await first.stop();
  const second = await startPostgres({ folder });
  expect(await ask(second, 'select n from t')).toEqual([7]);
  await second.stop();
});

test('writes are durable: fsync, full pages and checksums are on', async () => {
  const postgres = await startPostgres({ folder });
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']) {
    expect(await ask(postgres, `show ${name}`)).toEqual(['on']);
  }
  await postgres.stop();
});

test('a server that was left behind by a killed owner is stopped first', async () => {
  const left = await startPostgres({ folder });
  const next = await startPostgres({ folder });
  await left.ended;
  expect(next.processId).not.toBe(left.processId);
  expect(await ask(next, 'select 1')).toEqual([1]);
  await next.stop();
});

test('after kill -9 of PostgreSQL its owner hears it, and the next start recovers', async () => {
  const first = await startPostgres({ folder });
  await ask(first, 'create table t as select 8 as n');
  process.kill(first.processId, 'SIGKILL');
  await first.ended;
  const second = await startPostgres({ folder });
  expect(await ask(second, 'select n from t')).toEqual([8]);
  await second.stop();
});

test('a folder with a very long path still gets a socket', async () => {
  const deep = join(folder, 'd'.repeat(60), 'e'.repeat(60));
  const postgres = await startPostgres({ folder: deep });
  expect(await ask(postgres, 'select 1')).toEqual([1]);
  await postgres.stop();
});

test('the password is for the owner of the folder only', async () => {
  const postgres = await startPostgres({ folder });
  await postgres.stop();
  expect(readFileSync(join(folder, 'password'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
});

const isRoot = process.getuid?.() === 0;

test('without user namespaces root runs a copy as nobody, and nobody else can', async () => {
  const started = startPostgres({ folder, way: 'copyAsNobody' });
  if (!isRoot) return expect(started).rejects.toThrow('cannot run as root');
  const postgres = await started;
  expect(await ask(postgres, 'select 1')).toEqual([1]);
  await postgres.stop();
});
