import { expect, test } from 'vitest';
import { seed } from '../seed.ts';
import { isRoundEqual, reportOf } from './report.ts';
import { runChaos } from './run.ts';

const killsMin = 20;
const acknowledgedMin = 10_000;
const ambiguousMin = 500;
const rounds = 5;

test(
  'a scaled installation loses, doubles and invents nothing, whatever happens to its parts',
  { timeout: 14 * 60_000 },
  async () => {
    const say = (line: string): void => {
      process.stdout.write(`  ${line}\n`);
    };
    const until = { minutes: 0, rounds, acknowledged: acknowledgedMin, cuts: ambiguousMin };
    const outcome = await runChaos({ seed, until, say });
    const report = reportOf(outcome);
    say(report.summary);
    say(`recovery in ms: ${JSON.stringify(report.recoveryMs)}`);
    expect(outcome.findings).toEqual([]);
    expect(outcome.history.unseen).toEqual([]);
    expect(outcome.killsInFlight.length).toBeGreaterThanOrEqual(killsMin);
    expect(outcome.killsInFlight.filter(({ commands }) => commands === 0)).toEqual([]);
    expect(outcome.acknowledged).toBeGreaterThanOrEqual(acknowledgedMin);
    expect(report.ambiguous.all).toBeGreaterThanOrEqual(ambiguousMin);
    expect(outcome.rounds.filter((round) => !isRoundEqual(round))).toEqual([]);
    for (const { tables } of outcome.rounds) {
      expect(tables.filter(({ rows }) => rows === 0).map(({ table }) => table)).toEqual([]);
    }
  },
);
