import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrateSchema, SchemaNewer } from './migrate-schema.ts';

let postgres: TestPostgres;
let connection: ConnectionSettings;
let folder = '';

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.database();
  folder = mkdtempSync(join(tmpdir(), 'netfold-migrations-'));
  write('migrations/000001.sql', 'create table fruit.apple (weight_grams integer)');
  write('functions/ripe.sql', functionOf('a integer'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const functionOf = (parameters: string) =>
  `create function fruit.ripe(${parameters}) returns integer return 1;\n`;

function write(name: string, text: string): void {
  mkdirSync(join(folder, 'migrations'), { recursive: true });
  mkdirSync(join(folder, 'functions'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const migrate = () =>
  withClient(connection, (client) =>
    migrateSchema(client, { schema: 'fruit', lock: 7, roles: [], folder }),
  );

const count = (sql: string): Promise<number> =>
  withClient(connection, async (client) => {
    const { rows } = await client.query<{ n: number }>(`select count(*)::integer as n from ${sql}`);
    return rows[0]?.n ?? -1;
  });

const functionsNamed = () => count(`pg_proc where oid::regproc::text = 'fruit.ripe'`);

test('what is missing is applied, once and in order', async () => {
  expect(await migrate()).toEqual({ applied: 1 });
  write('migrations/000002.sql', 'alter table fruit.apple add column colour text');
  expect(await migrate()).toEqual({ applied: 1 });
  expect(await migrate()).toEqual({ applied: 0 });
  expect(await count('fruit.migration')).toBe(2);
});

test('several processes that migrate at once apply each migration once', async () => {
  const all = await Promise.all([migrate(), migrate(), migrate()]);
  expect(all.filter(({ applied }) => applied > 0)).toHaveLength(1);
});

test('a migration that fails leaves nothing, and those before it stand', async () => {
  write('migrations/000002.sql', 'create table fruit.pear (); select no_such_function()');
  await expect(migrate()).rejects.toThrow(/no_such_function/);
  expect(await count(`pg_tables where schemaname = 'fruit'`)).toBe(2);
  expect(await count('fruit.migration')).toBe(1);
});

test('a database of a newer build is left alone', async () => {
  await migrate();
  await withClient(connection, (client) =>
    client.query('insert into fruit.migration (version) values (999)'),
  );
  await expect(migrate()).rejects.toThrow(SchemaNewer);
});

test('a changed function replaces the one that stood there, with whatever parameters', async () => {
  await migrate();
  write('functions/ripe.sql', functionOf('a integer, b integer'));
  await migrate();
  expect(await functionsNamed()).toBe(1);
});

test('a schema that was migrated before functions had a digest is brought up to date', async () => {
  await migrate();
  await withClient(connection, (client) =>
    client.query('alter table fruit.migration drop column functions_digest'),
  );
  expect(await migrate()).toEqual({ applied: 0 });
  expect(await functionsNamed()).toBe(1);
});
