import {
  addTallyHost,
  dueHost,
  hostNamesOf,
  makeTallyLab,
  MemoryEventLog,
  requestOf,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../audit/verify-log.ts';

const lab = 'lab-00000001';

let log: MemoryEventLog;
let desk: TallyDesk;
let timesFenced: number;

beforeEach(async () => {
  log = new MemoryEventLog();
  timesFenced = 0;
  desk = new TallyDesk(log, { onFenced: () => (timesFenced += 1) });
  await desk.writer.start();
  await desk.submit(lab, makeTallyLab());
});

const submitted = (id: string) =>
  desk.submit(lab, addTallyHost(id), { id }).then(
    ({ outcome }) => outcome.kind,
    (failure: unknown) => (failure as { code: string }).code,
  );

const epochOf = async () => {
  const claim = await log.reclaim({ partition: 0, epoch: desk.writer.claim?.epoch ?? 0 });
  return claim?.epoch ?? null;
};

describe('a writer that leaves its partition to who takes it over', () => {
  it('fails what waits and takes nothing back', async () => {
    const rival = new TallyDesk(log);
    await rival.writer.start();
    await rival.submit(lab, addTallyHost('first'));
    const ended = Promise.all(['a', 'b'].map(submitted));
    expect(await ended).toEqual(['LogUnavailable', 'LogUnavailable']);
    expect([timesFenced, desk.writer.isClaimed]).toEqual([1, false]);
    expect(await submitted('c')).toBe('WriterStopped');
    const again = await rival.writer.submit(requestOf(lab, addTallyHost('a'), { id: 'a' }));
    expect([again.outcome.kind, again.isRepeat]).toEqual(['accepted', false]);
    expect(timesFenced).toBe(1);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('fails commands whose lab was still being folded when it was fenced', async () => {
    desk.labs.forgetAll();
    log.turns = 5;
    const slow = submitted('a');
    const rival = new TallyDesk(log);
    await rival.writer.start();
    await rival.submit(lab, addTallyHost('first'));
    const quick = desk.submit('lab-00000002', makeTallyLab()).catch(() => 'failed');
    expect([await slow, await quick]).toEqual(['LogUnavailable', 'failed']);
    expect(timesFenced).toBe(1);
    await desk.writer.stop();
  });

  it('lets nothing happen in its labs by itself any more', async () => {
    await desk.submit(lab, addTallyHost(dueHost(500)));
    const rival = new TallyDesk(log, { time: desk.time });
    await rival.writer.start();
    expect(await submitted('a')).toBe('LogUnavailable');
    await rival.labs.committed(lab);
    await desk.time.advance(1_000);
    await settled();
    const found = await rival.labs.committed(lab);
    expect(found && hostNamesOf(found.lab)).toEqual([]);
    expect(timesFenced).toBe(1);
  });
});

describe('a lost connection', () => {
  it.each(['lostBefore', 'lostAfter'] as const)(
    'is repaired under a new epoch while nobody else has the partition: %s',
    async (kind) => {
      const before = desk.writer.claim?.epoch ?? 0;
      log.faults.push({ kind });
      const all = Promise.all([submitted('a'), submitted('b')]);
      await desk.time.advance(1_000);
      expect(await all).toEqual(['accepted', 'accepted']);
      expect([desk.writer.claim?.epoch, timesFenced]).toEqual([before + 1, 0]);
      expect((await log.distribution.heads())[0]?.outcomesHead).toBe(3);
    },
  );

  it('is not repaired once somebody else has: what waited may or may not be done', async () => {
    const rival = new TallyDesk(log);
    log.faults.push({ kind: 'lostAfter' });
    const ended = submitted('a');
    log.outage = new Error('no route');
    await settled();
    const waits = submitted('b');
    log.outage = null;
    await rival.writer.start();
    await desk.time.advance(1_000);
    expect([await ended, await waits]).toEqual(['OutcomeUnknown', 'LogUnavailable']);
    expect(timesFenced).toBe(1);
    expect(await epochOf()).toBeNull();
    expect(await rival.writer.submit(requestOf(lab, addTallyHost('a'), { id: 'a' }))).toMatchObject(
      { isRepeat: true, labVersion: 2 },
    );
  });

  it('that lasts for long gives the partition up', async () => {
    log.faults.push({ kind: 'lostBefore' });
    log.outage = new Error('no route');
    const ended = submitted('a');
    await desk.time.advance(60_000);
    expect([await ended, timesFenced]).toEqual(['OutcomeUnknown', 1]);
    log.outage = null;
    expect(await submitted('b')).toBe('WriterStopped');
  });
});
