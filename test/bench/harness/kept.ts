import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GoalReport } from './goal.ts';
import type { Machine } from './machine.ts';
import { performancePage } from './performance-page.ts';
import { resultsText, withReport } from './results.ts';
import type { Results } from './results.ts';

const root = join(import.meta.dirname, '../../..');

/** The results that are checked in, and the page that is made from them. */
export const resultsPath = join(root, 'test/bench/results/latest.json');
export const pagePath = join(root, 'docs/reference/performance.md');
/** Where every other run leaves its results. */
const otherResultsPath = join(root, 'test/dist/bench/results.json');

/**
 * Writes the report of a goal in place of its earlier one, at once: what is interrupted later loses
 * nothing. @returns where
 */
export function keepReport(machine: Machine, report: GoalReport, isKept: boolean): string {
  const path = isKept ? resultsPath : otherResultsPath;
  const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : null;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, resultsText(withReport(earlier, machine, report)));
  // The page is made from what was written: digits are rounded there.
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Results;
  if (isKept) writeFileSync(pagePath, performancePage(kept));
  return path;
}
