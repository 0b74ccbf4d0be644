import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker, KafkaCluster } from '@netfold/embedded-kafka';
import type { LogTransport, TopicOffset, TopicPartition } from '@netfold/log-kafka';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { setClientQuota } from './client-quota.ts';
import { until } from './waiting.ts';

/** One of the brokers may hang; then another one is asked. */
const requestMsMax = 2_000;

/** Does something that the transport has no words for. */
async function asAdmin<T>(
  addresses: readonly string[],
  act: (admin: Admin) => Promise<T>,
): Promise<T> {
  const client = { brokers: [...addresses], requestTimeout: requestMsMax };
  const admin = new Kafka({ ...client, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Deletes the records of a partition below an offset. */
export function expire(broker: string, { topic, partition, next }: TopicOffset): Promise<void> {
  return asAdmin([broker], async (admin) => {
    // deleteTopicRecords knows only topics that were asked for before.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(next) }] });
  });
}

export function removeTopic(broker: string, topic: string): Promise<void> {
  return asAdmin([broker], async (admin) => {
    await admin.deleteTopics({ topics: [topic] });
    await until('the topic is gone', async () => !(await admin.listTopics()).includes(topic));
  });
}

/** Small enough that six records of 20 kB keep a reader waiting for longer than three seconds. */
const smallQuota = { written: 30_000, read: 20_000 };

/** @returns a client that the broker holds back */
export async function throttledClient(
  address: string,
  clientNamed: (clientId: string) => LogTransport,
): Promise<LogTransport> {
  const clientId = `throttled-${randomUUID().slice(0, 8)}`;
  await setClientQuota(address, clientId, smallQuota);
  return clientNamed(clientId);
}

/**
 * Copies the files of a partition, as a backup of a running broker does.
 *
 * @returns kills the broker, puts the copy in place, and starts it again
 */
export function copyPartition(
  broker: Broker,
  { topic, partition }: TopicPartition,
): () => Promise<void> {
  const files = join(broker.dataFolder, `${topic}-${partition}`);
  const copy = mkdtempSync(join(tmpdir(), 'netfold-partition-'));
  cpSync(files, copy, { recursive: true });
  return async () => {
    await broker.kill();
    rmSync(files, { recursive: true });
    cpSync(copy, files, { recursive: true });
    rmSync(copy, { recursive: true });
    await broker.start();
  };
}

type PartitionState = { readonly leader: number; readonly isr: readonly number[] };

/** Who leads a partition, and who keeps up with it. */
export function stateOf(
  cluster: KafkaCluster,
  { topic, partition }: TopicPartition,
): Promise<PartitionState> {
  // By the first node, which is never stopped: it is the controller.
  return asAdmin(cluster.addresses.slice(0, 1), async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
    if (found === undefined) throw new Error(`nobody knows partition ${partition} of ${topic}`);
    return found;
  });
}

/** Stops a broker without ending it. @returns lets it go on */
export function hung({ processId, nodeId }: Broker): () => Promise<void> {
  if (processId === null) throw new Error(`node ${nodeId} does not run`);
  process.kill(processId, 'SIGSTOP');
  return async () => void process.kill(processId, 'SIGCONT');
}

/** Has a follower hang until the cluster no longer counts on it. @returns lets it go on */
export async function pauseFollower(
  cluster: KafkaCluster,
  partition: TopicPartition,
): Promise<() => Promise<void>> {
  const { leader } = await stateOf(cluster, partition);
  const follower = cluster.brokers.find(({ nodeId }) => nodeId !== 1 && nodeId !== leader);
  if (follower === undefined) throw new Error('nobody follows');
  const goOn = hung(follower);
  const isInSync = async (): Promise<boolean> =>
    (await stateOf(cluster, partition)).isr.includes(follower.nodeId);
  await until('the follower is out of sync', async () => !(await isInSync()));
  return goOn;
}

/** All groups have one coordinator, since their topic has one partition. */
const groupsPartition: TopicPartition = { topic: '__consumer_offsets', partition: 0 };

/** Takes the groups' topic from the broker that coordinates them. */
export async function moveCoordinator(cluster: KafkaCluster): Promise<void> {
  const { leader: before } = await stateOf(cluster, groupsPartition);
  const others = cluster.brokers.map(({ nodeId }) => nodeId).filter((id) => id !== before);
  const { topic, partition } = groupsPartition;
  await asAdmin(cluster.addresses.slice(0, 1), async (admin) => {
    const partitionAssignment = [{ partition, replicas: others }];
    await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
  });
  await until('another broker coordinates', async () => {
    const { leader } = await stateOf(cluster, groupsPartition);
    return others.includes(leader);
  });
}
