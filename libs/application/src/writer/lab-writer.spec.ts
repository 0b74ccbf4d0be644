import {
  addTallyHost,
  dueHost,
  hostNamesOf,
  makeTallyLab,
  ManualTime,
  MemoryEventLog,
  requestOf,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import type { CommandResult } from '../command-request.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../audit/verify-log.ts';
import { commandBroken } from '../command-failure.ts';
import { batchCommandsMax } from './fair-queue.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';

let log: MemoryEventLog;
let desk: TallyDesk;

beforeEach(async () => {
  log = new MemoryEventLog();
  desk = new TallyDesk(log);
  await desk.writer.start();
});

const codeOf = ({ outcome }: CommandResult) =>
  outcome.kind === 'refused' ? outcome.refusal.code : 'accepted';

async function hostsOf(of: TallyDesk, labId = lab): Promise<readonly string[]> {
  const committed = await of.labs.committed(labId);
  return committed === null ? [] : hostNamesOf(committed.lab);
}

/** Makes the lab and gathers commands behind a first flush, so that they go into one batch. */
async function makeLab(labId = lab): Promise<void> {
  await desk.submit(labId, makeTallyLab());
}

describe('answers', () => {
  it('leave with the version and position of their commit', async () => {
    expect(await desk.submit(lab, makeTallyLab())).toMatchObject({ labVersion: 1, position: 1 });
    const result = await desk.submit(lab, addTallyHost('a'));
    expect(result).toMatchObject({ labVersion: 2, position: 2, isRepeat: false });
    expect(result.outcome).toEqual({
      kind: 'accepted',
      answer: { ids: { host: 'a' }, warnings: [] },
    });
    expect(result.effects).toHaveLength(1);
  });

  it('wait until what they rest on is durable, and so do refusals', async () => {
    await makeLab();
    const ended: string[] = [];
    const added = desk.submit(lab, addTallyHost('a')).then(() => ended.push('added'));
    const refused = desk.submit(lab, addTallyHost('a')).then((it) => ended.push(codeOf(it)));
    expect(await hostsOf(desk)).toEqual([]);
    await Promise.all([added, refused]);
    expect(ended).toEqual(['added', 'HostExists']);
    expect(log.flushes).toHaveLength(2);
    expect(await hostsOf(desk)).toEqual(['a']);
  });

  it('go out together: what gathers during a flush is the next one', async () => {
    await makeLab();
    const first = desk.submit(lab, addTallyHost('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const rest = ['b', 'c', 'd'].map((name) => desk.submit(lab, addTallyHost(name)));
    await Promise.all([first, ...rest]);
    expect(log.flushes.map((ids) => ids.length)).toEqual([1, 1, 3]);
  });
});

describe('a repeated command', () => {
  it('gets the first outcome again, byte for byte, from memory and from the log', async () => {
    await makeLab();
    const request = requestOf(lab, addTallyHost('a'));
    const first = await desk.writer.submit(request);
    const again = await desk.writer.submit({ ...request, face: 'kafka', correlationId: 'x' });
    expect(again).toEqual({ ...first, effects: [], isRepeat: true });
    const restarted = new TallyDesk(log);
    await restarted.writer.start();
    const later = await restarted.writer.submit(request);
    expect(JSON.stringify(later.outcome)).toBe(JSON.stringify(first.outcome));
    expect(later).toMatchObject({ labVersion: 2, position: 2, isRepeat: true });
    expect((await log.findLab(lab))?.version).toBe(2);
  });

  it('gets a refusal again although it would be accepted by now', async () => {
    await makeLab();
    const removal = requestOf(lab, { type: 'RemoveHost', host: 'a' });
    expect(codeOf(await desk.writer.submit(removal))).toBe('HostNotFound');
    await desk.submit(lab, addTallyHost('a'));
    expect(codeOf(await desk.writer.submit(removal))).toBe('HostNotFound');
    const restarted = new TallyDesk(log);
    await restarted.writer.start();
    expect(await restarted.writer.submit(removal)).toMatchObject({ isRepeat: true });
    expect(await hostsOf(restarted)).toEqual(['a']);
  });

  it('is carried out once when it is sent twice at once', async () => {
    await makeLab();
    const request = requestOf(lab, addTallyHost('a'));
    const results = await Promise.all([desk.writer.submit(request), desk.writer.submit(request)]);
    expect(results.map(({ isRepeat }) => isRepeat)).toEqual([false, true]);
    expect(results.map(({ position }) => position)).toEqual([2, 2]);
  });

  it('is a conflict when its payload differs; the order of members does not count', async () => {
    await makeLab();
    const request = requestOf(lab, addTallyHost('a'));
    await desk.writer.submit(request);
    const host = { nics: [], name: 'a', engineProfile: '20.10' } as const;
    const reordered = await desk.writer.submit({ ...request, body: { host, type: 'AddHost' } });
    expect(reordered.isRepeat).toBe(true);
    const reused = { ...request, body: addTallyHost('b') };
    expect(codeOf(await desk.writer.submit(reused))).toBe('IdempotencyKeyReused');
    const restarted = new TallyDesk(log);
    await restarted.writer.start();
    expect(codeOf(await restarted.writer.submit(reused))).toBe('IdempotencyKeyReused');
    expect(await hostsOf(restarted)).toEqual(['a']);
  });

  it('is another command for another tenant', async () => {
    await makeLab();
    await desk.submit(lab, addTallyHost('a'), { id: 'same' });
    const foreign = await desk.submit(other, makeTallyLab(), { id: 'same', tenantId: 'team' });
    expect(codeOf(foreign)).toBe('accepted');
  });

  it('creates a lab once, although a new lab is not looked up first', async () => {
    const request = requestOf(lab, makeTallyLab());
    await desk.writer.submit(request);
    const restarted = new TallyDesk(log);
    await restarted.writer.start();
    expect(await restarted.writer.submit(request)).toMatchObject({ isRepeat: true, position: 1 });
    expect(codeOf(await restarted.submit(lab, makeTallyLab()))).toBe('LabExists');
  });
});

describe('a command is refused beforehand', () => {
  it('when the lab is at another version than expected', async () => {
    await makeLab();
    const late = await desk.submit(lab, addTallyHost('a'), { expectedVersion: 0 });
    expect(late.outcome).toMatchObject({
      refusal: { code: 'VersionConflict', class: 'conflict', data: { expected: 0, actual: 1 } },
    });
    const onTime = await desk.submit(lab, addTallyHost('a'), { expectedVersion: 1 });
    expect(codeOf(onTime)).toBe('accepted');
  });

  it('when the lab is another tenant’s: it is not found, and its id is taken', async () => {
    await makeLab();
    const foreign = { tenantId: 'team' };
    expect(codeOf(await desk.submit(lab, addTallyHost('a'), foreign))).toBe('LabNotFound');
    expect(codeOf(await desk.submit(lab, makeTallyLab(), foreign))).toBe('LabIdTaken');
    expect(await hostsOf(desk)).toEqual([]);
  });

  it('when its facts would make too large a commit', async () => {
    await makeLab();
    const huge = await desk.submit(lab, addTallyHost('x'.repeat(1_000_000)));
    expect(codeOf(huge)).toBe('CommitTooLarge');
    expect((await log.findLab(lab))?.version).toBe(1);
  });

  it('when its ids are no ids', async () => {
    expect(codeOf(await desk.submit('lab-1', makeTallyLab()))).toBe('InvalidId');
    expect(codeOf(await desk.submit(lab, makeTallyLab(), { id: 'a b' }))).toBe('InvalidId');
    expect(codeOf(await desk.submit(lab, makeTallyLab(), { id: 'x'.repeat(129) }))).toBe(
      'InvalidId',
    );
    expect(log.flushes).toEqual([]);
  });
});

describe('when a flush fails', () => {
  it.each(['lostBefore', 'lostAfter'] as const)(
    '%s: each command is carried out once',
    async (kind) => {
      await makeLab();
      log.faults.push({ kind });
      const names = ['a', 'b', 'c'];
      const results = await Promise.all(names.map((name) => desk.submit(lab, addTallyHost(name))));
      expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted']);
      expect(results.map(({ labVersion }) => labVersion)).toEqual([2, 3, 4]);
      expect(results.every(({ isRepeat }) => !isRepeat)).toBe(true);
      expect(await hostsOf(desk)).toEqual(names);
      expect((await log.readPartition(0, 0, 10)).length).toBe(4);
    },
  );

  it('a repeat whose reply was lost still gets the first outcome', async () => {
    await makeLab();
    const request = requestOf(lab, addTallyHost('a'));
    const first = await desk.writer.submit(request);
    const restarted = new TallyDesk(log);
    await restarted.writer.start();
    log.faults.push({ kind: 'lostBefore' });
    const [again, next] = await Promise.all([
      restarted.writer.submit(request),
      restarted.submit(lab, addTallyHost('b')),
    ]);
    expect(again.outcome).toEqual(first.outcome);
    expect(next).toMatchObject({ labVersion: 3, position: 3 });
  });

  it('is fenced: nothing more is answered from memory, commands are decided anew', async () => {
    await makeLab();
    const rival = new TallyDesk(log);
    await rival.writer.start();
    await rival.submit(lab, addTallyHost('a'));
    const result = await desk.submit(lab, addTallyHost('a'));
    expect(codeOf(result)).toBe('HostExists');
    expect(await hostsOf(desk)).toEqual(['a']);
    expect(codeOf(await rival.submit(lab, addTallyHost('b')))).toBe('accepted');
    expect(codeOf(await desk.submit(lab, addTallyHost('b')))).toBe('HostExists');
  });

  it('is refused by the store: only the guilty command fails', async () => {
    await makeLab();
    await makeLab(other);
    log.faults.push({ kind: 'reject', commandId: 'guilty' });
    const ended = await Promise.allSettled([
      desk.submit(lab, addTallyHost('a')),
      desk.submit(lab, addTallyHost('b'), { id: 'guilty' }),
      desk.submit(lab, { type: 'RemoveHost', host: 'b' }),
      desk.submit(other, addTallyHost('c')),
    ]);
    expect(ended[1]).toMatchObject({ status: 'rejected', reason: { code: 'CommandBroken' } });
    expect(ended[2]).toMatchObject({ value: { outcome: { refusal: { code: 'HostNotFound' } } } });
    expect(await hostsOf(desk)).toEqual(['a']);
    expect(await hostsOf(desk, other)).toEqual(['c']);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('is refused by the store: who hears by the log alone finds a refusal there', async () => {
    await makeLab();
    log.faults.push({ kind: 'rejectFacts', commandId: 'guilty' });
    const guilty = requestOf(lab, addTallyHost('b'), { id: 'guilty' });
    const [before, broken, behind] = await Promise.all([
      desk.submit(lab, addTallyHost('a')),
      desk.writer.submit(guilty, 'remember'),
      desk.submit(lab, addTallyHost('b')),
    ]);
    expect([before, broken, behind].map(codeOf)).toEqual(['accepted', 'CommandBroken', 'accepted']);
    expect(broken).toMatchObject({ labVersion: 2, position: null });
    expect(await log.findOutcome('local', 'guilty')).toMatchObject({
      outcome: { kind: 'refused', refusal: commandBroken },
    });
    expect(codeOf(await desk.writer.submit(guilty))).toBe('CommandBroken');
    expect(await hostsOf(desk)).toEqual(['a', 'b']);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('refuses even that: the command fails', async () => {
    await makeLab();
    log.faults.push({ kind: 'reject', commandId: 'guilty' });
    const guilty = requestOf(lab, addTallyHost('b'), { id: 'guilty' });
    const ended = desk.writer.submit(guilty, 'remember');
    await expect(ended).rejects.toMatchObject({ code: 'CommandBroken' });
    expect(await log.findOutcome('local', 'guilty')).toBeNull();
  });

  it('is unavailable: it is tried again after a pause', async () => {
    await makeLab();
    log.faults.push({ kind: 'unavailable' }, { kind: 'unavailable' });
    const result = desk.submit(lab, addTallyHost('a'));
    await desk.time.advance(3_000);
    expect(codeOf(await result)).toBe('accepted');
  });

  it('stays unknown for too long: the client is told the id, and may repeat it', async () => {
    await makeLab();
    const request = requestOf(lab, addTallyHost('a'), { id: 'maybe' });
    log.faults.push({ kind: 'lostAfter' });
    log.outage = new Error('no route');
    const ended = desk.writer.submit(request).then(codeOf, (error: unknown) => error);
    await desk.time.advance(60_000);
    expect(await ended).toMatchObject({ code: 'OutcomeUnknown', commandId: 'maybe' });
    log.outage = null;
    const repeated = await desk.writer.submit(request);
    expect(repeated).toMatchObject({ isRepeat: true, labVersion: 2 });
    expect(await hostsOf(desk)).toEqual(['a']);
  });

  it('commands that wait behind an outage are told that nothing was done', async () => {
    await makeLab();
    log.faults.push({ kind: 'lostBefore' });
    log.outage = new Error('no route');
    const first = desk.submit(lab, addTallyHost('a')).catch((error: unknown) => error);
    await settled();
    const second = desk.submit(lab, addTallyHost('b')).catch((error: unknown) => error);
    await desk.time.advance(120_000);
    expect(await first).toMatchObject({ code: 'OutcomeUnknown' });
    expect(await second).toMatchObject({ code: 'LogUnavailable' });
  });
});

describe('the clock of a lab', () => {
  it('never goes back, although the server’s does', async () => {
    await makeLab();
    const first = await desk.submit(lab, addTallyHost('a'));
    const slow = new TallyDesk(log, { time: new ManualTime(5) });
    await slow.writer.start();
    const second = await slow.submit(lab, addTallyHost('b'));
    expect(second.labTime).toBe(first.labTime);
  });

  it('wakes the lab when something is due in it', async () => {
    await makeLab();
    await desk.submit(lab, addTallyHost(dueHost(5_000)));
    await desk.time.advance(4_999);
    expect(await hostsOf(desk)).toEqual([dueHost(5_000)]);
    await desk.time.advance(1);
    expect(await hostsOf(desk)).toEqual([]);
    expect((await log.readPartition(0, 2, 10)).map(({ face }) => face)).toEqual(['timer']);
    expect(desk.time.pending).toBe(0);
  });

  it('sleeps with a lab that left memory, and catches up with the next command', async () => {
    const small = new TallyDesk(log, { thingsMax: 2 });
    await small.writer.start();
    await small.submit(lab, makeTallyLab());
    await small.submit(lab, addTallyHost(dueHost(5_000)));
    await small.submit(other, makeTallyLab());
    expect(small.time.pending).toBe(0);
    await small.time.advance(9_000);
    expect(codeOf(await small.submit(lab, addTallyHost(dueHost(5_000))))).toBe('HostExists');
    expect(await hostsOf(small)).toEqual([]);
  });
});

describe('many tenants', () => {
  it('take turns when a flush cannot take everything', async () => {
    await desk.submit(lab, makeTallyLab());
    await desk.submit(other, makeTallyLab(), { tenantId: 'small' });
    const noisy = Array.from({ length: 2 * batchCommandsMax }, (_, index) =>
      desk.submit(lab, addTallyHost(`n${index}`)),
    );
    const quiet = desk.submit(other, addTallyHost('q'), { tenantId: 'small', id: 'quiet' });
    await quiet;
    expect(log.flushes[2]).toContain('quiet');
    await Promise.all(noisy);
    const positions = (await log.readPartition(0, 0, 2_000)).map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  });
});

describe('shutting down', () => {
  it('turns new commands away and lets those under way end', async () => {
    await makeLab();
    const last = desk.submit(lab, addTallyHost('a'));
    const stopped = desk.writer.stop();
    const late = desk.submit(lab, addTallyHost('b')).catch((error: unknown) => error);
    await desk.time.advance(100);
    await stopped;
    expect(codeOf(await last)).toBe('accepted');
    expect(await late).toMatchObject({ code: 'WriterStopped' });
  });
});
