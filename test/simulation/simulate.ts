import fc from 'fast-check';
import { checkRun } from './check-run.ts';
import type { RowCounts } from './check-run.ts';
import { intents } from './intents.ts';
import { countRun, noOccurrences } from './occurrences.ts';
import type { Occurrences } from './occurrences.ts';
import { reuse } from './reuse.ts';
import { play } from './run.ts';

/** What many runs showed. */
export type Simulated = {
  readonly occurrences: Occurrences;
  readonly rows: RowCounts;
  /** What fast-check says of the first run that failed, made as short as it can be; else `null`. */
  readonly failure: string | null;
};

/**
 * Plays random runs and checks each.
 * @param shrinks  a failing run is made shorter, which costs many more runs
 */
export function simulate(of: {
  readonly runs: number;
  readonly seed: number;
  readonly shrinks: boolean;
}): Simulated {
  const occurrences = noOccurrences();
  const rows: RowCounts = new Map();
  const property = fc.property(intents, fc.nat(), (chosen, random) => {
    const steps = play(chosen, random);
    countRun(occurrences, steps);
    checkRun(steps, rows);
  });
  const parameters = { seed: of.seed, endOnFailure: !of.shrinks };
  const reused = fc.check(reuse, { ...parameters, numRuns: Math.ceil(of.runs / runsPerReuse) });
  if (reused.failed) return { occurrences, rows, failure: told(reused) };
  const played = fc.check(property, { ...parameters, numRuns: of.runs });
  return { occurrences, rows, failure: played.failed ? told(played) : null };
}

/** The run in its shortest form, and what was wrong with it. */
const told = <Run>(details: fc.RunDetails<Run>): string =>
  [fc.defaultReportMessage(details) ?? '', String(details.errorInstance)].join('\n');

/** Filling a network again and again is dear, and there are few kinds of small ones. */
const runsPerReuse = 50;
