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

/** Which lanes ran at once, as each began; each takes so long as its name says. */
async function played(
  all: readonly Lane[],
  msOf: (name: string) => number = () => 20,
): Promise<readonly string[]> {
  const running = new Set<string>();
  const seen: string[] = [];
  await inTracks(all, async ({ name }) => {
    running.add(name);
    seen.push([...running].toSorted().join('+'));
    await wait(msOf(name));
    running.delete(name);
  });
  return seen;
}

test('a lane that computes runs beside one that waits, each kind in its order', async () => {
  const seen = await played(lanes);
  expect(seen.slice(0, 2)).toEqual(['a', 'a+w1']);
  expect(seen.every((both) => both.split('+').length <= 2)).toBe(true);
  expect(seen.filter((both) => /w1.w2|[abc].[abc]/.test(both))).toEqual([]);
});

test('a track without lanes of its kind takes the last of the other', async () => {
  const more = [...lanes, lane('w3', true)];
  expect(await played(more, (name) => (name === 'w1' ? 200 : 10))).toContain('w1+w3');
});

test('lanes of one kind run one by one', async () => {
  expect(await played([lane('a'), lane('b'), lane('c')])).toEqual(['a', 'b', 'c']);
});

test('the results stand in the order of the lanes', async () => {
  const results = await inTracks(lanes, ({ name }) => Promise.resolve(name));
  expect(results).toEqual(['a', 'b', 'w1', 'c', 'w2']);
});

test('a lane that cannot run ends the run', async () => {
  const broken = inTracks(lanes, () => Promise.reject(new Error('no such file')));
  await expect(broken).rejects.toThrow('no such file');
});
