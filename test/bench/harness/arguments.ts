import { parseArgs } from 'node:util';
import { goalIds } from './goal.ts';
import type { GoalId } from './goal.ts';

export type BenchArguments = {
  readonly only: readonly GoalId[];
  readonly isQuick: boolean;
  readonly events: number | null;
  /** Where the JSON goes; `null`: only what was printed remains. */
  readonly out: string | null;
  readonly isHelp: boolean;
};

export const usage = `npm run bench -- [--only G1,G8] [--quick] [--events N] [--out FILE]

  --only GOALS  some goals of ${goalIds.join(', ')}; all unless given
  --quick       short versions: they show that everything runs, their numbers mean little
  --events N    length of the log that G5 rebuilds
  --out FILE    also writes the results as JSON
`;

/** @throws an error with the allowed values */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      events: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    only: values.only === undefined ? goalIds : values.only.split(',').map(goalIdOf),
    isQuick: values.quick,
    events: values.events === undefined ? null : Number(values.events),
    out: values.out ?? null,
    isHelp: values.help,
  };
}

function goalIdOf(text: string): GoalId {
  const found = goalIds.find((id) => id === text.trim().toUpperCase());
  if (found === undefined) throw new Error(`no goal \`${text}\`: use ${goalIds.join(', ')}`);
  return found;
}
