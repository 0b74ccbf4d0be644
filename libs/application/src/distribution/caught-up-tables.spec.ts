import { makeTallyLab, ManualTime, MemoryEventLog, TallyDesk } from '@netfold/testkit';
import { beforeEach, expect, it } from 'vitest';
import type { LabTables } from '../lab-reader.ts';
import { CaughtUpTables } from './caught-up-tables.ts';

const page = { first: 10, after: null };

let time: ManualTime;
let log: MemoryEventLog;
let head: number;
let projected: number;
let behind: number;
let listed: number[];
let tables: CaughtUpTables;

beforeEach(() => {
  time = new ManualTime();
  log = new MemoryEventLog();
  head = 0;
  projected = 0;
  behind = 0;
  listed = [];
  const own: LabTables = {
    open: async () => null,
    labs: async () => {
      listed.push(projected);
      return { rows: [], cursors: [], hasNext: false };
    },
  };
  tables = new CaughtUpTables({
    tables: own,
    feed: { heads: async () => [{ partition: 0, head, outcomesHead: head }] },
    positions: { projectedPosition: async () => projected },
    log,
    timers: time,
    onBehind: () => {
      behind += 1;
    },
  });
});

/** Lets time pass until the list is there. @returns how long that took */
async function list(meanwhile: (ms: number) => void = () => {}): Promise<number> {
  const asked = { isOver: false };
  const answer = tables.labs('local', page).then(() => (asked.isOver = true));
  let ms = 0;
  while (!asked.isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (asked.isOver) break;
    meanwhile(ms);
    await time.advance(10);
    ms += 10;
  }
  await answer;
  return ms;
}

it('answers at once what the tables show when they have all that the log had', async () => {
  head = projected = 7;
  expect(await list()).toBe(0);
  expect([listed, behind]).toEqual([[7], 0]);
});

it('waits for rows that are on their way', async () => {
  head = 7;
  await list((ms) => {
    if (ms === 100) projected = 7;
  });
  expect([listed, behind]).toEqual([[7], 0]);
});

it('waits once for tables that stand still, and again after they have moved', async () => {
  head = 7;
  projected = 3;
  expect(await list()).toBeGreaterThan(500);
  expect(await list()).toBe(0);
  expect([listed, behind]).toEqual([[3, 3], 2]);
  projected = 4;
  await list((ms) => {
    if (ms === 100) projected = 7;
  });
  expect([listed, behind]).toEqual([[3, 3, 7], 2]);
  head = 8;
  expect(await list()).toBeGreaterThan(500);
});

it('finds a lab by its name in the log while the tables stand still', async () => {
  const desk = new TallyDesk(log);
  await desk.writer.start();
  await desk.submit('lab-00000001', makeTallyLab(), { tenantId: 'one' });
  head = 1;
  await list();
  for await (const { name } of log.labs()) {
    const found = await tables.labs('one', page, name);
    expect(found.rows).toMatchObject([{ labId: 'lab-00000001', name }]);
    expect((await tables.labs('other', page, name)).rows).toEqual([]);
  }
});
