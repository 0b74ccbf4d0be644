import { TestPostgres } from '@netfold/testkit';
import type { TableHash } from '@netfold/readmodel-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyTables } from './exceptions.ts';
import type { LiveRows } from './live-process.ts';
import { runApart } from './start-process.ts';
import { seed } from './seed.ts';

/** So many labs are played by a CI run, each with 36 to 48 commands. */
const labs = Number(process.env['NETFOLD_SIMULATION_LABS'] ?? 300);
const minutesMax = 5;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
}, 60_000);
afterAll(() => postgres.stop());

test(
  `the live rows of ${labs} labs are the rebuilt rows and those of the full view`,
  async () => {
    process.stdout.write(`live rows: seed ${seed}\n`);
    const connection = JSON.stringify(await postgres.database());
    const played = await runApart<LiveRows>({
      program: 'live-process.ts',
      args: [connection, `${labs}`, `${seed}`],
      fault: '',
    });
    const rebuilt = await runApart<readonly TableHash[]>({
      program: 'rebuild-process.ts',
      args: [connection],
      fault: '',
    });
    process.stdout.write(`${printed(played)}\n`);
    expect(played.problems).toEqual([]);
    expect(played.live, `seed ${seed}`).toEqual(played.view);
    expect(rebuilt, `seed ${seed}`).toEqual(played.live);
    const empty = played.live.filter(({ rows }) => rows === 0).map(({ table }) => table);
    expect(empty).toEqual(emptyTables.map(({ table }) => table));
  },
  minutesMax * 60_000,
);

const printed = ({ commands, accepted, live }: LiveRows): string =>
  [
    `live rows: labs ${labs}, commands ${commands}, accepted ${accepted}`,
    ...live.map(({ table, rows, hash }) => `live rows of ${table} ${rows} ${hash.slice(0, 16)}`),
  ].join('\n');
