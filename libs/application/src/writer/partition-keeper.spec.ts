import { makeTallyLab, ManualTime, MemoryEventLog, settled, TallyDesk } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { PartitionKeeper } from './partition-keeper.ts';

/** Recovery is given up within it. */
const longOutageMs = 120_000;
/** Attempts are at most so far apart. */
const pauseMsMax = 5_000;

test('a partition that was given up in an outage is taken again without any command', async () => {
  const [log, time] = [new MemoryEventLog(), new ManualTime()];
  const desk = new TallyDesk(log, { time });
  await desk.writer.start();
  const keeper = new PartitionKeeper(desk.writer, time);
  keeper.start();
  log.faults.push({ kind: 'lostBefore' });
  log.outage = new Error('the store is away');
  const failed = desk.submit('lab-00000001', makeTallyLab()).catch((error: unknown) => error);
  await time.advance(longOutageMs);
  expect(await failed).toMatchObject({ code: 'OutcomeUnknown' });
  expect(desk.writer.isClaimed).toBe(false);
  log.outage = null;
  await time.advance(pauseMsMax);
  expect(desk.writer.isClaimed).toBe(true);
  const { outcome } = await desk.submit('lab-00000001', makeTallyLab());
  expect(outcome.kind).toBe('accepted');
  await keeper.stop();
});

test('attempts are further and further apart, and end when the service does', async () => {
  const attempts: number[] = [];
  const time = new ManualTime(0);
  const writer = {
    isClaimed: false,
    reclaim: () => {
      attempts.push(time.clock());
      return Promise.resolve();
    },
  };
  const keeper = new PartitionKeeper(writer, time);
  keeper.start();
  await time.advance(20_000);
  expect(attempts).toEqual([500, 1_500, 3_500, 7_500, 12_500, 17_500]);
  await keeper.stop();
  await time.advance(20_000);
  await settled();
  expect(attempts).toHaveLength(6);
});
