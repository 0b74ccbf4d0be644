import { describe, expect, it } from 'vitest';
import { appended, chainRank, insertedOnTop, keptAtEnd, keptOnTop } from './rank.ts';

const sorted = (...ranks: readonly string[]): readonly string[] =>
  ranks.toSorted((one, other) => (one < other ? -1 : 1));

describe('ranks as text', () => {
  it('put the rules of a newer network above those of an older one', () => {
    const [older, newer] = [insertedOnTop(99, 0), insertedOnTop(100, 0)];
    expect(sorted(older, newer)).toEqual([newer, older]);
  });

  it('put a later mapping below an earlier one', () => {
    const [earlier, later] = [appended(9, '0'), appended(10, '0')];
    expect(sorted(later, earlier)).toEqual([earlier, later]);
  });

  it('keep the order top, inserted, appended, end whatever the ordinals', () => {
    const ranks = [
      keptOnTop(0),
      keptOnTop(1),
      insertedOnTop(9_999_999_998, 3),
      insertedOnTop(0, 0),
      appended(0, '0'),
      appended(9_999_999_998, '0'),
      keptAtEnd,
    ];
    expect(sorted(...ranks.toReversed())).toEqual(ranks);
  });

  it('put builtin chains in the order of their hooks and the others behind them by name', () => {
    const chains = [
      'PREROUTING',
      'INPUT',
      'FORWARD',
      'OUTPUT',
      'POSTROUTING',
      'DOCKER',
      'DOCKER-USER',
    ];
    const ranks = chains.map(chainRank);
    expect(sorted(...ranks.toReversed())).toEqual(ranks);
  });
});
