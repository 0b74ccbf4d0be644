import { freePorts } from '@netfold/embedded-kafka';
import { TransportFailed } from '@netfold/log-kafka';
import { expect, test } from 'vitest';
import { Flow } from './fault-contract.ts';
import { direct, newDesk, oneBroker, theBroker, transportBy } from './one-broker.ts';
import { until } from './waiting.ts';

oneBroker();

test('a killed broker that comes back has all that was acknowledged', async () => {
  const desk = newDesk(direct());
  await desk.newTopic(1);
  const first = await desk.read();
  const flow = new Flow(await desk.producer(), { topic: desk.topic, partition: 0 });
  await until('some were acknowledged', () => flow.acknowledged.length > 50);
  await theBroker().kill();
  await theBroker().start();
  const atReturn = flow.acknowledged.length;
  await until('more were acknowledged', () => flow.acknowledged.length > atReturn + 50);
  const acknowledged = await flow.end();
  await until('the consumer went on or ended', () => {
    return desk.fatal.length > 0 || first.seen.keys().includes(acknowledged.at(-1) ?? '');
  });
  // A supervisor would start the ended program again; it reads from the beginning.
  const again = await desk.read({ group: `${desk.group}-again` });
  await desk.sees(again.seen, acknowledged);
  const places = acknowledged.map((key) => again.seen.keys().indexOf(key));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  await desk.close();
}, 180_000);

test(
  'a broker that is away is reported to whoever wants to start',
  {
    timeout: 60_000,
  },
  async () => {
    const [port] = await freePorts(1);
    const away = transportBy(`127.0.0.1:${port}`);
    const options = { group: 'g', topics: ['t'], partitionsConcurrently: 1, batchRecordsMax: 1 };
    const results = await Promise.allSettled([
      away.producer(),
      away.admin(),
      away.consume({ ...options, onFatal: () => {} }, () => Promise.resolve()),
    ]);
    expect(results.map((each) => each.status === 'rejected' && each.reason)).toEqual(
      results.map(() => expect.any(TransportFailed)),
    );
  },
);

test('idle clients let the processor rest', { timeout: 60_000 }, async () => {
  const desk = newDesk(direct());
  await desk.newTopic(1);
  await desk.write(0, ['k']);
  const { seen } = await desk.read();
  await desk.sees(seen, ['k']);
  const counted = timersStartedIn(2_000);
  // Unmended, each of the three connections starts 1,000 timers a second.
  expect(await counted).toBeLessThan(500);
  await desk.close();
});

/** How many timers this process started within a time. */
async function timersStartedIn(ms: number): Promise<number> {
  const original = globalThis.setTimeout;
  let count = 0;
  const counting = (...args: Parameters<typeof original>): ReturnType<typeof original> => {
    count += 1;
    return original(...args);
  };
  globalThis.setTimeout = Object.assign(counting, original);
  await new Promise((resolve) => original(resolve, ms));
  globalThis.setTimeout = original;
  return count;
}
