import type { GoalReport } from './goal.ts';
import { goalIds } from './goal.ts';
import type { Machine } from './machine.ts';

/** What runs leave behind: the last report of each goal. */
export type Results = {
  readonly format: 1;
  readonly machine: Machine;
  readonly goals: readonly GoalReport[];
};

/** The results with a goal's earlier report replaced; goals stand in the order of their ids. */
export function withReport(earlier: Results | null, machine: Machine, report: GoalReport): Results {
  const others = (earlier?.goals ?? []).filter(({ id }) => id !== report.id);
  const goals = [...others, report].toSorted(
    (a, b) => goalIds.indexOf(a.id) - goalIds.indexOf(b.id),
  );
  return { format: 1, machine, goals };
}

export const resultsText = (results: Results): string => `${JSON.stringify(results, rounded, 2)}\n`;

/** Digits beyond the fourth are noise, and they make diffs unreadable. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;
