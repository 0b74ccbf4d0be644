import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeSchema } from './describe-schema.ts';
import { DatabaseNewer, migrateLog } from './migrate.ts';

let postgres: TestPostgres;
let connection: ConnectionSettings;

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.database();
});

test('all migrations together make the schema that stands in sql/schema.txt', async () => {
  await withClient(connection, migrateLog);
  const schema = await withClient(connection, (client) => describeSchema(client, 'log'));
  await expect(schema).toMatchFileSnapshot('../../sql/schema.txt');
});

test('migrating again applies nothing', async () => {
  const first = await withClient(connection, migrateLog);
  expect(first.applied).toBeGreaterThan(0);
  expect(await withClient(connection, migrateLog)).toEqual({ applied: 0 });
});

test('several processes that migrate at once apply each migration once', async () => {
  const all = await Promise.all([1, 2, 3].map(() => withClient(connection, migrateLog)));
  expect(all.filter(({ applied }) => applied > 0)).toHaveLength(1);
});

test('a database of a newer build is left alone', async () => {
  await withClient(connection, migrateLog);
  await withClient(connection, async (client) => {
    await client.query('insert into log.migration (version) values (999)');
    await expect(migrateLog(client)).rejects.toThrow(DatabaseNewer);
  });
});

test('a changed function replaces the one that stood there, with whatever parameters', async () => {
  await withClient(connection, migrateLog);
  await withClient(connection, async (client) => {
    await client.query('create function log.flush(old integer) returns integer return old');
    await client.query('update log.migration set functions_digest = null');
    await migrateLog(client);
    const { rows } = await client.query(
      "select count(*)::integer as n from pg_proc where oid::regproc::text = 'log.flush'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});
