import type { RelayCursors } from '@netfold/application';
import {
  addTallyHost,
  makeTallyLab,
  ManualTime,
  MemoryEventLog,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { commitMessageOf } from '../messages/commit-message.ts';
import { outcomeOf } from '../messages/outcome-message.ts';
import { commitTopic } from '../messages/topics.ts';
import { batchBytesMax, bytesOnWire } from '../record-limits.ts';
import { SendFailed, type LogRecord, type TopicPartition } from '../transport.ts';
import { isClaimCurrent } from './claim-check.ts';
import { Relay, type RelayParts } from './relay.ts';

const labId = 'lab-00000001';

let time: ManualTime;
let log: MemoryEventLog;
let desk: TallyDesk;
let sent: { readonly to: TopicPartition; readonly records: readonly LogRecord[] }[];
let problems: string[];
/** Runs in place of the next sends. */
let faults: (() => void)[];

beforeEach(async () => {
  time = new ManualTime();
  log = new MemoryEventLog();
  desk = new TallyDesk(log, { time });
  await desk.writer.start();
  sent = [];
  problems = [];
  faults = [];
});

const newRelay = (changes: Partial<RelayParts> = {}): Relay =>
  new Relay({
    partition: 0,
    log,
    outcomes: log.distribution,
    cursors: log.distribution,
    producer: {
      send: async (to, records) => {
        const fault = faults.shift();
        if (fault !== undefined) fault();
        sent.push({ to, records });
        return 0n;
      },
    },
    traces: { find: () => null },
    claim: () => desk.writer.claim,
    logEpoch: 'e',
    source: '/commanders/test',
    timers: time,
    clock: time.clock,
    onProblem: (problem) => problems.push(problem),
    ...changes,
  });

const lost = (): never => {
  throw new SendFailed('planted');
};

const recordsOf = (topic: string): readonly LogRecord[] =>
  sent.filter(({ to }) => to.topic === topic).flatMap(({ records }) => records);

function positions(): readonly number[] {
  return recordsOf(commitTopic)
    .map(commitMessageOf)
    .flatMap((each) => (each.kind === 'commit' ? [each.commit.position] : []));
}

const watermarks = (): readonly number[] =>
  recordsOf(commitTopic)
    .map(commitMessageOf)
    .flatMap((each) => (each.kind === 'watermark' ? [each.watermark.position] : []));

const sequences = (): readonly number[] =>
  recordsOf('netfold.outcomes')
    .map(outcomeOf)
    .flatMap((each) => (each.isRemembered ? [each.sequence] : []));

async function write(...names: readonly string[]): Promise<void> {
  if (desk.labs.peek(labId) === undefined) await desk.submit(labId, makeTallyLab());
  for (const name of names) await desk.submit(labId, addTallyHost(name));
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a relay', () => {
  test('sends what is in the log, each once, in order, and what comes as it is woken', async () => {
    await write('h1', 'h1');
    const relay = newRelay();
    relay.start();
    await settled();
    expect(positions()).toEqual([1, 2]);
    expect(sequences()).toEqual([1, 2, 3]);
    await write('h2');
    relay.wake();
    await settled();
    expect(positions()).toEqual([1, 2, 3]);
    await relay.stop();
    expect(await log.distribution.position(0, 'commits')).toBe(3);
    expect(await log.distribution.position(0, 'outcomes')).toBe(4);
  });

  test('finds what nobody woke it for within a second', async () => {
    const relay = newRelay();
    relay.start();
    await settled();
    await write('h1');
    await time.advance(1_000);
    expect(positions()).toEqual([1, 2]);
    await relay.stop();
  });

  test('sends a page again after a lost reply, and never leaves one out', async () => {
    await write('h1');
    faults = [lost];
    const relay = newRelay();
    relay.start();
    await settled();
    expect(positions()).toEqual([]);
    expect(problems).toHaveLength(1);
    await time.advance(200);
    expect(positions()).toEqual([1, 2]);
    await relay.stop();
  });

  test('that ends between sending and its cursor leaves repeats to the next, no hole', async () => {
    await write('h1', 'h2');
    const crash: RelayCursors = {
      position: (...of) => log.distribution.position(...of),
      advance: () => Promise.reject(new Error('planted: the process ended')),
    };
    const first = newRelay({ cursors: crash });
    first.start();
    await settled();
    await first.stop();
    expect(positions()).toEqual([1, 2, 3]);
    const second = newRelay();
    second.start();
    await settled();
    await second.stop();
    expect(positions()).toEqual([1, 2, 3, 1, 2, 3]);
  });

  test('whose answer about the cursor was lost looks where it stands', async () => {
    await write('h1');
    let isLost = true;
    const cursors: RelayCursors = {
      position: (...of) => log.distribution.position(...of),
      advance: async (...of) => {
        const isMoved = await log.distribution.advance(...of);
        if (isLost) throw new Error('planted: the reply was lost');
        return isMoved;
      },
    };
    const relay = newRelay({ cursors });
    relay.start();
    await settled();
    isLost = false;
    await time.advance(200);
    await write('h2');
    await time.advance(2_000);
    expect(positions()).toEqual([1, 2, 3]);
    await relay.stop();
  });

  test('whose partition another has claimed stops for good', async () => {
    await write('h1');
    const stale = desk.writer.claim;
    let isEnded = false;
    const relay = newRelay({ claim: () => stale, onEnded: () => (isEnded = true) });
    await log.claim(0);
    relay.start();
    await settled();
    expect(isEnded).toBe(true);
    const sentBefore = sent.length;
    relay.wake();
    await time.advance(60_000);
    expect(sent).toHaveLength(sentBefore);
    expect(await log.distribution.position(0, 'commits')).toBe(0);
    await relay.stop();
  });

  test('goes on when its own writer has claimed anew meanwhile', async () => {
    await write('h1');
    faults = [() => void log.faults.push({ kind: 'lostAfter' })];
    const relay = newRelay();
    relay.start();
    await settled();
    await write('h2');
    await time.advance(5_000);
    expect(positions().toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect((desk.writer.claim?.epoch ?? 0) > 1).toBe(true);
    await relay.stop();
  });

  test('waits while its writer holds nothing', async () => {
    await write('h1');
    let isHeld = false;
    const relay = newRelay({ claim: () => (isHeld ? desk.writer.claim : null) });
    relay.start();
    await time.advance(1_000);
    expect(sent).toEqual([]);
    isHeld = true;
    await time.advance(1_000);
    expect(positions()).toEqual([1, 2]);
    await relay.stop();
  });

  test('marks how far it came: within 2 s of news, and every 10 s without', async () => {
    await write('h1');
    const relay = newRelay();
    relay.start();
    await time.advance(1_000);
    expect(watermarks()).toEqual([2]);
    await write('h2', 'h3');
    await time.advance(2_000);
    expect(watermarks()).toEqual([2, 4]);
    await time.advance(30_000);
    expect(watermarks()).toEqual([2, 4, 4, 4, 4]);
    await relay.stop();
  });

  test('pauses longer and longer while nothing can be sent, woken or not', async () => {
    await write('h1');
    let attempts = 0;
    const producer = {
      send: () => {
        attempts += 1;
        return Promise.reject(new SendFailed('planted'));
      },
    };
    const relay = newRelay({ producer });
    relay.start();
    for (let second = 0; second < 60; second += 1) {
      await time.advance(1_000);
      relay.wake();
    }
    expect(attempts).toBeGreaterThan(12);
    expect(attempts).toBeLessThan(25);
    await relay.stop();
  });

  test('cuts a page into batches that the distribution log takes', async () => {
    await write(...upTo(5).map((each) => `${each}${'x'.repeat(400_000)}`));
    const relay = newRelay();
    relay.start();
    await settled();
    await relay.stop();
    expect(positions()).toEqual(upTo(6));
    for (const { records } of sent) expect(bytesOnWire(records)).toBeLessThanOrEqual(batchBytesMax);
  });

  test('relays more than one page without a pause', async () => {
    const count = 1_200;
    await write();
    await Promise.all(upTo(count).map((each) => desk.submit(labId, addTallyHost(`h${each}`))));
    const relay = newRelay();
    relay.start();
    for (let turn = 0; turn < 10; turn += 1) await settled();
    expect(positions()).toEqual(upTo(count + 1));
    expect(sequences()).toEqual(upTo(count + 1));
    await relay.stop();
  });
});

test('a claim is current until somebody claims the partition', async () => {
  const { claim } = desk.writer;
  if (claim === null) throw new Error('nothing is claimed');
  await write('h1');
  expect(await isClaimCurrent(log.distribution, claim)).toBe(true);
  expect(await log.distribution.position(0, 'commits')).toBe(0);
  await log.claim(0);
  expect(await isClaimCurrent(log.distribution, claim)).toBe(false);
});
