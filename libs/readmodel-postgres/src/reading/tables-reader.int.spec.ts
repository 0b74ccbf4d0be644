import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import type { HostRow } from '@netfold/dataplane';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CursorInvalid } from '@netfold/application';
import { poolAs } from '@netfold/testkit';
import { changesOf } from '../encode-changes.ts';
import { createReadSchema, readSchemaState } from '../install.ts';
import { PostgresLabTables } from './tables-reader.ts';

let folder = '';
let postgres: EmbeddedPostgres;
let owner: pg.Client;
let pool: pg.Pool;
let tables: PostgresLabTables;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-tables-'));
  chmodSync(folder, 0o700);
  postgres = await startPostgres({ folder });
  owner = new pg.Client(postgres.connection);
  await owner.connect();
  await owner.query('create role netfold_writer nologin; create role netfold_reader nologin');
  await createReadSchema(owner, 'read');
  pool = poolAs(postgres.connection, 'netfold_reader');
  tables = new PostgresLabTables(pool);
  await put('lab-1', 'mine', 3);
  await put('lab-2', 'other', 1);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await owner.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const hostRow = (labId: string, ordinal: number): HostRow => ({
  labId,
  host: `h${ordinal}`,
  engineProfile: '20.10',
  engineId: 'id',
  address: `192.168.50.${ordinal}/24`,
  swarmState: 'inactive',
  swarmRole: null,
  swarmId: null,
  nodeId: null,
  bootedAt: 1_700_000_000_123,
  ordinal,
});

async function put(labId: string, tenantId: string, hosts: number): Promise<void> {
  const lab = { labId, name: labId, tenantId, state: 'active' } as const;
  const rows = Array.from({ length: hosts }, (_, index) => hostRow(labId, index + 1));
  const delta = [
    { table: 'lab', op: 'put', key: labId, row: lab } as const,
    ...rows.map((row) => ({ table: 'host', op: 'put', key: row.host, row }) as const),
  ];
  const changes = changesOf(delta, [{ labId, version: hosts }]);
  await owner.query('select read.apply_changes($1)', [changes]);
}

test('what was written is read back as it was, number by number', async () => {
  const reader = await tables.open('mine', 'lab-1');
  expect(reader?.version).toBe(3);
  expect(await reader?.rows('host', { host: 'h2' })).toEqual([hostRow('lab-1', 2)]);
  await reader?.close();
});

test('a lab of another tenant is not there, and neither are its rows', async () => {
  expect(await tables.open('mine', 'lab-2')).toBeNull();
  expect(await tables.open('nobody', 'lab-1')).toBeNull();
  const { rows } = await tables.labs('mine', { first: 10, after: null });
  expect(rows.map((row) => row.labId)).toEqual(['lab-1']);
});

test('without a tenant nothing can be read', async () => {
  for (const table of ['lab', 'host', 'interface', 'rule']) {
    const { rows } = await pool.query(`select from read."${table}"`);
    expect(rows).toEqual([]);
  }
});

test('a reader shows one version, whatever is written meanwhile', async () => {
  const reader = await tables.open('mine', 'lab-1');
  await put('lab-1', 'mine', 4);
  const counts = await Promise.all([reader?.count('host', {}), reader?.count('host', {})]);
  expect(counts).toEqual([3, 3]);
  await reader?.close();
  const later = await tables.open('mine', 'lab-1');
  expect([later?.version, await later?.count('host', {})]).toEqual([4, 4]);
  await later?.close();
});

test('pages go on after their cursor, and a cursor of another list is refused', async () => {
  const reader = await tables.open('mine', 'lab-1');
  const first = await reader?.page('host', {}, { first: 3, after: null });
  expect(first?.rows.map(({ host }) => host)).toEqual(['h1', 'h2', 'h3']);
  expect(first?.hasNext).toBe(true);
  const after = first?.cursors.at(-1) ?? null;
  const rest = await reader?.page('host', {}, { first: 3, after });
  expect(rest?.rows.map(({ host }) => host)).toEqual(['h4']);
  expect(rest?.hasNext).toBe(false);
  await expect(reader?.page('network', {}, { first: 3, after })).rejects.toThrow(CursorInvalid);
  await reader?.close();
});

test('more readers than connections wait for each other and all get their answer', async () => {
  const read = async (): Promise<number | undefined> => {
    const reader = await tables.open('mine', 'lab-1');
    const count = await reader?.count('host', {});
    await reader?.close();
    return count;
  };
  const counts = await Promise.all(Array.from({ length: 20 }, read));
  expect(new Set(counts)).toEqual(new Set([4]));
});

test('a connection that breaks while a reader holds it fails that reader alone', async () => {
  const reader = await tables.open('mine', 'lab-1');
  const { rowCount } = await owner.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity' +
      " where state = 'idle in transaction'",
  );
  expect(rowCount).toBe(1);
  await expect(reader?.count('host', {})).rejects.toThrow();
  await reader?.close();
  const next = await tables.open('mine', 'lab-1');
  expect(await next?.count('host', {})).toBe(4);
  await next?.close();
});

test('tables of another shape are known as such', async () => {
  expect(await readSchemaState(owner)).toBe('current');
  await owner.query("update read.shape set digest = 'older'");
  expect(await readSchemaState(owner)).toBe('otherShape');
});
