import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { rowKeys } from '@netfold/dataplane';
import { commandTypes, eventTypes } from '@netfold/domain';
import { expect, test } from 'vitest';
import { emptyTables, refusalsProvenElsewhere } from './exceptions.ts';
import {
  acceptedShare,
  addCounts,
  addOccurrences,
  lines,
  medianLength,
  noOccurrences,
  printed,
} from './occurrences.ts';
import { refusalCodes } from './refusal-codes.ts';
import type { Simulated } from './simulate.ts';
import { runApart } from './start-process.ts';
import { seed } from './seed.ts';

/** A CI run has so many random command sequences; a shorter one is for the hand. */
const runs = Number(process.env['NETFOLD_SIMULATION_RUNS'] ?? 10_000);
const minutesMax = 14;
const medianLengthMin = 40;
const acceptedShareMin = 0.6;
const processesMax = 2;

test(
  `${runs} random command sequences keep the invariants of a lab`,
  async () => {
    const { occurrences, rows, failure } = await simulated();
    const said = [`simulation seed ${seed}`, printed(occurrences), ...lines('rows of', rows)];
    process.stdout.write(`${said.join('\n')}\n`);
    expect(failure, `seed ${seed}`).toBeNull();
    expect(occurrences.lengths.length).toBeGreaterThanOrEqual(runs);
    expect(medianLength(occurrences)).toBeGreaterThanOrEqual(medianLengthMin);
    expect(acceptedShare(occurrences)).toBeGreaterThanOrEqual(acceptedShareMin);
    expect(commandTypes.filter((type) => !occurrences.commands.has(type))).toEqual([]);
    expect(eventTypes.filter((type) => !occurrences.events.has(type))).toEqual([]);
    const proven = refusalsProvenElsewhere.map(({ code }) => code);
    expect(refusalCodes.filter((code) => !occurrences.refusals.has(code))).toEqual(proven);
    const empty = Object.keys(rowKeys).filter((table) => !rows.has(table));
    expect(empty).toEqual(emptyTables.map(({ table }) => table));
  },
  minutesMax * 60_000,
);

test('a refusal that random users do not reach is proved by a spec', () => {
  for (const { spec, mention } of refusalsProvenElsewhere) {
    expect(readFileSync(join(import.meta.dirname, '../..', spec), 'utf8')).toContain(mention);
  }
});

/** Shared out over the processors, each part with a seed of its own. */
async function simulated(): Promise<Simulated> {
  const processes = Math.min(processesMax, availableParallelism());
  const each = Math.ceil(runs / processes);
  const parts = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      runApart<Simulated>({
        program: 'simulation-process.ts',
        args: [`${each}`, `${seed + index}`, 'shrinks'],
        fault: '',
      }),
    ),
  );
  const occurrences = noOccurrences();
  const rows: Simulated['rows'] = new Map();
  for (const part of parts) {
    addOccurrences(occurrences, part.occurrences);
    addCounts(rows, part.rows);
  }
  const failures = parts.flatMap(({ failure }) => failure ?? []);
  return { occurrences, rows, failure: failures.length > 0 ? failures.join('\n\n') : null };
}
