import type { Claim } from './goal.ts';
import { median } from './statistics.ts';

type Demand = {
  readonly text: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly rounds: readonly number[];
  /** Said only when the claim is not reached. */
  readonly next?: string;
};

/** Holds the median of the rounds against the bound; a round that is no number is a miss. */
export function claim({ text, atLeast, atMost, rounds, next }: Demand): Claim {
  const value = median(rounds);
  const bound: Claim['bound'] =
    atLeast === undefined
      ? { is: 'atMost', value: atMost ?? Number.NaN }
      : { is: 'atLeast', value: atLeast };
  const isReached = bound.is === 'atLeast' ? value >= bound.value : value <= bound.value;
  const explained = isReached || next === undefined ? {} : { next };
  return { text, value, bound, isReached, rounds, ...explained };
}
