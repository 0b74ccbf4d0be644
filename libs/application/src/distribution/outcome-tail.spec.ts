import {
  addTallyHost,
  makeTallyLab,
  ManualTime,
  MemoryEventLog,
  requestOf,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import { beforeEach, expect, it } from 'vitest';
import { tailPauseMs } from '../environment/paused-loop.ts';
import { OutcomeTail } from './outcome-tail.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';

let log: MemoryEventLog;
let first: TallyDesk;
let time: ManualTime;
let tail: OutcomeTail;
let problems: unknown[];

beforeEach(async () => {
  log = new MemoryEventLog();
  first = new TallyDesk(log);
  await first.writer.start();
  await first.submit(lab, makeTallyLab(), { id: 'made' });
  time = new ManualTime();
  problems = [];
  const onProblem = (cause: unknown) => problems.push(cause);
  tail = new OutcomeTail({ feed: log.distribution, timers: time, onProblem });
  await tail.start();
});

it('tells answers and refusals of every partition to who waits for them', async () => {
  const second = new TallyDesk(log, { partition: 3 });
  await second.writer.start();
  const expected = ['a', 'again', 'b'].map((id) => tail.expect('local', id));
  await first.submit(lab, addTallyHost('a'), { id: 'a' });
  await first.submit(lab, addTallyHost('a'), { id: 'again' });
  await second.submit(other, makeTallyLab(), { id: 'b' });
  await time.advance(tailPauseMs);
  const told = await Promise.all(expected.map(({ outcome }) => outcome));
  expect(told).toMatchObject([
    { commandId: 'a', partition: 0, sequence: 2, position: 2, labVersion: 2 },
    { commandId: 'again', partition: 0, sequence: 3, position: null, labVersion: 2 },
    { commandId: 'b', partition: 3, sequence: 1, position: 1, labVersion: 1 },
  ]);
  expect(told[1]?.outcome).toMatchObject({ kind: 'refused', refusal: { code: 'HostExists' } });
  expect(tail.expected).toBe(0);
  await tail.stop();
});

it('tells at once when woken, all who wait for the same command, and no other tenant', async () => {
  const twice = [tail.expect('local', 'a'), tail.expect('local', 'a')];
  const foreign = tail.expect('elsewhere', 'a');
  await first.writer.submit(requestOf(lab, addTallyHost('a'), { id: 'a' }));
  tail.wake();
  expect(await Promise.all(twice.map(({ outcome }) => outcome))).toMatchObject([
    { sequence: 2 },
    { sequence: 2 },
  ]);
  expect(tail.expected).toBe(1);
  foreign.cancel();
  expect(tail.expected).toBe(0);
  await tail.stop();
});

it('says nothing of what was in the log before it started, or was given up', async () => {
  let told = 0;
  const made = tail.expect('local', 'made');
  const given = tail.expect('local', 'a');
  for (const { outcome } of [made, given]) void outcome.then(() => (told += 1));
  given.cancel();
  given.cancel();
  await first.submit(lab, addTallyHost('a'), { id: 'a' });
  await time.advance(tailPauseMs);
  expect([told, tail.expected]).toEqual([0, 1]);
  await tail.stop();
});

it('misses nothing of more than a page, and nothing over an outage of the log', async () => {
  const ids = Array.from({ length: 1_200 }, (_, index) => `many-${index}`);
  const expected = ids.map((id) => tail.expect('local', id));
  log.outage = new Error('no route');
  tail.wake();
  await settled();
  expect(problems).toEqual([log.outage]);
  log.outage = null;
  await Promise.all(ids.map((id) => first.submit(lab, addTallyHost(id), { id })));
  await time.advance(tailPauseMs);
  const told = await Promise.all(expected.map(({ outcome }) => outcome));
  expect(told.map(({ sequence }) => sequence)).toEqual(ids.map((_, index) => index + 2));
  await tail.stop();
});
