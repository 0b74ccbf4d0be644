import { randomUUID } from 'node:crypto';
import { startKafka, type Broker, type KafkaCluster } from '@netfold/embedded-kafka';
import { KafkaLog, type LogTransport } from '@netfold/log-kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyPartition, expire, removeTopic, throttledClient } from './broker-faults.ts';
import { transportContract } from './contract.ts';
import { Desk, names, record } from './desk.ts';
import { brokerFaultContract } from './fault-contract.ts';
import { startLossyProxy, type Loss, type LossyProxy } from './lossy-proxy.ts';

const startMsMax = 240_000;
const sessionTimeoutMs = 3_000;

let cluster: KafkaCluster;
let broker: Broker;
let proxy: LossyProxy;

export const transportBy = (address: string, clientId = 'netfold-test'): LogTransport =>
  new KafkaLog({ brokers: [address], clientId, sessionTimeoutMs, onLog: () => {} });
export const theBroker = (): Broker => broker;
export const direct = (): LogTransport => transportBy(broker.address);
export const newDesk = (transport: LogTransport): Desk =>
  new Desk(transport, randomUUID().slice(0, 8));

/**
 * What kafkajs and one broker keep together.
 *
 * @param version  of the jars; left out: that of all other tests
 */
export function oneBroker(version?: string): void {
  beforeAll(async () => {
    const ofVersion = version === undefined ? {} : { version };
    cluster = await startKafka({ brokers: 1, folder: null, ...ofVersion });
    [broker] = cluster.brokers as [Broker];
    const { port, proxyPort } = broker.behindProxy;
    proxy = await startLossyProxy({ listen: proxyPort, broker: port });
  }, startMsMax);

  afterAll(async () => {
    await proxy.close();
    await cluster.stop();
  }, startMsMax);

  const title = `kafkajs on Apache Kafka${version === undefined ? '' : ` ${version}`}`;
  transportContract(title, () => ({
    transport: direct(),
    sessionTimeoutMs,
    expire: (to) => expire(broker.address, to),
  }));
  brokenConnections();
  brokerFaultContract(title, () => ({
    transport: direct(),
    sessionTimeoutMs,
    throttled: () =>
      throttledClient(broker.address, (clientId) => transportBy(broker.address, clientId)),
    copy: async (partition) => copyPartition(broker, partition),
    remove: (topic) => removeTopic(broker.address, topic),
  }));
}

function brokenConnections(): void {
  const everyThird =
    (loss: Loss) =>
    (request: number): Loss | null =>
      request % 3 === 1 ? loss : null;

  describe('a broken connection', { timeout: 120_000 }, () => {
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
}
