import {
  addTallyHost,
  hostNamesOf,
  makeTallyLab,
  ManualTime,
  MemoryEventLog,
  settled,
  TallyDesk,
  tallyModel,
} from '@netfold/testkit';
import { beforeEach, expect, it } from 'vitest';
import { tailPauseMs } from '../environment/paused-loop.ts';
import { FoldedLabs } from './folded-labs.ts';
import { LogTail } from './log-tail.ts';

const lab = 'lab-00000001';

let log: MemoryEventLog;
let writer: TallyDesk;
let time: ManualTime;
let labs: FoldedLabs;
let tail: LogTail;
let problems: unknown[];

beforeEach(async () => {
  log = new MemoryEventLog();
  writer = new TallyDesk(log);
  await writer.writer.start();
  await writer.submit(lab, makeTallyLab());
  time = new ManualTime();
  problems = [];
  labs = new FoldedLabs({ log, model: tallyModel, timers: time, codeVersion: 'test' });
  const onProblem = (cause: unknown) => problems.push(cause);
  tail = new LogTail({ log, feed: log.distribution, labs, timers: time, onProblem });
  await tail.start();
});

const hosts = async () => {
  const found = await labs.committed(lab);
  return found === null ? null : hostNamesOf(found.lab);
};

it('keeps labs of another process folded, after a pause or when woken', async () => {
  expect(await hosts()).toEqual([]);
  await writer.submit(lab, addTallyHost('a'));
  await time.advance(tailPauseMs);
  expect(await hosts()).toEqual(['a']);
  await writer.submit(lab, addTallyHost('b'));
  tail.wake();
  await settled();
  expect(await hosts()).toEqual(['a', 'b']);
  expect(tail.position(0)).toBe(3);
  await tail.stop();
});

it('lets one wait for a version and follow a lab there', async () => {
  const reached = labs.waitFor(lab, 2, 1_000);
  const abort = new AbortController();
  const commits = labs.follow(lab, 1, abort.signal)[Symbol.asyncIterator]();
  const next = commits.next();
  await settled();
  await writer.submit(lab, addTallyHost('a'));
  tail.wake();
  expect(await reached).toBe(true);
  expect((await next).value?.labVersion).toBe(2);
  abort.abort();
  await tail.stop();
});

it('goes on after the log could not be read', async () => {
  await hosts();
  await writer.submit(lab, addTallyHost('a'));
  log.outage = new Error('no route');
  await time.advance(2 * tailPauseMs);
  expect(problems).toHaveLength(2);
  log.outage = null;
  await time.advance(tailPauseMs);
  expect(await hosts()).toEqual(['a']);
  await tail.stop();
});
