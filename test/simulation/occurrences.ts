import type { CommandBody, Outcome } from '@netfold/contracts';
import type { Step } from './run.ts';

/** How often each command, event and refusal came in many runs. */
export class Occurrences {
  readonly commands = new Map<string, number>();
  readonly events = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly lengths: number[] = [];
  accepted = 0;
  refused = 0;

  add(steps: readonly Step[]): void {
    this.lengths.push(steps.length);
    for (const { command, decision } of steps) {
      for (const type of typesOf(command.body)) increase(this.commands, type);
      for (const { type } of decision.events) increase(this.events, type);
      this.#addOutcome(decision.outcome);
    }
  }

  get medianLength(): number {
    const sorted = this.lengths.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  get acceptedShare(): number {
    return this.accepted / (this.accepted + this.refused);
  }

  print(): string {
    return [
      `runs ${this.lengths.length}, median length ${this.medianLength},` +
        ` accepted ${(this.acceptedShare * 100).toFixed(1)} %`,
      ...printed('command', this.commands),
      ...printed('event', this.events),
      ...printed('refusal', this.refusals),
    ].join('\n');
  }

  #addOutcome(outcome: Outcome): void {
    if (outcome.kind === 'accepted') {
      this.accepted += 1;
      return;
    }
    this.refused += 1;
    increase(this.refusals, outcome.refusal.code);
  }
}

const typesOf = (body: CommandBody): readonly string[] =>
  body.type === 'ApplyBatch' ? [body.type, ...body.commands.map(({ type }) => type)] : [body.type];

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const printed = (what: string, counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => `${what} ${key} ${n}`);
