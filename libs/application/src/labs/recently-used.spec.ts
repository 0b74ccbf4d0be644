import { expect, it } from 'vitest';
import { RecentlyUsed } from './recently-used.ts';

it('drops what was used longest ago when it gets too heavy', () => {
  const dropped: string[] = [];
  const map = new RecentlyUsed<string, number>({
    weightMax: 10,
    weightOf: (weight) => weight,
    onDrop: (key) => dropped.push(key),
  });
  for (const key of ['a', 'b', 'c']) map.set(key, 3);
  map.get('a');
  map.set('d', 4);
  expect(dropped).toEqual(['b']);
  map.set('a', 7);
  expect(dropped).toEqual(['b', 'c', 'd']);
  expect([map.get('a'), map.get('b'), map.size]).toEqual([7, undefined, 1]);
});

it('keeps the newest entry, however heavy', () => {
  const map = new RecentlyUsed<string, number>({ weightMax: 10, weightOf: (weight) => weight });
  map.set('a', 1);
  map.set('b', 99);
  expect([map.get('a'), map.get('b')]).toEqual([undefined, 99]);
  map.clear();
  expect(map.size).toBe(0);
});
