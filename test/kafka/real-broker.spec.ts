import { randomUUID } from 'node:crypto';
import {
  KafkaLog,
  TransportFailed,
  type KafkaLogLine,
  type LogTransport,
} from '@netfold/log-kafka';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startKafka, type Broker, type KafkaCluster } from '@netfold/embedded-kafka';
import { transportContract } from './contract.ts';
import { Desk, names, record } from './desk.ts';
import { freePorts } from '@netfold/embedded-kafka';
import { startLossyProxy, type Loss, type LossyProxy } from './lossy-proxy.ts';
import { until } from './waiting.ts';

const sessionTimeoutMs = 3_000;
const startMsMax = 240_000;

let cluster: KafkaCluster;
let broker: Broker;
let proxy: LossyProxy;
const log: KafkaLogLine[] = [];

beforeAll(async () => {
  cluster = await startKafka({ brokers: 1, folder: null });
  [broker] = cluster.brokers as [Broker];
  const { port, proxyPort } = broker.behindProxy;
  proxy = await startLossyProxy({ listen: proxyPort, broker: port });
}, startMsMax);

afterAll(async () => {
  await proxy.close();
  await cluster.stop();
}, startMsMax);

const transportBy = (address: string): LogTransport =>
  new KafkaLog({
    brokers: [address],
    clientId: 'netfold-test',
    sessionTimeoutMs,
    onLog: (line) => log.push(line),
  });
const direct = (): LogTransport => transportBy(broker.address);
const newDesk = (transport: LogTransport): Desk => new Desk(transport, randomUUID().slice(0, 8));

transportContract('kafkajs on Apache Kafka', () => ({
  transport: direct(),
  sessionTimeoutMs,
  expire: async ({ topic, partition, next }) => {
    const admin = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    // deleteTopicRecords knows only topics that were asked for before.
    await admin.fetchTopicOffsets(topic);
    const partitions = [{ partition, offset: String(next) }];
    await admin.deleteTopicRecords({ topic, partitions });
    await admin.disconnect();
  },
}));

describe('a broken connection', { timeout: 120_000 }, () => {
  const everyThird =
    (loss: Loss) =>
    (request: number): Loss | null =>
      request % 3 === 1 ? loss : null;

  test.each(['reply', 'request'] as const)(
    'that loses the %s of every third batch neither loses nor doubles a record',
    async (loss) => {
      const desk = newDesk(transportBy(`127.0.0.1:${broker.behindProxy.proxyPort}`));
      await desk.newTopic(2);
      const producer = await desk.producer();
      const before = proxy.lost[loss];
      proxy.lose(everyThird(loss));
      const keys = names('k', 40);
      for (let from = 0; from < keys.length; from += 4) {
        // Four at once: what an idempotent producer of kafkajs gets wrong on its own.
        await Promise.all(
          keys
            .slice(from, from + 4)
            .map((key, index) =>
              producer.send({ topic: desk.topic, partition: index % 2 }, [record(key)]),
            ),
        );
      }
      proxy.lose(() => null);
      expect(proxy.lost[loss] - before).toBeGreaterThan(5);
      await desk.write(0, ['end-0']);
      await desk.write(1, ['end-1']);
      const { seen } = await desk.read();
      await desk.sees(seen, ['end-0', 'end-1']);
      for (const partition of [0, 1]) {
        const written = keys.filter((_, index) => (index % 4) % 2 === partition);
        expect(seen.keys(partition)).toEqual([...written, `end-${partition}`]);
      }
      await desk.close();
    },
  );
});

describe('a broker that is away', { timeout: 180_000 }, () => {
  test('is reported when a producer, a consumer or an admin wants to start', async () => {
    const [port] = await freePorts(1);
    const away = transportBy(`127.0.0.1:${port}`);
    const options = { group: 'g', topics: ['t'], partitionsConcurrently: 1, batchRecordsMax: 1 };
    const results = await Promise.allSettled([
      away.producer(),
      away.admin(),
      away.consume({ ...options, onFatal: () => {} }, () => Promise.resolve()),
    ]);
    expect(results.map((each) => each.status === 'rejected' && each.reason)).toEqual(
      results.map(() => expect.any(TransportFailed)),
    );
  });

  test('and comes back loses nothing acknowledged, and consumers go on or end', async () => {
    const desk = newDesk(direct());
    await desk.newTopic(1);
    const producer = await desk.producer();
    const to = { topic: desk.topic, partition: 0 };
    const acknowledged: string[] = [];
    const enough = new AbortController();
    const first = await desk.read();
    const writing = (async () => {
      for (let index = 0; !enough.signal.aborted; index += 1) {
        // Refused while the broker is away: then the next key is tried, as after a refusal.
        const isStored = await producer.send(to, [record(`k-${index}`)]).then(
          () => true,
          () => false,
        );
        if (isStored) acknowledged.push(`k-${index}`);
      }
    })();
    await until('some were acknowledged', () => acknowledged.length > 50);
    await broker.kill();
    await broker.start();
    const atReturn = acknowledged.length;
    await until('more were acknowledged', () => acknowledged.length > atReturn + 50);
    enough.abort();
    await writing;
    await until('the consumer went on or ended', () => {
      return desk.fatal.length > 0 || first.seen.keys().includes(acknowledged.at(-1) ?? '');
    });
    // A supervisor would start the ended program again; it reads from the beginning.
    const again = await desk.read({ group: `${desk.group}-again` });
    await desk.sees(again.seen, acknowledged);
    const places = acknowledged.map((key) => again.seen.keys().indexOf(key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    await desk.close();
  });
});

test('idle clients let the processor rest', { timeout: 60_000 }, async () => {
  const desk = newDesk(direct());
  await desk.newTopic(1);
  await desk.write(0, ['k']);
  const { seen } = await desk.read();
  await desk.sees(seen, ['k']);
  const counted = timersStartedIn(2_000);
  // Unmended, each of the three connections starts 1,000 timers a second.
  expect(await counted).toBeLessThan(500);
  await desk.close();
});

/** How many timers this process started within a time. */
async function timersStartedIn(ms: number): Promise<number> {
  const original = globalThis.setTimeout;
  let count = 0;
  const counting = (...args: Parameters<typeof original>): ReturnType<typeof original> => {
    count += 1;
    return original(...args);
  };
  globalThis.setTimeout = Object.assign(counting, original);
  await new Promise((resolve) => original(resolve, ms));
  globalThis.setTimeout = original;
  return count;
}
