import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { emptyMap, mapOf } from './empty-map.ts';
import { hashOf } from './hash-trie.ts';
import type { PersistentMap } from './persistent-map.ts';

type Step = { readonly key: string; readonly value: number | null };

const step = fc.record({
  key: fc.integer({ min: 0, max: 400 }).map((number) => `key-${number}`),
  value: fc.option(fc.integer(), { freq: 3 }),
});

function applied(map: PersistentMap<string, number>, { key, value }: Step) {
  return value === null ? map.without(key) : map.with(key, value);
}

function applyTo(map: Map<string, number>, { key, value }: Step): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}

describe('a persistent map', () => {
  it('holds what a mutable map holds, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
        const mutable = new Map<string, number>();
        let map = emptyMap<string, number>();
        for (const one of steps) {
          map = applied(map, one);
          applyTo(mutable, one);
        }
        expect([...map.entries()]).toEqual([...mutable.entries()]);
        expect([...map.keys()]).toEqual([...mutable.keys()]);
        expect([...map.values()]).toEqual([...mutable.values()]);
        expect(map.size).toBe(mutable.size);
        for (const key of mutable.keys()) {
          expect(map.get(key)).toBe(mutable.get(key));
          expect(map.has(key)).toBe(true);
        }
        expect(map.get('absent')).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('never changes a version once handed out', () => {
    const versions: PersistentMap<string, number>[] = [];
    const seen: string[] = [];
    let map = emptyMap<string, number>();
    const [steps] = fc.sample(fc.array(step, { minLength: 1_000, maxLength: 1_000 }), {
      numRuns: 1,
      seed: 7,
    });
    for (const one of steps ?? []) {
      map = applied(map, one);
      versions.push(map);
      seen.push(JSON.stringify([...map.entries()]));
    }
    expect(versions).toHaveLength(1_000);
    expect(versions.map((version) => JSON.stringify([...version.entries()]))).toEqual(seen);
  });

  it('keeps the place of a key that is set again', () => {
    const map = mapOf(Array.from({ length: 20 }, (_, index) => [`k${index}`, index] as const));
    expect([...map.with('k3', 99).keys()]).toEqual([...map.keys()]);
    expect(map.with('k3', 99).get('k3')).toBe(99);
  });

  it('tells keys apart whose hashes are equal', () => {
    const [first, second] = clashingKeys();
    const others = Array.from({ length: 100 }, (_, index) => `other-${index}`);
    let map = mapOf([first, ...others, second].map((key) => [key, key] as const));
    expect([map.get(first), map.get(second)]).toEqual([first, second]);
    map = map.with(second, 'changed');
    expect([map.get(first), map.get(second)]).toEqual([first, 'changed']);
    map = map.without(first);
    expect([map.get(first), map.get(second)]).toEqual([undefined, 'changed']);
    expect(map.without(second).size).toBe(100);
  });

  it('is lighter than its history when keys come and go', () => {
    let map = emptyMap<string, number>();
    for (let index = 0; index < 20_000; index += 1) {
      map = map.with(`k${index}`, index);
      if (index >= 100) map = map.without(`k${index - 100}`);
    }
    expect(map.size).toBe(100);
    expect([...map.keys()][0]).toBe('k19900');
  });
});

/** Two keys of one hash, found by trying: about 2^16 keys are enough. */
function clashingKeys(): readonly [string, string] {
  const seen = new Map<number, string>();
  for (let index = 0; index < 1_000_000; index += 1) {
    const key = `key ${index}`;
    const hash = hashOf(key);
    const other = seen.get(hash);
    if (other !== undefined) return [other, key];
    seen.set(hash, key);
  }
  throw new Error('no two keys clash');
}
