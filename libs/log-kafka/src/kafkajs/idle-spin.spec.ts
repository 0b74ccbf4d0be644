import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stopIdleSpin } from './idle-spin.ts';

type Queue = {
  pending: unknown[];
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
};
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

const newQueue = (): Queue => new RequestQueue({ logger: { debug: () => {} } });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an idle connection of kafkajs wakes up for ever until it is mended', () => {
  newQueue().scheduleCheckPendingRequests();
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(1);
  vi.clearAllTimers();
  stopIdleSpin();
  newQueue().scheduleCheckPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
});

test('requests that wait for a throttled broker are still looked at', () => {
  stopIdleSpin();
  const queue = newQueue();
  queue.pending.push({});
  queue.throttledUntil = Date.now() + 5000;
  queue.scheduleCheckPendingRequests();
  expect(vi.getTimerCount()).toBe(1);
});
