import { isDeepStrictEqual } from 'node:util';
import { fullView } from '@netfold/dataplane';
import { decide, evolveAll, hashableLab, initial } from '@netfold/domain';
import { hashes, rowsByKey, sumOfDeltas } from './delta-sum.ts';
import { violations } from './invariants.ts';
import { contradictions } from './row-checks.ts';
import { rowsByTable } from './rows-of-lab.ts';
import { eventsOf, labId, tenantId } from './run.ts';
import type { Step } from './run.ts';

/** Rows that the labs of all runs had at their end, by table. */
export type RowCounts = Map<string, number>;

/** @throws Error that says which property a run does not have */
export function checkRun(steps: readonly Step[], counts: RowCounts): void {
  for (const { command, before, decision, after } of steps) {
    const again = decide(before, command);
    if (!isDeepStrictEqual(again, decision)) throw new Error('deciding twice differs');
    const wrong = violations(before, after);
    if (wrong.length > 0) throw new Error(`${command.id}: ${wrong.join('; ')}`);
  }
  const last = steps.at(-1)?.after ?? initial;
  const replayed = evolveAll(initial, eventsOf(steps));
  if (textOf(hashableLab(replayed)) !== textOf(hashableLab(last))) {
    throw new Error('the replay of the events is another lab');
  }
  checkRows(steps, counts);
}

function checkRows(steps: readonly Step[], counts: RowCounts): void {
  const last = steps.at(-1)?.after ?? initial;
  const view = last.state === 'active' ? fullView(last, labId, tenantId) : [];
  const rows = rowsByKey(view);
  for (const [table, of] of rows) counts.set(table, (counts.get(table) ?? 0) + of.size);
  const [have, want] = [hashes(sumOfDeltas(steps)), hashes(rows)];
  const wrong = Object.keys({ ...have, ...want }).filter((table) => have[table] !== want[table]);
  if (wrong.length > 0) {
    const said = wrong.map((table) => `${table}: ${have[table]} instead of ${want[table]}`);
    throw new Error(`the deltas do not sum up to the full view: ${said.join(', ')}`);
  }
  const keys = [...rows.values()].reduce((sum, { size }) => sum + size, 0);
  if (keys !== view.length) throw new Error('two rows of the full view have the same key');
  if (last.state !== 'active') return;
  const said = contradictions(last, rowsByTable(view));
  if (said.length > 0) throw new Error(`the rows contradict each other: ${said.join('; ')}`);
}

const textOf = (value: unknown): string => JSON.stringify(value);
