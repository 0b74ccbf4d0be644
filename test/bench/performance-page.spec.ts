import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claim } from './harness/claim.ts';
import { goalIds } from './harness/goal.ts';
import { performancePage } from './harness/performance-page.ts';
import type { Results } from './harness/results.ts';
import { pagePath, resultsPath } from './harness/kept.ts';

const results = JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;

describe('the page about performance', () => {
  test('is made from the results that are kept, and from nothing else', () => {
    expect(readFileSync(pagePath, 'utf8')).toBe(performancePage(results));
  });

  test('is about every goal', () => {
    expect(results.goals.map(({ id }) => id)).toEqual([...goalIds]);
  });

  test('calls nothing reached that the numbers do not say', () => {
    for (const { text, value, bound, isReached, rounds } of results.goals.flatMap(
      (g) => g.claims,
    )) {
      const demand = bound.is === 'atLeast' ? { atLeast: bound.value } : { atMost: bound.value };
      const again = claim({ text, ...demand, rounds });
      expect({ text, isReached }).toEqual({ text, isReached: again.isReached });
      expect(again.value / value || 1).toBeCloseTo(1, 2);
    }
  });

  test('says what comes next wherever a goal is not reached', () => {
    const missed = results.goals.flatMap((goal) => goal.claims).filter((it) => !it.isReached);
    expect(missed.filter(({ next }) => next === undefined).map(({ text }) => text)).toEqual([]);
  });
});

test('a median that is no number reaches nothing', () => {
  expect(claim({ text: 'x', atLeast: 1, rounds: [Number.NaN] }).isReached).toBe(false);
  expect(claim({ text: 'x', atMost: 1, rounds: [] }).isReached).toBe(false);
});
