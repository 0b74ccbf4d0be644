import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '@netfold/embedded-kafka';
import { KafkaLog } from '@netfold/log-kafka';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-kafka-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const adminOf = (address: string) =>
  new KafkaLog({ brokers: [address], clientId: 'test', onLog: () => {} }).admin();

test('a Kafka with a folder of its own finds its topics at its address again', async () => {
  const first = await startKafka({ brokers: 1, folder });
  const before = await adminOf(first.addresses[0] ?? '');
  await before.ensureTopic('kept', { partitions: 3 });
  await before.close();
  await first.stop();
  const second = await startKafka({ brokers: 1, folder });
  expect(second.addresses).toEqual(first.addresses);
  const after = await adminOf(second.addresses[0] ?? '');
  expect(await after.watermarks('kept')).toHaveLength(3);
  await after.close();
  await second.stop();
}, 120_000);

test('a broker that was left behind is stopped first', async () => {
  const left = await startKafka({ brokers: 1, folder });
  const [stale] = left.brokers;
  const ended = stale?.ended();
  const next = await startKafka({ brokers: 1, folder });
  await ended;
  expect(stale?.processId).not.toBe(next.brokers[0]?.processId);
  await next.stop();
}, 120_000);
