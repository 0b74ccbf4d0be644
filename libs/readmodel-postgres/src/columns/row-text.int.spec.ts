import { TestPostgres } from '@netfold/testkit';
import type { ContainerRow } from '@netfold/dataplane';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesOf } from '../encode-changes.ts';
import { createReadSchema } from '../install.ts';
import { rowsQuery } from '../reading/row-query.ts';
import { rowText } from './row-text.ts';

let postgres: TestPostgres;
let client: pg.Client;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  client = new pg.Client(await postgres.logDatabase());
  await client.connect();
  await createReadSchema(client, 'read');
}, 60_000);
beforeEach(() => client.query('truncate read.container'));
afterAll(async () => {
  await client.end();
  await postgres.stop();
}, 60_000);

const plain: ContainerRow = {
  labId: 'lab-1',
  host: 'h1',
  containerId: 'c1',
  name: 'web',
  image: 'nginx',
  command: [],
  status: 'running',
  health: null,
  exitCode: 0,
  error: '',
  networkMode: 'bridge',
  sandboxId: null,
  hostname: 'web',
  labels: {},
  createdAt: 1_700_000_000_123,
  startedAt: null,
  finishedAt: null,
  ordinal: 1,
};

const odd = [
  '',
  ' ',
  'null',
  '\\N',
  '\\.',
  'one\n\\.\ntwo',
  'quote " and \\" and ""',
  'tab\tcomma,(parentheses)',
  '\r\n',
  'é ✓ 𝄞',
  '{"a":[1]}',
];

const rows = odd.map((text, ordinal): ContainerRow => {
  const labels = { [text]: text };
  return { ...plain, containerId: `c${ordinal}`, error: text, labels, command: [text], ordinal };
});

async function stored(): Promise<unknown[]> {
  const { text, values } = rowsQuery('container', { labId: 'lab-1' }, { limit: null, after: null });
  return (await client.query(text, [...values])).rows;
}

test('odd texts arrive as they are, as values of a row type', async () => {
  const delta = rows.map((row) => ({ table: 'container', op: 'put', key: '', row }) as const);
  await client.query('select read.apply_changes($1)', [changesOf(delta, [])]);
  expect(await stored()).toEqual(rows);
});

test('and as lines of a copy', async () => {
  const lines = rows.map((row) => `${rowText('container', row)}\n`);
  const target = client.query(copyFrom("copy read.container from stdin (format csv, escape '\\')"));
  await pipeline(Readable.from(lines), target);
  expect(await stored()).toEqual(rows);
});
