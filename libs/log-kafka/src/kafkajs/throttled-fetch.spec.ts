import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beatWhileFetching, heldFetchMsMax } from './throttled-fetch.ts';

const heartbeatInterval = 1_000;

type Runner = { running: boolean; fetch(nodeId: number): Promise<readonly unknown[]> };
const KafkaRunner = createRequire(import.meta.url)('kafkajs/src/consumer/runner') as new (
  options: object,
) => Runner;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A runner of kafkajs whose only fetch is held back until `release` is called. */
function heldFetch(heartbeat: () => Promise<void>): {
  readonly fetched: Promise<readonly unknown[]>;
  readonly release: () => void;
} {
  const logger = { namespace: () => logger };
  const held = Promise.withResolvers<readonly unknown[]>();
  const runner = new KafkaRunner({
    logger,
    instrumentationEmitter: { emit: () => {} },
    consumerGroup: { fetch: () => held.promise, heartbeat },
    heartbeatInterval,
    concurrency: 1,
  });
  runner.running = true;
  return { fetched: runner.fetch(1), release: () => held.resolve(['batch']) };
}

test('a member whose fetch is held back is silent until kafkajs is mended', async () => {
  const heartbeat = vi.fn(() => Promise.resolve());
  const unmended = heldFetch(heartbeat);
  await vi.advanceTimersByTimeAsync(5 * heartbeatInterval);
  expect(heartbeat).toHaveBeenCalledTimes(0);
  unmended.release();
  beatWhileFetching();
  const { fetched, release } = heldFetch(heartbeat);
  await vi.advanceTimersByTimeAsync(5 * heartbeatInterval);
  expect(heartbeat).toHaveBeenCalledTimes(5);
  release();
  expect(await fetched).toEqual(['batch']);
  await vi.advanceTimersByTimeAsync(5 * heartbeatInterval);
  expect(heartbeat).toHaveBeenCalledTimes(5);
});

test('a heartbeat that the group refuses does not end the fetch', async () => {
  beatWhileFetching();
  const { fetched, release } = heldFetch(() => Promise.reject(new Error('rebalancing')));
  await vi.advanceTimersByTimeAsync(3 * heartbeatInterval);
  release();
  expect(await fetched).toEqual(['batch']);
});

test('a fetch that is held back for too long gets no more heartbeats', async () => {
  beatWhileFetching();
  const heartbeat = vi.fn(() => Promise.resolve());
  const { release } = heldFetch(heartbeat);
  await vi.advanceTimersByTimeAsync(2 * heldFetchMsMax);
  expect(heartbeat).toHaveBeenCalledTimes(heldFetchMsMax / heartbeatInterval);
  release();
});
