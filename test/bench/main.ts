import { loadavg } from 'node:os';
import { relative } from 'node:path';
import { TestPostgres } from '@netfold/testkit';
import { engine } from './goals/engine.ts';
import { throughput } from './goals/g1-throughput.ts';
import { emmettThroughput } from './goals/g2-emmett.ts';
import { latency } from './goals/g3-latency.ts';
import { lag } from './goals/g4-lag.ts';
import { rebuilding } from './goals/g5-rebuild.ts';
import { order } from './goals/g6-order.ts';
import { history } from './goals/g7-history.ts';
import { fold } from './goals/g8-fold.ts';
import { graphql } from './goals/g9-graphql.ts';
import { scaled } from './goals/scaled.ts';
import { readArguments, usage } from './harness/arguments.ts';
import type { BenchArguments } from './harness/arguments.ts';
import type { BenchContext, Goal, GoalReport } from './harness/goal.ts';
import { keepReport } from './harness/kept.ts';
import { machine } from './harness/machine.ts';
import { goalText, summaryText } from './harness/print.ts';

const goals: readonly Goal[] = [
  throughput,
  emmettThroughput,
  latency,
  lag,
  rebuilding,
  order,
  history,
  fold,
  graphql,
  engine,
  scaled,
];

const say = (line: string): void => void process.stderr.write(`    ${line}\n`);

async function bench({ only, isQuick, events, isKept }: BenchArguments): Promise<GoalReport[]> {
  const postgres = await TestPostgres.start();
  for (const [signal, number] of [['SIGINT', 2] as const, ['SIGTERM', 15] as const]) {
    process.once(signal, () => void postgres.stop().finally(() => process.exit(128 + number)));
  }
  try {
    const place = await machine(postgres);
    const reports: GoalReport[] = [];
    for (const goal of goals.filter(({ id }) => only.includes(id))) {
      process.stderr.write(`${goal.id}  ${goal.title}\n`);
      const report = await reportOf(goal, { postgres, isQuick, events, say });
      const path = keepReport(place, report, isKept);
      process.stdout.write(`${goalText(report)}  in ${relative(process.cwd(), path)}\n\n`);
      reports.push(report);
    }
    return reports;
  } finally {
    await postgres.stop();
  }
}

async function reportOf(goal: Goal, context: BenchContext): Promise<GoalReport> {
  const { id, title, method, run } = goal;
  const startedAt = new Date().toISOString();
  const before = loadavg()[0] ?? 0;
  const started = performance.now();
  const { claims, figures } = await run(context);
  const seconds = (performance.now() - started) / 1000;
  const load = [before, loadavg()[0] ?? 0] as const;
  const { isQuick } = context;
  return { id, title, method, claims, figures, startedAt, isQuick, seconds, load };
}

const wanted = readArguments(process.argv.slice(2));
if (wanted.isHelp) process.stdout.write(usage);
else process.stdout.write(summaryText(await bench(wanted)));
