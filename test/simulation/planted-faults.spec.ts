import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowKeys } from '@netfold/dataplane';
import { TestPostgres } from '@netfold/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyTables } from './exceptions.ts';
import type { LiveRows } from './live-process.ts';
import { plantedFaults } from './planted-faults.ts';
import type { PlantedFault } from './planted-faults.ts';
import type { Simulated } from './simulate.ts';
import { runApart } from './start-process.ts';

/** Runs until a fault has to be found; most are in the first ten. */
const runs = 200;
const labs = 12;
const seed = 20_101_024;
const minutesMax = 3;

const faults = (isLive: boolean): readonly (readonly [string, PlantedFault])[] =>
  plantedFaults
    .filter((fault) => (fault.isLive === true) === isLive)
    .map((fault) => [fault.name, fault] as const);

describe.concurrent('a random run finds a build in which', () => {
  test.each(faults(false))(
    '%s',
    async (name) => {
      const { failure } = await runApart<Simulated>({
        program: 'simulation-process.ts',
        args: [`${runs}`, `${seed}`, 'stops'],
        fault: name,
      });
      expect(failure).not.toBeNull();
    },
    minutesMax * 60_000,
  );
});

test(
  'a random run finds nothing in the build as it is',
  async () => {
    const { failure } = await runApart<Simulated>({
      program: 'simulation-process.ts',
      args: [`${runs}`, `${seed}`, 'stops'],
      fault: '',
    });
    expect(failure).toBeNull();
  },
  minutesMax * 60_000,
);

describe('live rows show a build in which', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
  }, 60_000);
  afterAll(() => postgres.stop());

  test.each(faults(true))(
    '%s',
    async (name) => {
      const connection = JSON.stringify(await postgres.database());
      const { live, view } = await runApart<LiveRows>({
        program: 'live-process.ts',
        args: [connection, `${labs}`, `${seed}`],
        fault: name,
      });
      expect(live).not.toEqual(view);
    },
    minutesMax * 60_000,
  );
});

test('every table has a planted fault of its own, but those that stay empty', () => {
  const named = new Set(plantedFaults.map(({ name }) => name.split(':')[0]));
  const tables = Object.keys(rowKeys).filter((table) => !named.has(table));
  expect(tables).toEqual(emptyTables.map(({ table }) => table));
});

test.each(plantedFaults.map((fault) => [fault.name, fault] as const))(
  'the place of a planted fault is there, and once: %s',
  (_, { file, find }) => {
    const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
    expect(source.split(find)).toHaveLength(2);
  },
);

test('no two planted faults have one name', () => {
  const names = plantedFaults.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
