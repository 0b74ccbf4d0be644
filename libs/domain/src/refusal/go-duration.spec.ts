import { describe, expect, test } from 'vitest';
import { goDuration, parseGoDuration } from './go-duration.ts';

describe('a duration of Go', () => {
  test.each([
    [0, '0s'],
    [1, '1ns'],
    [1_500, '1.5µs'],
    [200e6, '200ms'],
    [1.5e9, '1.5s'],
    [90e9, '1m30s'],
    [3_600e9, '1h0m0s'],
    [5_405e9, '1h30m5s'],
  ])('of %d nanoseconds reads %s, and back', (nanos, text) => {
    expect(goDuration(nanos)).toBe(text);
    expect(parseGoDuration(text)).toBe(nanos);
  });

  test.each([
    ['x', 'time: invalid duration "x"'],
    ['', 'time: invalid duration ""'],
    ['5', 'time: missing unit in duration "5"'],
    ['1q', 'time: unknown unit "q" in duration "1q"'],
  ])('that is none is refused: %s', (text, problem) => {
    expect(parseGoDuration(text)).toBe(problem);
  });

  test('may be negative', () => expect(parseGoDuration('-1.5s')).toBe(-1.5e9));
});
