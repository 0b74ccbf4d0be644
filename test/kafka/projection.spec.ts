import { startKafka, type KafkaCluster } from '@netfold/embedded-kafka';
import {
  CommitConsumer,
  commitRecord,
  KafkaLog,
  watermarkRecord,
  type LogProducer,
  type LogRecord,
  type LogTransport,
} from '@netfold/log-kafka';
import { createNetwork, ProjectionDesk, TestPostgres } from '@netfold/testkit';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from './waiting.ts';

const startMsMax = 240_000;
const testMsMax = 180_000;
const source = '/relays/0';

let cluster: KafkaCluster;
let postgres: TestPostgres;
let transport: LogTransport;
let producer: LogProducer;
let desk: ProjectionDesk;
let topic = '';
let topics = 0;
const problems: string[] = [];
const fatal: Error[] = [];
const running: CommitConsumer[] = [];

beforeAll(async () => {
  postgres = await TestPostgres.start();
  cluster = await startKafka({ brokers: 1, folder: null });
  const brokers = [...cluster.addresses];
  transport = new KafkaLog({
    brokers,
    clientId: 'projection-test',
    sessionTimeoutMs: 6_000,
    onLog: () => {},
  });
}, startMsMax);
afterAll(async () => {
  await cluster.stop();
  await postgres.stop();
}, startMsMax);

beforeEach(async () => {
  topics += 1;
  topic = `commits-${topics}`;
  desk = await ProjectionDesk.open(postgres);
  await makeTopic();
  producer = await transport.producer();
});
afterEach(async () => {
  for (const consumer of running.splice(0)) await consumer.stop();
  await producer.close();
  await desk.close();
  expect(fatal.splice(0)).toEqual([]);
  problems.splice(0);
});

async function makeTopic(): Promise<void> {
  const admin = await transport.admin();
  await admin.ensureTopic(topic, { partitions: 1 });
  await admin.close();
}

/** The records of the commits after a position, and the watermark that ends them. */
async function records(after: number): Promise<readonly LogRecord[]> {
  const logEpoch = await desk.log.distribution.logEpoch();
  const stored = await desk.log.readStored(0, after, 1_000);
  const position = stored.at(-1)?.position ?? after;
  return [
    ...stored.map((commit) => commitRecord(commit, { source, logEpoch, traceparent: null })),
    watermarkRecord({ partition: 0, position, logEpoch }, { source, time: Date.now() }),
  ];
}

async function send(of: readonly LogRecord[]): Promise<void> {
  for (const record of of) await producer.send({ topic, partition: 0 }, [record]);
}

/** One more projector in the group. */
async function consume(): Promise<CommitConsumer> {
  const consumer = new CommitConsumer({
    transport,
    projection: desk.projector(),
    topic,
    group: `projectors-${topics}`,
    onProblem: (problem) => problems.push(problem),
    onFatal: (error) => fatal.push(error),
  });
  await consumer.start();
  running.push(consumer);
  return consumer;
}

async function expectProjected(): Promise<void> {
  const [partition] = await desk.log.partitions();
  const head = partition?.head ?? 0;
  expect(head).toBeGreaterThan(0);
  await until(
    `position ${head} was projected`,
    async () => (await desk.positions.projectedPosition(0)) === head,
  );
  const { live, rebuilt } = await desk.hashes();
  expect(live).toEqual(rebuilt);
  expect(live.filter(({ rows }) => rows > 0).length).toBeGreaterThanOrEqual(10);
}

test(
  'commits of a real broker, some lost and some twice, become the rows of a rebuild',
  async () => {
    await desk.fill('lab-00000001', 6);
    await desk.fill('lab-00000002', 6);
    await consume();
    await consume();
    const all = await records(0);
    await send(all.filter((_, index) => index % 5 !== 3));
    await send(all.slice(0, 20));
    await expectProjected();
  },
  testMsMax,
);

test(
  'a projector that comes later goes on from the checkpoint of the tables',
  async () => {
    await desk.fill('lab-00000001', 3);
    await send(await records(0));
    const first = await consume();
    await expectProjected();
    await first.stop();
    const before = await desk.positions.projectedPosition(0);
    await desk.submit('lab-00000001', createNetwork('later'));
    await send(await records(before));
    await consume();
    await expectProjected();
    expect(problems).toEqual([]);
  },
  testMsMax,
);

test(
  'a topic that was deleted and made anew costs nothing: the log has it all',
  async () => {
    await desk.fill('lab-00000001', 5);
    await send(await records(0));
    const first = await consume();
    await expectProjected();
    await first.stop();
    await deleteTopic();
    await makeTopic();
    await desk.submit('lab-00000001', createNetwork('in-no-record'));
    await consume();
    await expectProjected();
    expect(problems).toEqual([expect.stringContaining('lies beyond the end')]);
    // What comes in the new topic goes on from there.
    const before = await desk.positions.projectedPosition(0);
    await desk.submit('lab-00000001', createNetwork('in-the-new-topic'));
    await send(await records(before));
    await expectProjected();
  },
  testMsMax,
);

async function deleteTopic(): Promise<void> {
  const admin = new Kafka({
    brokers: [...cluster.addresses],
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await until('the topic is gone', async () => !(await admin.listTopics()).includes(topic));
  await admin.disconnect();
}
