import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  SendFailed,
  type LogProducer,
  type LogTransport,
  type TopicPartition,
} from '@netfold/log-kafka';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk, names, record } from './desk.ts';
import { patienceMs, until } from './waiting.ts';

/** What can be done to one broker, or to the twin. */
export type BrokerUnderTest = {
  readonly transport: LogTransport;
  readonly sessionTimeoutMs: number;
  /**
   * @returns a way to the same log whose reading is held back for longer than a session, once it
   *          has read some 60 kB, and its writing for a moment
   */
  throttled(): Promise<LogTransport>;
  /** Copies a partition as it is. @returns puts it back to the copy */
  copy(partition: TopicPartition): Promise<() => Promise<void>>;
  /** Deletes a topic with all that the broker knows of it. */
  remove(topic: string): Promise<void>;
};

/** What can be done to a cluster, or to the twin. */
export type ClusterUnderTest = {
  readonly transport: LogTransport;
  /** Has a topic refuse records, for want of replicas. @returns brings the replicas back */
  lackReplicas(topic: string): Promise<() => Promise<void>>;
  /** Gives a group another coordinator. */
  moveCoordinator(group: string): Promise<void>;
};

/** What every transport keeps when a broker holds it back or has forgotten what it wrote. */
export function brokerFaultContract(title: string, underTest: () => BrokerUnderTest): void {
  describe(`${title}, a broker with faults`, { timeout: 2 * patienceMs }, () => {
    let desk: Desk;
    let producer: LogProducer;
    const at = (): TopicPartition => ({ topic: desk.topic, partition: 0 });
    const write = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await producer.send(at(), [record(key)]);
    };
    const openDesk = async (transport: LogTransport): Promise<void> => {
      desk = new Desk(transport, randomUUID().slice(0, 8));
      await desk.newTopic(1);
      producer = await desk.producer();
    };
    afterEach(() => desk.closeUnharmed());

    test('a client over its quota is late, but stays in its group and gets all once', async () => {
      await openDesk(await underTest().throttled());
      const keys = names('k', 6);
      // One by one: a batch larger than what the quota grants in a while never gets through.
      for (const key of keys) await producer.send(at(), [record(key, 'x'.repeat(20_000))]);
      const readAt: number[] = [];
      let revocations = 0;
      const onRevoked = async (): Promise<void> => void (revocations += 1);
      const { seen } = await desk.read({ onRevoked, batchRecordsMax: 1 }, () => {
        readAt.push(performance.now());
      });
      await desk.sees(seen, keys);
      expect(seen.keys()).toEqual(keys);
      expect(revocations).toBe(0);
      const heldBackMs = (readAt.at(-1) ?? 0) - (readAt[0] ?? 0);
      expect(heldBackMs).toBeGreaterThan(underTest().sessionTimeoutMs);
    });

    test('a topic that is made again takes what its old producer sends', async () => {
      await openDesk(underTest().transport);
      await write('a', 'b');
      await underTest().remove(desk.topic);
      await desk.newTopic(1);
      await write('c', 'd');
      const { seen } = await desk.read();
      await desk.sees(seen, ['d']);
      expect(seen.keys()).toEqual(['c', 'd']);
    });

    test('a partition put back to an old copy fails its producer once, no more', async () => {
      await openDesk(underTest().transport);
      await write('a', 'b');
      const putBack = await underTest().copy(at());
      await write('c', 'd');
      await putBack();
      await expect(write('e')).rejects.toBeInstanceOf(SendFailed);
      await write('f', 'g');
      const { seen } = await desk.read();
      await desk.sees(seen, ['g']);
      expect(seen.keys()).toEqual(['a', 'b', 'f', 'g']);
    });
  });
}

/** What every transport keeps when replicas are lacking or the coordinator of a group changes. */
export function clusterFaultContract(title: string, underTest: () => ClusterUnderTest): void {
  describe(`${title}, a cluster with faults`, { timeout: 2 * patienceMs }, () => {
    let desk: Desk;
    beforeEach(() => {
      desk = new Desk(underTest().transport, randomUUID().slice(0, 8));
    });
    afterEach(() => desk.closeUnharmed());
    const at = (): TopicPartition => ({ topic: desk.topic, partition: 0 });

    test('too few replicas are waited for, then reported; nothing is lost or doubled', async () => {
      await desk.newTopic(1, { 'min.insync.replicas': '3' });
      const producer = await desk.producer();
      await producer.send(at(), [record('before')]);
      const bringBack = await underTest().lackReplicas(desk.topic);
      const refusal = await producer
        .send(at(), [record('refused')])
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(SendFailed);
      expect(String((refusal as SendFailed).cause)).toMatch(/fewer in-sync replicas than required/);
      const waiting = producer.send(at(), [record('waited')]);
      await sleep(200);
      await bringBack();
      await waiting;
      await producer.send(at(), [record('after')]);
      const { seen } = await desk.read();
      await desk.sees(seen, ['after']);
      expect(seen.keys()).toEqual(['before', 'waited', 'after']);
    });

    test('a group goes on under another coordinator, and keeps what it commits there', async () => {
      await desk.newTopic(1);
      const { seen } = await desk.read({}, async ({ records }, context) => {
        // Refused while the coordinator moves, and kept all the same: the batch was handled.
        await context.commit((records.at(-1)?.offset ?? 0n) + 1n).catch(() => {});
      });
      const flow = new Flow(await desk.producer(), at());
      await until('some were seen', () => seen.records.length > 20);
      await underTest().moveCoordinator(desk.group);
      const atMove = flow.acknowledged.length;
      await until('more were written', () => flow.acknowledged.length > atMove + 20);
      const written = await flow.end();
      await desk.sees(seen, written);
      // Read again where the commit was refused, but never out of order.
      const firstTimes = [...new Set(seen.keys())];
      expect(firstTimes).toEqual(written);
      const next = (seen.records.at(-1)?.offset ?? 0n) + 1n;
      const admin = await desk.admin();
      await until('the last commit is kept', async () => {
        const [committed] = await admin.committed(desk.group, desk.topic);
        return committed?.next === next;
      });
    });
  });
}

/** Writes one record after the other until it is ended. */
export class Flow {
  /** The keys of what was stored, in order. */
  readonly acknowledged: string[] = [];
  readonly #writing: Promise<void>;
  #isEnding = false;

  constructor(producer: LogProducer, to: TopicPartition) {
    this.#writing = this.#write(producer, to);
  }

  /** @returns the keys of all that was stored */
  async end(): Promise<readonly string[]> {
    this.#isEnding = true;
    await this.#writing;
    return this.acknowledged;
  }

  async #write(producer: LogProducer, to: TopicPartition): Promise<void> {
    for (let index = 0; !this.#isEnding; index += 1) {
      // Refused while nobody takes it, which is no loss: the next key is tried.
      const isStored = await producer.send(to, [record(`k-${index}`)]).then(
        () => true,
        () => false,
      );
      if (isStored) this.acknowledged.push(`k-${index}`);
    }
  }
}
