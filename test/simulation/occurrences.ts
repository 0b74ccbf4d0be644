import type { CommandBody } from '@netfold/contracts';
import type { Step } from './run.ts';

type Counts = Map<string, number>;

/** How often each command, event and refusal came in many runs. Can be posted between threads. */
export type Occurrences = {
  readonly commands: Counts;
  readonly events: Counts;
  readonly refusals: Counts;
  readonly lengths: number[];
  accepted: number;
  refused: number;
};

export const noOccurrences = (): Occurrences => ({
  commands: new Map(),
  events: new Map(),
  refusals: new Map(),
  lengths: [],
  accepted: 0,
  refused: 0,
});

export function countRun(to: Occurrences, steps: readonly Step[]): void {
  to.lengths.push(steps.length);
  for (const { command, decision } of steps) {
    for (const type of typesOf(command.body)) increase(to.commands, type);
    for (const { type } of decision.events) increase(to.events, type);
    if (decision.outcome.kind === 'accepted') {
      to.accepted += 1;
    } else {
      to.refused += 1;
      increase(to.refusals, decision.outcome.refusal.code);
    }
  }
}

export function addOccurrences(to: Occurrences, other: Occurrences): void {
  to.lengths.push(...other.lengths);
  to.accepted += other.accepted;
  to.refused += other.refused;
  addCounts(to.commands, other.commands);
  addCounts(to.events, other.events);
  addCounts(to.refusals, other.refusals);
}

export function addCounts(to: Counts, other: ReadonlyMap<string, number>): void {
  for (const [key, count] of other) increase(to, key, count);
}

export function medianLength({ lengths }: Occurrences): number {
  return lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
}

export const acceptedShare = ({ accepted, refused }: Occurrences): number =>
  accepted / (accepted + refused);

export function printed(of: Occurrences): string {
  return [
    `runs ${of.lengths.length}, median length ${medianLength(of)},` +
      ` accepted ${(acceptedShare(of) * 100).toFixed(1)} %`,
    ...lines('command', of.commands),
    ...lines('event', of.events),
    ...lines('refusal', of.refusals),
  ].join('\n');
}

const typesOf = (body: CommandBody): readonly string[] =>
  body.type === 'ApplyBatch' ? [body.type, ...body.commands.map(({ type }) => type)] : [body.type];

function increase(counts: Counts, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

export const lines = (what: string, counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => `${what} ${key} ${n}`);
