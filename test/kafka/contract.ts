import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchBytesMax, RecordRefused, SendFailed, TransportFailed } from '@netfold/log-kafka';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk, names, record, type TransportUnderTest } from './desk.ts';
import { patienceMs, until } from './waiting.ts';

/** What every transport keeps, whoever stands behind it. */
export function transportContract(title: string, underTest: () => TransportUnderTest): void {
  describe(title, { timeout: 2 * patienceMs }, () => {
    let desk: Desk;
    beforeEach(() => {
      desk = new Desk(underTest().transport, randomUUID().slice(0, 8));
    });
    afterEach(() => desk.closeUnharmed());
    const at = (partition: number): { topic: string; partition: number } => ({
      topic: desk.topic,
      partition,
    });

    writing(() => desk, at);
    reading(() => desk, at);
    positions(() => desk, at, underTest);
    groups(() => desk, at, underTest);
  });
}

type At = (partition: number) => { readonly topic: string; readonly partition: number };

function writing(desk: () => Desk, at: At): void {
  test('a record comes back as it was written, from the partition it was put in', async () => {
    await desk().newTopic(3);
    const producer = await desk().producer();
    const value = new Uint8Array([0, 255, 10, 128]);
    const sent = producer.send(at(2), [{ key: 'lab-ü', value, headers: { trace: 'ä-1' } }]);
    value.fill(7);
    const offset = await sent;
    const { seen } = await desk().read();
    await desk().sees(seen, ['lab-ü']);
    expect(seen.records).toEqual([
      {
        key: 'lab-ü',
        value: new Uint8Array([0, 255, 10, 128]),
        headers: { trace: 'ä-1' },
        partition: 2,
        offset,
        timestamp: expect.any(Number),
      },
    ]);
  });

  test('calls made all at once are stored once each, in order within a partition', async () => {
    await desk().newTopic(2);
    const producer = await desk().producer();
    const keys = names('k', 300);
    const offsets = await Promise.all(
      keys.map((key, index) => producer.send(at(index % 2), [record(key)])),
    );
    const { seen } = await desk().read();
    await desk().sees(seen, keys);
    for (const partition of [0, 1]) {
      const expected = keys.filter((_, index) => index % 2 === partition);
      expect(seen.keys(partition)).toEqual(expected);
      const stored = seen.records.filter((each) => each.partition === partition);
      expect(stored.map(({ offset }) => offset)).toEqual(
        offsets.filter((_, index) => index % 2 === partition),
      );
    }
  });

  test('a batch at the limit of size passes, a larger one is refused and not stored', async () => {
    await desk().newTopic(1);
    const producer = await desk().producer();
    const large = (bytes: number): string => 'x'.repeat(bytes);
    await producer.send(at(0), [record('fits', large(batchBytesMax - 200))]);
    const refused = producer.send(at(0), [record('too large', large(batchBytesMax))]);
    await expect(refused).rejects.toBeInstanceOf(RecordRefused);
    await producer.send(at(0), [record('after')]);
    const { seen } = await desk().read();
    await desk().sees(seen, ['after']);
    expect(seen.keys()).toEqual(['fits', 'after']);
  });

  test('records for a partition that does not exist are not lost in silence', async () => {
    await desk().newTopic(1);
    const producer = await desk().producer();
    await expect(producer.send(at(5), [record('a')])).rejects.toBeInstanceOf(SendFailed);
    await producer.send(at(0), [record('b')]);
    const { seen } = await desk().read();
    await desk().sees(seen, ['b']);
    expect(seen.keys()).toEqual(['b']);
  });

  test('a topic keeps its number of partitions', async () => {
    await desk().newTopic(3);
    const admin = await desk().admin();
    await admin.ensureTopic(desk().topic, { partitions: 3 });
    const other = admin.ensureTopic(desk().topic, { partitions: 4 });
    await expect(other).rejects.toBeInstanceOf(TransportFailed);
    const marks = await admin.watermarks(desk().topic);
    expect(marks).toEqual([0, 1, 2].map((partition) => ({ partition, low: 0n, high: 0n })));
  });
}

function reading(desk: () => Desk, at: At): void {
  test('partitions are handled side by side, each of them batch by batch', async () => {
    await desk().newTopic(2);
    const keys = [names('a', 6), names('b', 6)];
    for (const [partition, each] of keys.entries()) await desk().write(partition, each);
    const busy = [0, 0];
    let isSideBySide = false;
    let isOverlapping = false;
    const { seen } = await desk().read({ batchRecordsMax: 2 }, async ({ partition }) => {
      busy[partition] = (busy[partition] ?? 0) + 1;
      isOverlapping ||= busy.some((count) => count > 1);
      isSideBySide ||= busy.every((count) => count === 1);
      await sleep(150);
      busy[partition] -= 1;
    });
    await desk().sees(seen, keys.flat());
    expect({ isSideBySide, isOverlapping }).toEqual({ isSideBySide: true, isOverlapping: false });
    for (const [partition, each] of keys.entries()) expect(seen.keys(partition)).toEqual(each);
  });

  test('a batch whose handler throws comes again, from the last commit within it', async () => {
    await desk().newTopic(1);
    const keys = names('k', 6);
    const producer = await desk().producer();
    await producer.send(
      at(0),
      keys.map((key) => record(key)),
    );
    const begun: string[] = [];
    let failures = 0;
    const { seen } = await desk().read({ batchRecordsMax: 4 }, async ({ records }, context) => {
      begun.push(...records.map(({ key }) => key).slice(0, 1));
      if (failures++ === 0) throw new Error('planted');
      if (failures === 2) {
        await context.commit((records[1]?.offset ?? 0n) + 1n);
        throw new Error('planted');
      }
    });
    await desk().sees(seen, keys.slice(2));
    expect(begun.slice(0, 3)).toEqual(['k-0', 'k-0', 'k-2']);
    expect(seen.keys()).toEqual(keys.slice(2));
  });

  test('stopping waits for the batch at hand and begins no other', async () => {
    await desk().newTopic(1);
    await desk().write(0, names('k', 4));
    let begun = 0;
    const { seen, consumer } = await desk().read({ batchRecordsMax: 1 }, async (batch, context) => {
      begun += 1;
      await sleep(300);
      await context.commit((batch.records[0]?.offset ?? 0n) + 1n);
    });
    await until('a batch is at hand', () => begun === 1);
    await consumer.stop();
    expect(seen.keys()).toEqual(['k-0']);
    const next = await desk().read();
    await desk().sees(next.seen, ['k-3']);
    expect(next.seen.keys()).toEqual(['k-1', 'k-2', 'k-3']);
    expect(begun).toBe(1);
  });
}

function positions(desk: () => Desk, at: At, underTest: () => TransportUnderTest): void {
  test('a group goes on where it committed, and says where that is', async () => {
    await desk().newTopic(2);
    const offsets = await desk().write(1, names('k', 4));
    const second = offsets[1] ?? 0n;
    const first = await desk().read({}, async (_, context) => {
      await context.commit(second + 1n);
    });
    await desk().sees(first.seen, ['k-3']);
    await first.consumer.stop();
    const admin = await desk().admin();
    const committed = await admin.committed(desk().group, desk().topic);
    expect(committed).toEqual([{ ...at(1), next: second + 1n }]);
    const again = await desk().read();
    await desk().sees(again.seen, ['k-3']);
    expect(again.seen.keys()).toEqual(['k-2', 'k-3']);
  });

  test('positions kept elsewhere win over what the group committed', async () => {
    await desk().newTopic(1);
    const offsets = await desk().write(0, names('k', 4));
    const first = await desk().read({}, async ({ records }, context) => {
      await context.commit((records.at(-1)?.offset ?? 0n) + 1n);
    });
    await desk().sees(first.seen, ['k-3']);
    await first.consumer.stop();
    const assigned: unknown[] = [];
    const again = await desk().read({
      onAssigned: async (partitions) => {
        assigned.push(...partitions);
        // Late on purpose: nothing may be delivered before the position is known.
        await sleep(300);
        return [{ ...at(0), next: offsets[2] ?? 0n }];
      },
    });
    await desk().sees(again.seen, ['k-3']);
    expect(again.seen.keys()).toEqual(['k-2', 'k-3']);
    expect(assigned).toEqual([at(0)]);
  });

  test('a seek delivers from there, also back', async () => {
    await desk().newTopic(1);
    const offsets = await desk().write(0, names('k', 3));
    const { seen, consumer } = await desk().read();
    await desk().sees(seen, ['k-2']);
    consumer.seek({ ...at(0), next: offsets[1] ?? 0n });
    await until('two records came again', () => seen.records.length === 5);
    expect(seen.keys()).toEqual(['k-0', 'k-1', 'k-2', 'k-1', 'k-2']);
  });

  test('a pause past the session timeout keeps position and membership', async () => {
    await desk().newTopic(2);
    await desk().write(0, ['a-0']);
    let revocations = 0;
    const { seen, consumer } = await desk().read({
      onRevoked: async () => {
        revocations += 1;
      },
    });
    await desk().sees(seen, ['a-0']);
    consumer.pause([at(0), at(1)]);
    await desk().write(0, ['a-1', 'a-2']);
    await sleep(underTest().sessionTimeoutMs * 1.5);
    expect(seen.keys()).toEqual(['a-0']);
    consumer.resume([at(0), at(1)]);
    await desk().sees(seen, ['a-2']);
    expect(seen.keys()).toEqual(['a-0', 'a-1', 'a-2']);
    expect(revocations).toBe(0);
  });

  test('a position outside of what is kept becomes the oldest record', async () => {
    await desk().newTopic(1);
    const offsets = await desk().write(0, names('k', 5));
    await underTest().expire({ ...at(0), next: offsets[3] ?? 0n });
    const marks = await (await desk().admin()).watermarks(desk().topic);
    expect(marks[0]?.low).toBe(offsets[3]);
    const { seen } = await desk().read({
      onAssigned: async () => [{ ...at(0), next: offsets[1] ?? 0n }],
    });
    await desk().sees(seen, ['k-4']);
    expect(seen.keys()).toEqual(['k-3', 'k-4']);
  });
}

function groups(desk: () => Desk, at: At, underTest: () => TransportUnderTest): void {
  test('a rebalance aborts the running handler; the next owner repeats its batch', async () => {
    await desk().newTopic(2);
    await desk().write(0, names('a', 3));
    await desk().write(1, names('b', 3));
    const aborted: number[] = [];
    const order: string[] = [];
    let isBegun = false;
    let isFirst = true;
    const first = await desk().read(
      {
        onAssigned: async (partitions) => void order.push(`assigned ${partitions.length}`),
        onRevoked: async (partitions) => void order.push(`revoked ${partitions.length}`),
      },
      async ({ partition }, { signal }) => {
        if (!isFirst) return;
        isBegun = true;
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            aborted.push(partition);
            isFirst = false;
            resolve();
          });
        });
        throw new Error('given up');
      },
    );
    await until('the first member is at work', () => isBegun);
    const second = await desk().read();
    const keys = [...names('a', 3), ...names('b', 3)];
    await until('every record was handled', () => {
      const found = new Set([...first.seen.keys(), ...second.seen.keys()]);
      return keys.every((key) => found.has(key));
    });
    expect(aborted.length).toBeGreaterThan(0);
    expect(order.slice(0, 3)).toEqual(['assigned 2', 'revoked 2', 'assigned 1']);
    for (const partition of [0, 1]) {
      const all = [...first.seen.keys(partition), ...second.seen.keys(partition)];
      expect(all).toEqual(keys.filter((key) => key.startsWith(partition === 0 ? 'a' : 'b')));
    }
  });

  test('a handler slower than the session timeout stays a member', async () => {
    await desk().newTopic(1);
    await desk().write(0, ['slow', 'next']);
    let revocations = 0;
    const { seen } = await desk().read(
      {
        batchRecordsMax: 1,
        onRevoked: async () => {
          revocations += 1;
        },
      },
      async ({ records }) => {
        if (records[0]?.key === 'slow') await sleep(underTest().sessionTimeoutMs * 1.5);
      },
    );
    await desk().sees(seen, ['next']);
    expect(seen.keys()).toEqual(['slow', 'next']);
    expect(revocations).toBe(0);
  });

  test('the partitions of a member that leaves go to those who stay', async () => {
    await desk().newTopic(2);
    const first = await desk().read();
    const second = await desk().read();
    await desk().write(0, ['a']);
    await desk().write(1, ['b']);
    await until('both were seen', () => {
      return new Set([...first.seen.keys(), ...second.seen.keys()]).size === 2;
    });
    await second.consumer.stop();
    await desk().write(0, ['c']);
    await desk().write(1, ['d']);
    await desk().sees(first.seen, ['c', 'd']);
    expect(at(0).partition).toBe(0);
  });
}
