import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { ensureRoles } from '@netfold/migrations';
import { TestPostgres, withClient } from '@netfold/testkit';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeSchema } from './describe-schema.ts';
import { logRoles, migrateLog } from './migrate.ts';

let postgres: TestPostgres;
let connection: ConnectionSettings;

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.database();
});

const { resolve } = createRequire(import.meta.url);

const readSql = (name: string) =>
  readFileSync(resolve(`@netfold/log-postgres/sql/${name}`), 'utf8');

test('all migrations together make the schema that stands in sql/schema.txt', async () => {
  await withClient(connection, migrateLog);
  const schema = await withClient(connection, (client) => describeSchema(client, 'log'));
  await expect(schema).toMatchFileSnapshot('../../sql/schema.txt');
});

test('outcomes of an older log get numbers, also by an owner with few rights', async () => {
  const log = await withClient(connection, databaseOfPlainOwner);
  await withClient(log, async (client) => {
    await client.query(
      `create schema log;
      create table log.migration (version integer primary key, functions_digest text,
        applied_at timestamptz not null default clock_timestamp());
      ${readSql('migrations/000001.sql')};
      insert into log.migration (version) values (1);
      alter table log.command_outcome no force row level security;
      insert into log.command_outcome
        select 'local', 'c' || n, '', 'lab-00000001', 1, p, position, 0, '{}',
          now() + n * interval '1 ms'
        from (values (0, 1, 1), (0, 2, null), (0, 3, 2), (0, 4, 3), (7, 5, null), (0, 6, null))
          as o (p, n, position);
      -- The clock was set back before the third commit.
      update log.command_outcome set recorded_at = now() where command_id = 'c4';
      alter table log.command_outcome force row level security;
      insert into log.writer_partition values (0, 3, 3), (7, 1, 0), (8, 1, 0)`,
    );
    expect(await migrateLog(client)).toEqual({ applied: 1 });
    const { rows: heads } = await client.query(
      'select partition, outcomes_head::integer as head from log.writer_partition order by 1',
    );
    expect(heads).toEqual([
      { partition: 0, head: 5 },
      { partition: 7, head: 1 },
      { partition: 8, head: 0 },
    ]);
  });
  const { rows } = await withClient({ ...connection, database: log.database }, (client) =>
    client.query<{ place: string }>(
      "select partition || ' ' || sequence || ' ' || command_id as place" +
        ' from log.command_outcome order by partition, sequence',
    ),
  );
  // By position; refusals as late as the commit recorded before them.
  expect(rows.map(({ place }) => place)).toEqual([
    '0 1 c1',
    '0 2 c3',
    '0 3 c4',
    '0 4 c2',
    '0 5 c6',
    '7 1 c5',
  ]);
});

/** A database of somebody who may make roles and is bound by policies like everybody else. */
async function databaseOfPlainOwner(client: Client): Promise<ConnectionSettings> {
  await ensureRoles(client, logRoles);
  await client.query("create role plain_owner login createrole password 'plain'");
  await client.query('create database plain owner plain_owner');
  return { ...connection, database: 'plain', user: 'plain_owner', password: 'plain' };
}

test('migrating again applies nothing', async () => {
  const first = await withClient(connection, migrateLog);
  expect(first.applied).toBeGreaterThan(0);
  expect(await withClient(connection, migrateLog)).toEqual({ applied: 0 });
});
