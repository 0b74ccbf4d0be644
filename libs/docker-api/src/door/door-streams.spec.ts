import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../http/engine-error.ts';
import { doorLimits } from './door-limits.ts';
import { DoorStreams } from './door-streams.ts';
import { NotAdmitted } from './not-admitted.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that is asked for as long as it is open, and what it was told. */
function openStream(streams: DoorStreams, authorise: () => Promise<void>) {
  const told: string[] = [];
  const asked: string[] = [];
  const closing = new AbortController();
  const keeper = streams.keeperOf('local/ann', (route) => {
    asked.push(route);
    return authorise();
  });
  const end = (message: string): void => {
    told.push(message);
    closing.abort();
  };
  keeper.keep('GET /events', { closed: closing.signal, end });
  return { told, asked, close: () => closing.abort() };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * doorLimits.rightsCheckMs);

test('a stream is asked for by its route, again and again, until it is over', async () => {
  const stream = openStream(new DoorStreams(), () => Promise.resolve());
  await seconds(3);
  expect(stream.asked).toEqual(['GET /events', 'GET /events', 'GET /events']);
  stream.close();
  await seconds(3);
  expect(stream.asked).toHaveLength(3);
  expect(stream.told).toEqual([]);
});

test.each([
  [new NotAdmitted('the certificate is old'), 'netfold: the certificate is old; get a new one'],
  [new EngineError('forbidden', 'no'), 'netfold: this stream ends: the right to it was taken away'],
])('%s ends a stream once, with words', async (reason, words) => {
  const stream = openStream(new DoorStreams(), () => Promise.reject(reason));
  await seconds(3);
  expect(stream.told).toEqual([expect.stringContaining(words)]);
  expect(stream.asked).toHaveLength(1);
});

test('a store of rights that fails is given time, and no more', async () => {
  let isUp = false;
  const stream = openStream(new DoorStreams(), () =>
    isUp ? Promise.resolve() : Promise.reject(new Error('no connection')),
  );
  await seconds(doorLimits.uncertainChecksMax - 1);
  isUp = true;
  await seconds(1);
  isUp = false;
  await seconds(doorLimits.uncertainChecksMax - 1);
  expect(stream.told).toEqual([]);
  await seconds(1);
  expect(stream.told).toEqual(['netfold: this stream ends: the right to it could not be checked']);
});

test('a store of rights that does not answer is not asked twice at a time', async () => {
  const stream = openStream(new DoorStreams(), () => new Promise(() => {}));
  await seconds(5);
  expect(stream.asked).toHaveLength(1);
});

test('a stream that is over makes room for another', () => {
  const streams = new DoorStreams();
  const keeper = streams.keeperOf('local/ann', () => Promise.resolve());
  const open = Array.from({ length: doorLimits.streamsPerActorMax }, () =>
    openStream(streams, () => Promise.resolve()),
  );
  expect(() => keeper.demandRoom()).toThrow('you have 20 streams open');
  open[0]?.close();
  expect(() => keeper.demandRoom()).not.toThrow();
});
