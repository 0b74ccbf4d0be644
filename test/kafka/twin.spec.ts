import { InProcessLog } from '@netfold/log-kafka';
import { expect, test } from 'vitest';
import { transportContract } from './contract.ts';
import { Desk, names } from './desk.ts';
import { brokerFaultContract, clusterFaultContract } from './fault-contract.ts';
import { until } from './waiting.ts';

const log = new InProcessLog();
const title = 'the twin within the process';
const sessionTimeoutMs = 200;

transportContract(title, () => ({
  transport: log,
  expire: (to) => Promise.resolve(log.expire(to)),
  sessionTimeoutMs,
}));

brokerFaultContract(title, () => ({
  transport: log,
  sessionTimeoutMs,
  throttled: async () => {
    const throttled = new InProcessLog();
    throttled.throttle(sessionTimeoutMs / 4);
    return throttled;
  },
  copy: async (partition) => {
    const marks = await (await log.admin()).watermarks(partition.topic);
    const next = marks[partition.partition]?.high ?? 0n;
    return async () => log.rewind({ ...partition, next });
  },
  remove: async (topic) => log.remove(topic),
}));

clusterFaultContract(title, () => ({
  transport: log,
  lackReplicas: async (topic) => {
    log.lackReplicas(topic, true);
    return async () => log.lackReplicas(topic, false);
  },
  moveCoordinator: (group) => log.rebalance(group),
}));

test('offsets of the twin have gaps, so that nobody counts on their being one apart', async () => {
  const desk = new Desk(log, 'gaps');
  await desk.newTopic(1);
  expect(await desk.write(0, names('k', 3))).toEqual([0n, 2n, 4n]);
  await desk.close();
});

test('a rebalance on demand takes and deals out again', async () => {
  const desk = new Desk(log, 'demand');
  await desk.newTopic(2);
  const turns: string[] = [];
  await desk.read({
    onAssigned: async (partitions) => void turns.push(`assigned ${partitions.length}`),
    onRevoked: async (partitions) => void turns.push(`revoked ${partitions.length}`),
  });
  await log.rebalance(desk.group);
  await until('the member got its partitions again', () => turns.length === 3);
  expect(turns).toEqual(['assigned 2', 'revoked 2', 'assigned 2']);
  await desk.close();
});
