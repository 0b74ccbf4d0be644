import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, relative } from 'node:path';
import { TestPostgres } from '@netfold/testkit';
import { throughput } from './goals/g1-throughput.ts';
import { emmettThroughput } from './goals/g2-emmett.ts';
import { latency } from './goals/g3-latency.ts';
import { lag } from './goals/g4-lag.ts';
import { rebuilding } from './goals/g5-rebuild.ts';
import { history } from './goals/g7-history.ts';
import { fold } from './goals/g8-fold.ts';
import { graphql } from './goals/g9-graphql.ts';
import { readArguments, usage } from './harness/arguments.ts';
import type { BenchArguments } from './harness/arguments.ts';
import type { BenchContext, Goal, GoalReport } from './harness/goal.ts';
import { lastRunPath, pagePath, resultsPath } from './harness/kept.ts';
import { machine } from './harness/machine.ts';
import { performancePage } from './harness/performance-page.ts';
import { goalText, summaryText } from './harness/print.ts';
import { resultsText } from './harness/results.ts';
import type { Results } from './harness/results.ts';

const goals: readonly Goal[] = [
  throughput,
  emmettThroughput,
  latency,
  lag,
  rebuilding,
  history,
  fold,
  graphql,
];

const say = (line: string): void => void process.stderr.write(`    ${line}\n`);

async function bench({ only, isQuick, events }: BenchArguments): Promise<Results> {
  const postgres = await TestPostgres.start();
  for (const [signal, number] of [['SIGINT', 2] as const, ['SIGTERM', 15] as const]) {
    process.once(signal, () => void postgres.stop().finally(() => process.exit(128 + number)));
  }
  try {
    const startedAt = new Date().toISOString();
    const reports: GoalReport[] = [];
    for (const goal of goals.filter(({ id }) => only.includes(id))) {
      process.stderr.write(`${goal.id}  ${goal.title}\n`);
      reports.push(await reportOf(goal, { postgres, isQuick, events, say }));
    }
    return { format: 1, startedAt, isQuick, machine: await machine(postgres), goals: reports };
  } finally {
    await postgres.stop();
  }
}

async function reportOf(goal: Goal, context: BenchContext): Promise<GoalReport> {
  const { id, title, method, run } = goal;
  const before = loadavg()[0] ?? 0;
  const started = performance.now();
  const { claims, figures } = await run(context);
  const seconds = (performance.now() - started) / 1000;
  const report: GoalReport = {
    id,
    title,
    method,
    claims,
    figures,
    seconds,
    load: [before, loadavg()[0] ?? 0],
  };
  process.stdout.write(`${goalText(report)}\n`);
  return report;
}

const wanted = readArguments(process.argv.slice(2));
if (wanted.isHelp) {
  process.stdout.write(usage);
} else {
  const results = await bench(wanted);
  process.stdout.write(summaryText(results.goals));
  const path = wanted.isKept ? resultsPath : lastRunPath;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, resultsText(results));
  process.stdout.write(`results in ${relative(process.cwd(), path)}\n`);
  // The page is made from what was written: digits are rounded there.
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Results;
  if (wanted.isKept) writeFileSync(pagePath, performancePage(kept));
}
