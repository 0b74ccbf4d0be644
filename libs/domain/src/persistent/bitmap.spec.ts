import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  emptyBitmap,
  hasBit,
  lowestFree,
  lowestFreeFrom,
  offsetsOf,
  withBit,
  withoutBit,
} from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';

function bitmapOf(offsets: Iterable<number>): Bitmap {
  let bitmap = emptyBitmap;
  for (const offset of offsets) bitmap = withBit(bitmap, offset);
  return bitmap;
}

function lowestOf(taken: ReadonlySet<number>, from: number): number {
  let offset = from;
  while (taken.has(offset)) offset += 1;
  return offset;
}

describe('a bitmap', () => {
  it('finds the lowest free offset from any place, as a scan does', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), {
      maxLength: 2_500,
      size: 'max',
    });
    fc.assert(
      fc.property(offsets, fc.integer({ min: 0, max: 3_100 }), (taken, from) => {
        const bitmap = bitmapOf(taken);
        const set = new Set(taken);
        expect(lowestFree(bitmap)).toBe(lowestOf(set, 0));
        expect(lowestFreeFrom(bitmap, from)).toBe(lowestOf(set, from));
        expect([...offsetsOf(bitmap)]).toEqual(taken.toSorted((left, right) => left - right));
      }),
      { numRuns: 150 },
    );
  });

  it('reaches the end of 32 bits', () => {
    const far = [0, 31, 32, 1_023, 1_024, 2 ** 31, 2 ** 32 - 1];
    const bitmap = bitmapOf(far);
    expect([...offsetsOf(bitmap)]).toEqual(far);
    for (const offset of far) {
      expect(hasBit(bitmap, offset)).toBe(true);
      expect(hasBit(withoutBit(bitmap, offset), offset)).toBe(false);
    }
    expect(hasBit(bitmap, 5)).toBe(false);
    expect(lowestFree(bitmap)).toBe(1);
    expect(lowestFreeFrom(bitmap, 2 ** 32 - 1)).toBe(2 ** 32);
  });

  it('fills up in order and frees at once', () => {
    let bitmap = emptyBitmap;
    for (let count = 0; count < 70_000; count += 1) {
      expect(lowestFree(bitmap)).toBe(count);
      bitmap = withBit(bitmap, count);
    }
    expect(lowestFree(withoutBit(bitmap, 65_535))).toBe(65_535);
    expect(lowestFree(bitmap)).toBe(70_000);
  });
});
