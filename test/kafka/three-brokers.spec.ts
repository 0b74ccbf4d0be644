import { randomUUID } from 'node:crypto';
import { startKafka, type Broker, type KafkaCluster } from '@netfold/embedded-kafka';
import { KafkaLog, type LogTransport } from '@netfold/log-kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hung, moveCoordinator, pauseFollower, stateOf } from './broker-faults.ts';
import { Desk } from './desk.ts';
import { clusterFaultContract, Flow } from './fault-contract.ts';
import { until } from './waiting.ts';

const startMsMax = 240_000;

let cluster: KafkaCluster;

beforeAll(async () => {
  cluster = await startKafka({ brokers: 3, folder: null });
}, startMsMax);

afterAll(async () => {
  await cluster.stop();
}, startMsMax);

const transport = (): LogTransport =>
  new KafkaLog({
    // The first node, which is the controller, is neither killed nor stopped.
    brokers: cluster.addresses.slice(0, 1),
    clientId: 'netfold-test',
    sessionTimeoutMs: 3_000,
    onLog: () => {},
  });

clusterFaultContract('kafkajs on three brokers', () => ({
  transport: transport(),
  lackReplicas: (topic) => pauseFollower(cluster, { topic, partition: 0 }),
  moveCoordinator: () => moveCoordinator(cluster),
}));

test.each([
  { fate: 'is killed', meet: killed },
  { fate: 'hangs', meet: async (leader: Broker) => hung(leader) },
])(
  'a leader that $fate takes no acknowledged record along',
  async ({ meet }) => {
    const desk = new Desk(transport(), randomUUID().slice(0, 8));
    await desk.newTopic(3, { 'min.insync.replicas': '2' });
    const { leader, partition } = await anotherLeader(desk.topic);
    const flow = new Flow(await desk.producer(), { topic: desk.topic, partition });
    await until('some were acknowledged', () => flow.acknowledged.length > 50);
    const comeBack = await meet(leader);
    const atFault = flow.acknowledged.length;
    await until('another broker leads', () => flow.acknowledged.length > atFault + 50);
    const acknowledged = await flow.end();
    await comeBack();
    const { seen } = await desk.read();
    await desk.sees(seen, acknowledged);
    // Stored once each, in order: what had no reply was sent again.
    expect(seen.keys().filter((key) => acknowledged.includes(key))).toEqual(acknowledged);
    await desk.close();
  },
  180_000,
);

async function killed(broker: Broker): Promise<() => Promise<void>> {
  await broker.kill();
  return () => broker.start();
}

/** A partition that some other node than the controller leads. */
async function anotherLeader(
  topic: string,
): Promise<{ readonly leader: Broker; readonly partition: number }> {
  for (const partition of [0, 1, 2]) {
    const { leader: nodeId } = await stateOf(cluster, { topic, partition });
    const leader = cluster.brokers.find((broker) => broker.nodeId === nodeId);
    if (leader !== undefined && nodeId !== 1) return { leader, partition };
  }
  throw new Error('the controller leads all partitions');
}
