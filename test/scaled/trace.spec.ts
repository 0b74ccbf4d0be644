import { randomBytes } from 'node:crypto';
import { KafkaLog } from '@netfold/log-kafka';
import type { LogConsumer } from '@netfold/log-kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../e2e/server.ts';
import { EngineClient } from './engine-client.ts';
import { GatewayClient } from './gateway-client.ts';
import { gatewaysOf, kafkaOf, until } from './installation.ts';

type Heard = { readonly topic: string; readonly headers: Readonly<Record<string, string>> };

const heard: Heard[] = [];
let server: TestServer;
let consumer: LogConsumer;

beforeAll(async () => {
  server = await TestServer.start();
  const kafka = new KafkaLog({
    brokers: [kafkaOf(server)],
    clientId: 'trace',
    onLog: () => {},
  });
  consumer = await kafka.consume(
    {
      group: `trace-${process.pid}`,
      topics: ['netfold.commands', 'netfold.commits', 'netfold.outcomes'],
      partitionsConcurrently: 4,
      batchRecordsMax: 500,
      onFatal: (error) => {
        throw error;
      },
    },
    ({ topic, records }) => {
      heard.push(...records.map(({ headers }) => ({ topic, headers })));
      return Promise.resolve();
    },
  );
}, 120_000);

afterAll(async () => {
  await consumer.stop();
  await server.stop();
});

const newTrace = (): string =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

const topicsWith = (traceparent: string): readonly string[] =>
  heard.filter(({ headers }) => headers['traceparent'] === traceparent).map(({ topic }) => topic);

const createLab = `mutation ($i: LabCreateInput!) {
  labCreate(input: $i) { lab { labId host(name: "h1") { dockerHost } } userErrors { message } } }`;

type Created = {
  readonly labCreate: {
    readonly lab: { readonly labId: string; readonly host: { readonly dockerHost: string } };
  };
};

test('the trace of a request is on the records of its command, commit and outcome', async () => {
  const [url = ''] = gatewaysOf(server);
  const [ofGraphql, ofDocker] = [newTrace(), newTrace()];
  const client = new GatewayClient([url], server.token, { traceparent: ofGraphql });
  const { labCreate } = await client.ask<Created>(createLab, {
    i: { name: 'traced', hosts: [{ name: 'h1' }] },
  });
  const { labId, host } = labCreate.lab;
  const engine = new EngineClient(host.dockerHost, { traceparent: ofDocker });
  await engine.run('c1');
  engine.close();
  await until('all that was caused was heard', () => topicsWith(ofDocker).length >= 6);
  const topics = ['netfold.commands', 'netfold.commits', 'netfold.outcomes'];
  expect(topicsWith(ofGraphql).toSorted()).toEqual(topics);
  // `docker run` is two requests: create, and start.
  expect(topicsWith(ofDocker).toSorted()).toEqual(topics.flatMap((topic) => [topic, topic]));
  const commits = heard.filter(
    ({ topic, headers }) => topic === 'netfold.commits' && headers['traceparent'] === ofDocker,
  );
  expect(commits.map(({ headers }) => headers['lab'])).toEqual([labId, labId]);
});

test('a header that is no trace travels nowhere', async () => {
  const none = newTrace().replace('00-', 'ff-');
  const [url = ''] = gatewaysOf(server);
  const client = new GatewayClient([url], server.token, { traceparent: none });
  const { labCreate } = await client.ask<Created>(createLab, {
    i: { name: 'untraced', hosts: [{ name: 'h1' }] },
  });
  const ofLab = (): readonly Heard[] =>
    heard.filter(
      ({ topic, headers }) => topic === 'netfold.commits' && headers['lab'] === labCreate.lab.labId,
    );
  await until('its commit was heard', () => ofLab().length === 1);
  expect(ofLab()[0]?.headers['traceparent']).toBeUndefined();
  expect(topicsWith(none)).toEqual([]);
});
