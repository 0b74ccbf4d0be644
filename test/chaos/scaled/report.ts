import type { Outcome } from './run.ts';
import type { Round } from './rounds.ts';

/** What a run shows, as JSON for programs and as one line for people. */
export function reportOf(outcome: Outcome) {
  const { seed, rounds, kills, findings, ambiguous, acknowledged, records, pauses } = outcome;
  const inFlight = outcome.killsInFlight;
  const idle = inFlight.filter(({ commands }) => commands === 0).length;
  const recoveryMs = Object.fromEntries(
    [...Map.groupBy(kills, ({ service }) => service)].map(([service, of]) => {
      return [service, percentiles(of.map((kill) => kill.recoveryMs))];
    }),
  );
  const isEqual = rounds.every(isRoundEqual);
  const isSound = findings.length === 0 && isEqual && outcome.history.isAllSeen;
  const cuts = ambiguous.before + ambiguous.after;
  const summary = [
    `chaos seed ${seed}: ${rounds.length} rounds, ${kills.length} kills`,
    `(${idle} with nothing in flight), ${pauses} pauses`,
    `${acknowledged} acknowledged, ${cuts} ambiguous commits, ${findings.length} findings`,
    isEqual ? 'rows equal after every round' : 'ROWS DIFFER',
  ].join(', ');
  return {
    seed,
    isSound,
    summary,
    acknowledged,
    pauses,
    records,
    findings,
    unseen: outcome.history.unseen,
    ambiguous: { ...ambiguous, all: cuts },
    killsByService: counts(kills.map(({ service }) => service)),
    killsInFlight: inFlight,
    recoveryMs: { ...recoveryMs, all: percentiles(kills.map((kill) => kill.recoveryMs)) },
    rounds,
  };
}

/** The rows equal a fold of the log, none is behind, and the log is sound. */
export const isRoundEqual = ({ tables, labsBehind, problemsInLog }: Round): boolean =>
  tables.every(({ isEqual }) => isEqual) && labsBehind === 0 && problemsInLog === 0;

function percentiles(values: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}

function counts(names: readonly string[]): Readonly<Record<string, number>> {
  const of = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...of].map(([name, all]) => [name, all.length]));
}
