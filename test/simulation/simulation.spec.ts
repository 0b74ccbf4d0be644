import { commandTypes, decide, eventTypes, evolveAll, hashableLab, initial } from '@netfold/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashes, rowsOfFullView, sumOfDeltas } from './delta-sum.ts';
import { intents } from './intents.ts';
import { violations } from './invariants.ts';
import { Occurrences } from './occurrences.ts';
import { refusalsThatNeverCome } from './exceptions.ts';
import { refusalCodes } from './refusal-codes.ts';
import { eventsOf, play } from './run.ts';
import type { Step } from './run.ts';

/** A CI run has so many random command sequences; a shorter one is for the hand. */
const runs = Number(process.env['NETFOLD_SIMULATION_RUNS'] ?? 10_000);
const minutesMax = 8;

/** Any run of CI can be repeated by the seed that it prints. */
const seed = Number(process.env['NETFOLD_SIMULATION_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));

const textOf = (value: unknown): string => JSON.stringify(value);

function checkRun(steps: readonly Step[]): void {
  for (const { command, before, decision, after } of steps) {
    expect(textOf(decide(before, command)), 'deciding twice differs').toBe(textOf(decision));
    if (after.state === 'active') expect(violations(after)).toEqual([]);
  }
  const last = steps.at(-1)?.after ?? initial;
  const replayed = evolveAll(initial, eventsOf(steps));
  expect(textOf(hashableLab(replayed)), 'replay differs').toBe(textOf(hashableLab(last)));
  if (last.state !== 'active') return;
  expect(hashes(sumOfDeltas(steps)), 'the deltas do not sum up to the full view').toEqual(
    hashes(rowsOfFullView(last, 'lab-00000001', 'local')),
  );
}

test(
  `${runs} random command sequences keep the invariants of a lab`,
  () => {
    const seen = new Occurrences();
    const property = fc.property(intents, fc.nat(), (chosen, random) => {
      const steps = play(chosen, random);
      seen.add(steps);
      checkRun(steps);
    });
    fc.assert(property, { numRuns: runs, seed });
    process.stdout.write(`simulation seed ${seed}\n${seen.print()}\n`);
    expect(seen.medianLength).toBeGreaterThanOrEqual(40);
    expect(seen.acceptedShare).toBeGreaterThanOrEqual(0.6);
    expect(commandTypes.filter((type) => !seen.commands.has(type))).toEqual([]);
    expect(eventTypes.filter((type) => !seen.events.has(type))).toEqual([]);
    expect(refusalCodes.filter((code) => !seen.refusals.has(code))).toEqual(refusalsThatNeverCome);
  },
  minutesMax * 60_000,
);
