import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Lane } from './lanes.ts';
import { inTracks } from './tracks.ts';

const lane = (name: string, waits = false): Lane => ({
  name,
  specs: [],
  minutesMax: 1,
  ...(waits ? { waits } : {}),
});

const lanes = [lane('a'), lane('b'), lane('w1', true), lane('c'), lane('w2', true)];

test('of each kind one runs at a time, in its order; both kinds at once', async () => {
  const running = new Set<string>();
  const seen: string[] = [];
  await inTracks(lanes, async ({ name }) => {
    running.add(name);
    seen.push([...running].toSorted().join('+'));
    await wait(20);
    running.delete(name);
  });
  expect(seen[1]).toBe('a+w1');
  expect(seen.every((both) => both.split('+').length <= 2)).toBe(true);
  expect(seen.filter((both) => /w1.w2|[abc].[abc]/.test(both))).toEqual([]);
});

test('the results stand in the order of the lanes', async () => {
  const results = await inTracks(lanes, ({ name }) => Promise.resolve(name));
  expect(results).toEqual(['a', 'b', 'w1', 'c', 'w2']);
});

test('a lane that cannot run ends the run', async () => {
  const broken = inTracks(lanes, () => Promise.reject(new Error('no such file')));
  await expect(broken).rejects.toThrow('no such file');
});
