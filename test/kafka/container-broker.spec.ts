import { freePorts } from '@netfold/embedded-kafka';
import { KafkaLog } from '@netfold/log-kafka';
import { noteImage, testImages } from '@netfold/testkit';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll } from 'vitest';
import { expire } from './broker-faults.ts';
import { transportContract } from './contract.ts';

const sessionTimeoutMs = 3_000;
const startMsMax = 90_000;
/** Where Kafka's own programs and their settings are told about clients. */
const inside = 9092;

let container: StartedTestContainer;
let address = '';

beforeAll(async () => {
  // A broker tells clients where it is, so the port has to be known before its start.
  const [port = 0] = await freePorts(1);
  address = `127.0.0.1:${port}`;
  container = await new GenericContainer(testImages.kafka)
    .withEnvironment({
      CLUSTER_ID: 'bmV0Zm9sZC1jb250YWluZQ',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `CLIENTS://:${inside},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `CLIENTS://${address}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'CLIENTS',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '500',
      KAFKA_HEAP_OPTS: '-Xms128m -Xmx512m',
    })
    .withExposedPorts({ container: inside, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(startMsMax)
    .start();
  await noteImage(testImages.kafka, container, [
    'sh',
    '-c',
    'ls /opt/kafka/libs | grep "^kafka-clients-"',
  ]);
}, startMsMax);

afterAll(async () => {
  await container.stop();
});

transportContract('kafkajs on Apache Kafka in a container', () => ({
  transport: new KafkaLog({
    brokers: [address],
    clientId: 'netfold-test',
    sessionTimeoutMs,
    onLog: () => {},
  }),
  sessionTimeoutMs,
  expire: (to) => expire(address, to),
}));
