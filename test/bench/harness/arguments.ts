import { parseArgs } from 'node:util';
import { goalIds } from './goal.ts';
import type { GoalId } from './goal.ts';

export type BenchArguments = {
  readonly only: readonly GoalId[];
  readonly isQuick: boolean;
  readonly events: number | null;
  /** Whether the results replace those that are checked in, and the page about them. */
  readonly isKept: boolean;
  readonly isHelp: boolean;
};

export const usage = `npm run bench -- [--only G1,G8] [--quick] [--events N] [--keep]

  --only GOALS  some goals of ${goalIds.join(', ')}; all unless given
  --quick       short versions: they show that everything runs, their numbers mean little
  --events N    length of the log that G5 rebuilds, and that G6 reads
  --keep        results replace those of the same goals in test/bench/results/latest.json, and the
                page is made anew; others go to test/dist/bench/results.json
`;

/** @throws an error with the allowed values */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      events: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    only: values.only === undefined ? goalIds : values.only.split(',').map(goalIdOf),
    isQuick: values.quick,
    events: values.events === undefined ? null : Number(values.events),
    isKept: values.keep,
    isHelp: values.help,
  };
}

function goalIdOf(text: string): GoalId {
  const found = goalIds.find((id) => id === text.trim().toUpperCase());
  if (found === undefined) throw new Error(`no goal \`${text}\`: use ${goalIds.join(', ')}`);
  return found;
}
