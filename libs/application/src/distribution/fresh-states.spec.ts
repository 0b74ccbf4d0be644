import {
  addTallyHost,
  hostNamesOf,
  makeTallyLab,
  ManualTime,
  MemoryEventLog,
  TallyDesk,
  tallyModel,
} from '@netfold/testkit';
import { beforeEach, expect, it } from 'vitest';
import type { LabVersion } from '../lab-states.ts';
import { FoldedLabs } from '../labs/folded-labs.ts';
import { LogTail } from '../labs/log-tail.ts';
import { FreshStates } from './fresh-states.ts';

const lab = 'lab-00000001';

let log: MemoryEventLog;
let writer: TallyDesk;
let labs: FoldedLabs;
let states: FreshStates;
let tail: LogTail;
let time: ManualTime;

beforeEach(async () => {
  log = new MemoryEventLog();
  writer = new TallyDesk(log);
  await writer.writer.start();
  time = new ManualTime();
  const savesSnapshots = false;
  const of = { log, model: tallyModel, timers: time, codeVersion: 'test', savesSnapshots };
  labs = new FoldedLabs(of);
  states = new FreshStates({ log, labs });
  const onProblem = () => {};
  tail = new LogTail({ log, feed: log.distribution, labs, timers: time, onProblem });
  await tail.start();
});

const hostsOf = (found: LabVersion | null) => (found === null ? null : hostNamesOf(found.lab));

it('sees each of 1,000 commands of another process at once, without the tail', async () => {
  expect(await states.committed(lab)).toBeNull();
  await writer.submit(lab, makeTallyLab());
  for (let turn = 0; turn < 1_000; turn += 1) {
    await writer.submit(lab, addTallyHost(`h${turn}`));
    const found = await states.committed(lab);
    expect([found?.version, hostsOf(found)?.length]).toEqual([turn + 2, turn + 1]);
  }
  expect(tail.position(0)).toBe(0);
  await tail.stop();
});

it('goes on when the tail comes with commits that were read already', async () => {
  await writer.submit(lab, makeTallyLab());
  const abort = new AbortController();
  const seen: number[] = [];
  const followed = (async () => {
    for await (const commit of states.follow(lab, 0, abort.signal)) seen.push(commit.labVersion);
  })();
  for (const name of ['a', 'b', 'c']) {
    await writer.submit(lab, addTallyHost(name));
    await states.committed(lab);
    if (name === 'b') await time.advance(1_000);
  }
  await time.advance(1_000);
  expect(hostsOf(await states.committed(lab))).toEqual(['a', 'b', 'c']);
  abort.abort();
  await followed;
  expect(seen).toEqual([1, 2, 3, 4]);
  await tail.stop();
});

it('has a version that is not in memory yet, and keeps the ones before', async () => {
  await writer.submit(lab, makeTallyLab());
  await states.committed(lab);
  await writer.submit(lab, addTallyHost('a'));
  expect(await states.waitFor(lab, 2, 1_000)).toBe(true);
  await writer.submit(lab, addTallyHost('b'));
  expect(hostsOf(await states.at(lab, 3))).toEqual(['a', 'b']);
  log.outage = new Error('no route');
  expect(hostsOf(await states.at(lab, 2))).toEqual(['a']);
  expect(hostsOf(await states.at(lab, 1))).toEqual([]);
  log.outage = null;
  expect(await states.at(lab, 4)).toBeNull();
  expect(await states.at('lab-00000009', 1)).toBeNull();
  await tail.stop();
});

it('waits for a version that the log does not have yet', async () => {
  await writer.submit(lab, makeTallyLab());
  const reached = states.waitFor(lab, 2, 1_000);
  await time.advance(10);
  await writer.submit(lab, addTallyHost('a'));
  await time.advance(100);
  expect(await reached).toBe(true);
  const late = states.waitFor(lab, 9, 1_000);
  await time.advance(1_000);
  expect(await late).toBe(false);
  await tail.stop();
});

it('never answers older than asked, also while labs make place and load at once', async () => {
  log.turns = 2;
  const tight = { log, model: tallyModel, timers: time, codeVersion: 'test', thingsMax: 1 };
  const fresh = new FreshStates({ log, labs: new FoldedLabs({ ...tight, savesSnapshots: false }) });
  const labIds = ['lab-00000001', 'lab-00000002', 'lab-00000003'];
  for (const labId of labIds) await writer.submit(labId, makeTallyLab());
  const readers = labIds.map(async (labId) => {
    for (let turn = 0; turn < 50; turn += 1) {
      const { labVersion } = await writer.submit(labId, addTallyHost(`h${turn}`));
      const found = await Promise.all([1, 2, 3].map(() => fresh.committed(labId)));
      for (const each of found) expect(each?.version).toBeGreaterThanOrEqual(labVersion);
    }
  });
  await Promise.all(readers);
  await tail.stop();
});

it('saves no snapshot where the log may not be written', async () => {
  await writer.submit(lab, makeTallyLab());
  for (let turn = 0; turn < 600; turn += 1) await writer.submit(lab, addTallyHost(`h${turn}`));
  log.tamperSnapshot(lab, () => 'null');
  expect((await states.committed(lab))?.version).toBe(601);
  expect(await log.findSnapshot(lab, 601, 'test')).toBeNull();
  await tail.stop();
});
