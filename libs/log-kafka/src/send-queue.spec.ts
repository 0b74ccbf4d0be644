import { expect, test } from 'vitest';
import { batchBytesMax, bytesOnWire } from './record-limits.ts';
import { SendQueue, type SendBatch } from './send-queue.ts';
import { RecordRefused, TransportFailed, type LogRecord } from './transport.ts';

const record = (key: string, bytes = 1): LogRecord => ({
  key,
  value: new Uint8Array(bytes),
  headers: {},
});
const zero = { topic: 'commits', partition: 0 };
const one = { topic: 'commits', partition: 1 };

type Sent = { readonly partition: number; readonly keys: readonly string[] };

/** Answers after a turn and notes whether two batches were ever out at once. */
function wire(failing: ReadonlySet<string> = new Set()): {
  readonly sent: Sent[];
  readonly send: SendBatch;
  readonly outstandingMax: () => number;
} {
  const sent: Sent[] = [];
  let outstanding = 0;
  let outstandingMax = 0;
  let offset = 100n;
  const send: SendBatch = async ({ partition }, records) => {
    outstandingMax = Math.max(outstandingMax, ++outstanding);
    await new Promise(setImmediate);
    outstanding -= 1;
    const keys = records.map(({ key }) => key);
    sent.push({ partition, keys });
    if (keys.some((key) => failing.has(key))) throw new Error('the reply was lost');
    offset += BigInt(records.length);
    return offset - BigInt(records.length);
  };
  return { sent, send, outstandingMax: () => outstandingMax };
}

test('calls made at once leave one by one, joined by partition and in order', async () => {
  const { sent, send, outstandingMax } = wire();
  const queue = new SendQueue(send);
  const offsets = await Promise.all([
    queue.send(zero, [record('a'), record('b')]),
    queue.send(one, [record('c')]),
    queue.send(zero, [record('d')]),
  ]);
  expect(sent).toEqual([
    { partition: 0, keys: ['a', 'b', 'd'] },
    { partition: 1, keys: ['c'] },
  ]);
  expect(offsets).toEqual([100n, 103n, 102n]);
  expect(outstandingMax()).toBe(1);
});

test('a call that does not fit in the batch holds back those behind it', async () => {
  const { sent, send } = wire();
  const queue = new SendQueue(send);
  const large = record('large', batchBytesMax - 200);
  await Promise.all([
    queue.send(zero, [record('a', 200)]),
    queue.send(zero, [large]),
    queue.send(zero, [record('b')]),
  ]);
  expect(sent.map(({ keys }) => keys)).toEqual([['a'], ['large', 'b']]);
});

test('a failed batch takes along what waits behind it, and later calls go on', async () => {
  const { sent, send } = wire(new Set(['a']));
  const queue = new SendQueue(send);
  const failed = await Promise.allSettled([
    queue.send(zero, [record('a')]),
    queue.send(one, [record('b')]),
  ]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(queue.send(zero, [record('c')])).resolves.toBe(100n);
  expect(sent.flatMap(({ keys }) => keys)).toEqual(['a', 'c']);
});

test('closing waits for what is out and takes no more', async () => {
  const { sent, send } = wire();
  const queue = new SendQueue(send);
  const last = queue.send(zero, [record('a')]);
  await queue.close();
  expect(sent).toHaveLength(1);
  await expect(last).resolves.toBe(100n);
  await expect(queue.send(zero, [record('b')])).rejects.toBeInstanceOf(TransportFailed);
});

test('records at the limit of size are sent, one byte more is refused before sending', async () => {
  const { sent, send } = wire();
  const queue = new SendQueue(send);
  const room = batchBytesMax - bytesOnWire([record('k', 0)]);
  await queue.send(zero, [record('k', room)]);
  await expect(queue.send(zero, [record('k', room + 1)])).rejects.toBeInstanceOf(RecordRefused);
  await expect(queue.send(zero, [])).rejects.toBeInstanceOf(RecordRefused);
  expect(sent).toHaveLength(1);
});

test('the bytes are copied when they are handed over', async () => {
  const values: Uint8Array[] = [];
  const queue = new SendQueue((_to, records) => {
    values.push(...records.map(({ value }) => value));
    return Promise.resolve(0n);
  });
  const value = new Uint8Array([1]);
  const sent = queue.send(zero, [{ key: 'k', value, headers: {} }]);
  value[0] = 2;
  await sent;
  expect(values).toEqual([new Uint8Array([1])]);
});
