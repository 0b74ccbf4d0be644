import type { GoalReport } from './goal.ts';
import type { Machine } from './machine.ts';

/** What a run leaves behind: `results/latest.json` is the last full one. */
export type Results = {
  readonly format: 1;
  /** ISO 8601, UTC, of the start. */
  readonly startedAt: string;
  readonly isQuick: boolean;
  readonly machine: Machine;
  readonly goals: readonly GoalReport[];
};

export const resultsText = (results: Results): string => `${JSON.stringify(results, rounded, 2)}\n`;

/** Digits beyond the fourth are noise, and they make diffs unreadable. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;
