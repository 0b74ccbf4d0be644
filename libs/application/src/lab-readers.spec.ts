import type { CommandBody } from '@netfold/contracts';
import { fullView } from '@netfold/dataplane';
import type { TableName } from '@netfold/dataplane';
import {
  createContainer,
  createLab,
  createNetwork,
  MemoryLab,
  startContainer,
} from '@netfold/testkit';
import { beforeEach, expect, test } from 'vitest';
import { FoldReader } from './fold-reader.ts';
import { ReadersOfLabs } from './lab-readers.ts';
import type { LabTables } from './lab-reader.ts';
import type { LabVersion } from './lab-states.ts';
import { compareRows } from './row-order.ts';

const labId = 'lab-00000001';
let lab: MemoryLab;
let fromTables = 0;
let readers: ReadersOfLabs;

beforeEach(async () => {
  lab = new MemoryLab(labId, () => Date.UTC(2026, 0, 1));
  fromTables = 0;
  const tables: LabTables = {
    open: async () => {
      fromTables += 1;
      return new FoldReader(await head());
    },
    labs: () => Promise.reject(new Error('nobody lists labs here')),
  };
  readers = new ReadersOfLabs(lab, tables);
  await give(createLab('h1', 'h2'));
  await give(createNetwork('web'));
  for (const [name, host] of [
    ['one', 'h1'],
    ['two', 'h1'],
    ['three', 'h2'],
  ] as const) {
    await give(createContainer(name, { host }));
    await give(startContainer(name, host));
  }
});

async function give(body: CommandBody): Promise<void> {
  const id = `command-${Math.random()}`;
  const nobody = { causationId: null, commandText: null, expectedVersion: null };
  const { outcome } = await lab.submit({
    ...nobody,
    id,
    labId,
    tenantId: 'local',
    actorId: 'test',
    face: 'graphql',
    correlationId: id,
    body,
  });
  expect(outcome.kind).toBe('accepted');
}

async function head(): Promise<LabVersion> {
  const found = await lab.committed(labId);
  if (found === null) throw new Error('the lab is there');
  return found;
}

async function hostsNow(): Promise<readonly string[]> {
  const reader = await readers.open('local', labId, { kind: 'now', atLeast: null });
  const rows = await reader?.rows('host', {});
  await reader?.close();
  return (rows ?? []).map(({ host }) => host);
}

test('a lab that is asked for often is answered from memory until it changes', async () => {
  for (let time = 0; time < 20; time += 1) expect(await hostsNow()).toEqual(['h1', 'h2']);
  const whileNew = fromTables;
  expect(whileNew).toBeGreaterThan(0);
  expect(whileNew).toBeLessThan(5);
  for (let time = 0; time < 20; time += 1) await hostsNow();
  expect(fromTables).toBe(whileNew);
  await give(createNetwork('other'));
  await hostsNow();
  expect(fromTables).toBe(whileNew + 1);
});

test('a lab that changes between two questions is always answered from the tables', async () => {
  for (let time = 1; time <= 8; time += 1) {
    await give(createNetwork(`net${time}`));
    await hostsNow();
    expect(fromTables).toBe(time);
  }
});

test('rows are found by every column, by one value or some, as a search finds them', async () => {
  const at = await head();
  if (at.lab.state !== 'active') throw new Error('the lab is active');
  const all = fullView(at.lab, labId, at.tenantId);
  const reader = new FoldReader(at);
  for (const table of new Set(all.map((one) => one.table))) {
    const rows = all.flatMap((one) => (one.table === table ? [one.row] : []));
    const sorted = rows.toSorted(compareRows(table));
    expect(await reader.rows(table, {})).toEqual(sorted);
    for (const column of Object.keys(sorted[0] ?? {})) await demandFound(table, column, sorted);
  }

  async function demandFound(table: TableName, column: string, sorted: readonly object[]) {
    const values = [...new Set(sorted.map((row) => row[column as keyof typeof row] as unknown))];
    // Lists and objects are never asked for.
    const [some, last] = [values.slice(0, 2), values.at(-1)];
    if (values.some((value) => typeof value === 'object' && value !== null)) return;
    const having = (wanted: readonly unknown[]) =>
      sorted.filter((row) => wanted.includes(row[column as keyof typeof row]));
    const asked = (wanted: unknown) => reader.rows(table, { [column]: wanted });
    expect(await asked(last), `${table}.${column}`).toEqual(having([last]));
    expect(await asked(some), `${table}.${column}`).toEqual(having(some));
  }
});
