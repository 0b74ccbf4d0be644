import { randomUUID } from 'node:crypto';
import { CommandFailure } from '@netfold/application';
import { startKafka, type Broker, type KafkaCluster } from '@netfold/embedded-kafka';
import { KafkaLog, type LogTransport } from '@netfold/log-kafka';
import { addTallyHost, makeTallyLab, requestOf } from '@netfold/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, commandContract, newLabIn } from './commands.ts';
import { startLossyProxy, type LossyProxy } from './lossy-proxy.ts';
import { RenamedTransport } from './renamed-transport.ts';
import { ScaledDesk } from './scaled-desk.ts';
import { until } from './waiting.ts';

const sessionTimeoutMs = 6_000;
const startMsMax = 240_000;

let cluster: KafkaCluster;
let broker: Broker;
let proxy: LossyProxy;

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

const kafkaAt = (address: string): LogTransport =>
  new KafkaLog({ brokers: [address], clientId: 'netfold-test', sessionTimeoutMs, onLog: () => {} });

/** Two ways to the same topics, which belong to one test. */
function newWays(): { readonly direct: LogTransport; readonly lossy: LogTransport } {
  const name = randomUUID().slice(0, 8);
  const lossyAddress = `127.0.0.1:${broker.behindProxy.proxyPort}`;
  return {
    direct: new RenamedTransport(kafkaAt(broker.address), name),
    lossy: new RenamedTransport(kafkaAt(lossyAddress), name),
  };
}

commandContract('commands by way of Apache Kafka', () => newWays().direct);

describe('Apache Kafka', { timeout: 240_000 }, () => {
  test('that loses every third request or reply carries out each command once', async () => {
    const { direct, lossy } = newWays();
    const desk = await new ScaledDesk(direct).open();
    const heard = await desk.hear();
    await desk.commander(lossy);
    const gateway = await desk.gateway(lossy);
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    const before = { ...proxy.lost };
    proxy.lose((index) => (index % 3 === 1 ? (index % 2 === 0 ? 'reply' : 'request') : null));
    const requests = Array.from({ length: 20 }, (_, index) =>
      requestOf(labId, addTallyHost(`h${index}`)),
    );
    for (const request of requests) {
      await until(`${request.id} is answered`, async () => {
        const code = await gateway.submit(request).then(codeOf, () => 'again');
        return code === 'accepted';
      });
    }
    proxy.lose(() => null);
    expect(proxy.lost.reply + proxy.lost.request).toBeGreaterThan(
      before.reply + before.request + 5,
    );
    expect((await desk.log.findLab(labId))?.version).toBe(21);
    await desk.relayed();
    const positionsHeard = (): readonly number[] => [
      ...new Set(
        heard.commits.flatMap((each) => (each.kind === 'commit' ? [each.commit.position] : [])),
      ),
    ];
    await until('all was heard', () => positionsHeard().length === 21);
    expect(positionsHeard()).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    await desk.close();
  });

  test('that is away has commands refused, which then succeed exactly once', async () => {
    const { direct } = newWays();
    const desk = await new ScaledDesk(direct).open();
    await desk.commander();
    const gateway = await desk.gateway();
    const labId = newLabIn(0);
    await gateway.submit(requestOf(labId, makeTallyLab()));
    await broker.kill();
    const requests = Array.from({ length: 5 }, (_, index) =>
      requestOf(labId, addTallyHost(`h${index}`)),
    );
    const refusals = await Promise.allSettled(requests.map((each) => gateway.submit(each)));
    expect(refusals).toEqual(
      requests.map(() => ({ status: 'rejected', reason: expect.any(CommandFailure) })),
    );
    expect(refusals.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
      requests.map(() => 'CommandsUnavailable'),
    );
    await broker.start();
    // A consumer whose broker was away may have ended; its supervisor starts the next.
    const next = await desk.commander();
    await until(
      'somebody holds both',
      () => next.owners.held.length > 0 || desk.fatal.length === 0,
    );
    for (const request of requests) {
      await until(`${request.id} is answered`, async () => {
        const code = await gateway.submit(request).then(codeOf, () => 'again');
        return code === 'accepted';
      });
    }
    const inLog = (await desk.commitsInLog()).map(({ commandId }) => commandId);
    for (const { id } of requests) expect(inLog.filter((each) => each === id)).toHaveLength(1);
    await desk.relayed();
    const heard = await desk.hear();
    await until('the backlog has flowed', () => {
      const marks = heard.commits.filter(({ kind }) => kind === 'commit');
      return marks.length >= 6;
    });
    const positions = heard.commits.flatMap((each) =>
      each.kind === 'commit' ? [each.commit.position] : [],
    );
    expect([...new Set(positions)]).toEqual([1, 2, 3, 4, 5, 6]);
    await desk.close();
  });
});
