import { KafkaLog } from '@netfold/log-kafka';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKafka, type Broker, type KafkaCluster } from '@netfold/embedded-kafka';
import { Desk, record } from './desk.ts';
import { until } from './waiting.ts';

const startMsMax = 240_000;

let cluster: KafkaCluster;

beforeAll(async () => {
  cluster = await startKafka({ brokers: 3, folder: null });
}, startMsMax);

afterAll(async () => {
  await cluster.stop();
}, startMsMax);

test('a killed leader takes no acknowledged record along', { timeout: 180_000 }, async () => {
  const transport = new KafkaLog({
    brokers: cluster.addresses,
    clientId: 'netfold-test',
    sessionTimeoutMs: 3_000,
    onLog: () => {},
  });
  const desk = new Desk(transport, 'leader');
  const admin = await desk.admin();
  const settings = { 'min.insync.replicas': '2' };
  await admin.ensureTopic(desk.topic, { partitions: 3, replicas: 3, settings });
  const { leader, partition } = await anotherLeader(desk.topic);
  const producer = await desk.producer();
  const acknowledged: string[] = [];
  const enough = new AbortController();
  const writing = (async () => {
    for (let index = 0; !enough.signal.aborted; index += 1) {
      // A refusal while nobody leads is no loss: the next key is tried.
      const isStored = await producer
        .send({ topic: desk.topic, partition }, [record(`k-${index}`)])
        .then(
          () => true,
          () => false,
        );
      if (isStored) acknowledged.push(`k-${index}`);
    }
  })();
  await until('some were acknowledged', () => acknowledged.length > 50);
  await leader.kill();
  const atKill = acknowledged.length;
  await until('another broker leads', () => acknowledged.length > atKill + 50);
  enough.abort();
  await writing;
  await leader.start();
  const { seen } = await desk.read();
  await desk.sees(seen, acknowledged);
  // Stored once each, in order: the replies that the kill cut off were asked for again.
  expect(seen.keys().filter((key) => acknowledged.includes(key))).toEqual(acknowledged);
  await desk.close();
});

/** A partition that some other node than the controller leads. */
async function anotherLeader(
  topic: string,
): Promise<{ readonly leader: Broker; readonly partition: number }> {
  const admin = new Kafka({ brokers: [...cluster.addresses], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  await admin.disconnect();
  for (const { leader: nodeId, partitionId } of topics[0]?.partitions ?? []) {
    const leader = cluster.brokers.find((broker) => broker.nodeId === nodeId);
    if (leader !== undefined && nodeId !== 1) return { leader, partition: partitionId };
  }
  throw new Error('the controller leads all partitions');
}
