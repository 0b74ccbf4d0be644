import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { makeTallyLab, TallyDesk, TestPostgres, withClient } from '@netfold/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig } from '../connection/connection-settings.ts';
import { PostgresLog } from '../postgres-log.ts';
import { checkRowSecurity, RowSecurityBroken } from './row-security.ts';

let postgres: TestPostgres;
let connection: ConnectionSettings;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  connection = await postgres.logDatabase();
  const log = new PostgresLog({ connection: as('netfold_writer'), changesOf: null });
  const desk = TallyDesk.onStore(log);
  await desk.writer.start();
  await desk.submit('lab-00000001', makeTallyLab(), { tenantId: 'one' });
  await desk.submit('lab-00000002', makeTallyLab(), { tenantId: 'two' });
  await log.close();
});
afterAll(() => postgres.stop());

const as = (role: string) => ({ ...connection, role });

const asReader = <T>(work: Parameters<typeof withClient<T>>[1]) =>
  withClient(clientConfig(as('netfold_reader'), 'test') as ConnectionSettings, work);

test('a reader sees nothing without a tenant, also after another request had one', async () => {
  await asReader(async (client) => {
    await checkRowSecurity(client);
    const text = 'select lab_id from log.commits_of_lab($1, $2, 0, 10)';
    const own = await client.query(text, ['one', 'lab-00000001']);
    expect(own.rows).toEqual([{ lab_id: 'lab-00000001' }]);
    await checkRowSecurity(client);
  });
});

test('a reader sees nothing of another tenant', async () => {
  await asReader(async (client) => {
    const text = 'select lab_id from log.commits_of_lab($1, $2, 0, 10)';
    expect((await client.query(text, ['one', 'lab-00000002'])).rows).toEqual([]);
    await client.query("select set_config('netfold.tenant', 'two', false)");
    expect((await client.query('select tenant_id from log.lab_head')).rows).toEqual([
      { tenant_id: 'two' },
    ]);
  });
});

test.each([
  'select from log.command_outcome',
  'select from log.snapshot',
  'delete from log.commit',
  "insert into log.blob values ('', '')",
  'update log.writer_partition set epoch = 9',
])('a reader may not: %s', async (text) => {
  await asReader((client) => expect(client.query(text)).rejects.toMatchObject({ code: '42501' }));
});

test.each([
  "update log.commit set actor_id = 'somebody'",
  'delete from log.commit',
  'delete from log.command_outcome',
])('history is not even the writer’s to change: %s', async (text) => {
  const writer = clientConfig(as('netfold_writer'), 'test') as ConnectionSettings;
  await withClient(writer, (client) =>
    expect(client.query(text)).rejects.toMatchObject({ code: '42501' }),
  );
});

test('the self-test fails for a role that bypasses row level security', async () => {
  await withClient(connection, (client) =>
    expect(checkRowSecurity(client)).rejects.toThrow(RowSecurityBroken),
  );
});
