import { claim } from '../harness/claim.ts';
import { closedLoop, openLoop } from '../harness/callers.ts';
import type { BenchContext, Figure, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime, roundsMax } from '../harness/rounds.ts';
import { median, quantile, ratios } from '../harness/statistics.ts';
import { callersOnLabs } from '../netfold/callers-on-labs.ts';
import { recordFlushes } from '../netfold/flush-recorder.ts';
import { Netfold, newLabId } from '../netfold/netfold.ts';
import { emptyTables, resend, rewindTo, writerClient } from '../netfold/raw-log.ts';
import { SingleInserts } from '../netfold/single-inserts.ts';
import { openLab, openNetwork, runContainer, runsPerLab } from '../netfold/workload.ts';

export const latency: Goal = {
  id: 'G3',
  title: 'Latency of a command at a fixed arrival rate, against raw inserts of the same rows',
  method:
    'open loop: commands arrive at 5, 30 and 80 % of the raw limit with the same rows (measured' +
    ' first), each timed from the moment it was due; alternating with raw transactions, one per' +
    ' command, that insert its commit and its rows on 4 connections (16 at 80 %) with nothing to' +
    ' decide. The insert of the commit alone is shown beside.',
  run,
};

type Level = {
  readonly share: number;
  readonly connections: number;
  readonly p50AtMost: number;
  readonly p99AtMost: number | null;
};

const levels: readonly Level[] = [
  { share: 0.05, connections: 4, p50AtMost: 1.5, p99AtMost: null },
  { share: 0.3, connections: 4, p50AtMost: 1.5, p99AtMost: null },
  { share: 0.8, connections: 16, p50AtMost: 0.5, p99AtMost: 0.5 },
];

type Latencies = { readonly p50: number; readonly p99: number };
type Turn = { readonly service: Latencies; readonly raw: Latencies; readonly commit: Latencies };

async function run(context: BenchContext): Promise<Measured> {
  const netfold = await Netfold.open(context.postgres);
  const limit = await rawLimit(netfold);
  context.say(`the limit with its own rows: ${limit.toFixed(0)} commands/s`);
  const results: { readonly level: Level; readonly turns: Turn[] }[] = [];
  for (const level of levels) {
    const turns: Turn[] = [];
    const goesOn = roundsInTime(context.isQuick ? 1 : roundsMax, 40);
    for (let round = 0; goesOn(turns.length); round += 1) {
      const turn = await oneTurn(netfold, level, limit * level.share, context.isQuick ? 0.5 : 1.5);
      if (round > 0) turns.push(turn);
    }
    const [last] = turns.slice(-1);
    context.say(`${level.share * 100} %: p50 ${last?.service.p50} ms, raw ${last?.raw.p50} ms`);
    results.push({ level, turns });
  }
  await netfold.close();
  return {
    claims: results.flatMap(({ level, turns }) => claimsOf(level, turns)),
    figures: [
      { text: 'limit with its own rows', value: limit, unit: 'commands/s' },
      ...results.flatMap(({ level, turns }) => figuresOf(level, turns)),
    ],
  };
}

const next =
  'a flush of one command takes some milliseconds, most of them in the statements of' +
  ' read.apply_changes (one per table that changes, 13 here), and flushes go one after the other' +
  ' where the raw side has several connections: fewer and cheaper statements per flush come first';

const per = (turns: readonly Turn[], of: keyof Turn, quantity: keyof Latencies) =>
  turns.map((turn) => turn[of][quantity]);

function claimsOf({ share, p50AtMost, p99AtMost }: Level, turns: readonly Turn[]) {
  const at = `at ${share * 100} % of the limit`;
  const both = (quantity: keyof Latencies) =>
    ratios(per(turns, 'service', quantity), per(turns, 'raw', quantity));
  const p50 = claim({
    text: `service p50 / raw p50 ${at}`,
    atMost: p50AtMost,
    rounds: both('p50'),
    next,
  });
  if (p99AtMost === null) return [p50];
  return [
    p50,
    claim({ text: `service p99 / raw p99 ${at}`, atMost: p99AtMost, rounds: both('p99'), next }),
  ];
}

function figuresOf({ share }: Level, turns: readonly Turn[]): readonly Figure[] {
  const names = { service: 'service', raw: 'raw, same rows', commit: 'raw, commit alone' } as const;
  return (['service', 'raw', 'commit'] as const).flatMap((of) =>
    (['p50', 'p99'] as const).map((quantity) => ({
      text: `${share * 100} %: ${names[of]} ${quantity}`,
      value: median(per(turns, of, quantity)),
      unit: 'ms',
    })),
  );
}

/** As in the throughput goal: full batches, sent again. */
async function rawLimit(netfold: Netfold): Promise<number> {
  const recorder = recordFlushes();
  await closedLoop(callersOnLabs(netfold, 256, 1));
  recorder.stop();
  const client = await writerClient(netfold.connection);
  const rates: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await emptyTables(netfold.connection);
    await rewindTo(netfold.connection, Number(recorder.flushes[0]?.values[2]));
    const started = performance.now();
    await resend(client, recorder.flushes);
    rates.push((256 * runsPerLab * 1000) / (performance.now() - started));
  }
  await client.end();
  return median(rates);
}

async function oneTurn(
  netfold: Netfold,
  level: Level,
  perSecond: number,
  seconds: number,
): Promise<Turn> {
  await emptyTables(netfold.connection);
  const count = Math.max(20, Math.round(perSecond * seconds));
  const labs = await openedLabs(netfold, Math.ceil(count / runsPerLab));
  const commands = Array.from({ length: count }, (_, index) => () => {
    const labId = labs[Math.floor(index / runsPerLab)] as string;
    return netfold.submit(labId, runContainer(index % runsPerLab));
  });
  netfold.noted = [];
  const service = latenciesOf(await openLoop(perSecond, commands));
  const entries = netfold.noted;
  netfold.noted = null;
  const inserts = await SingleInserts.open(netfold.connection, level.connections);
  await emptyTables(netfold.connection);
  const raw = latenciesOf(
    await openLoop(
      perSecond,
      entries.map((entry) => inserts.withRows(entry)),
    ),
  );
  await emptyTables(netfold.connection);
  const commit = latenciesOf(
    await openLoop(
      perSecond,
      entries.map((entry) => inserts.commitAlone(entry)),
    ),
  );
  await inserts.close();
  return { service, raw, commit };
}

async function openedLabs(netfold: Netfold, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, newLabId);
  await Promise.all(
    ids.flatMap((labId) => [
      netfold.submit(labId, openLab('h1')),
      netfold.submit(labId, openNetwork()),
    ]),
  );
  return ids;
}

const latenciesOf = ({ latencies }: { readonly latencies: readonly number[] }): Latencies => ({
  p50: median(latencies),
  p99: quantile(latencies, 0.99),
});
