import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from '@netfold/configuration';
import { TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate, migrateStores } from './database.ts';
import { demandFolderOf } from './installation-kind.ts';

let postgres: TestPostgres;
let folder: string;

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nf-kind-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schemasOf = async (of: Parameters<typeof withClient>[0]): Promise<readonly string[]> =>
  withClient(of, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname in ('log', 'account', 'read')",
    );
    return rows.map(({ name }) => name).toSorted();
  });

test.each([4, 1])(
  'a log that commanders write in %i partitions is left as it is',
  async (count) => {
    const log = await postgres.logDatabase();
    await withClient(log, (client) => client.query('select log.record_partitions($1)', [count]));
    await expect(migrate(log)).rejects.toMatchObject({
      problem: {
        code: 'NF1307',
        cause: `its log has ${count} writer partitions, which commanders write`,
      },
    });
    expect(await schemasOf(log)).toEqual(['log']);
  },
);

test('an empty database, and a log that one process writes, are taken', async () => {
  const empty = await postgres.database();
  expect(await migrate(empty)).toEqual({ needsRebuild: false });
  expect(await migrate(empty)).toEqual({ needsRebuild: false });
  expect(await schemasOf(empty)).toEqual(['account', 'log', 'read']);
  // What a scaled installation calls looks at no partitions: it has not recorded them yet.
  await expect(migrateStores(empty)).resolves.toBeUndefined();
});

test.each([
  ['oneProcess', 'postgres-log', 'NF1307'],
  ['scaled', 'postgres', 'NF1308'],
] as const)('for %s, a folder with `%s` is refused with %s', (kind, foreign, code) => {
  const files = filesOf(folder);
  mkdirSync(join(folder, foreign));
  let refusal: unknown = null;
  try {
    demandFolderOf(kind, files);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ problem: { code, cause: expect.stringContaining(foreign) } });
  expect(readdirSync(folder)).toEqual([foreign]);
  expect(() => demandFolderOf(kind === 'scaled' ? 'oneProcess' : 'scaled', files)).not.toThrow();
});

test('a folder that is not there is anybody’s', () => {
  const files = filesOf(join(folder, 'new'));
  for (const kind of ['oneProcess', 'scaled'] as const) demandFolderOf(kind, files);
  expect(readdirSync(folder)).toEqual([]);
});
