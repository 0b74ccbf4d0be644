import type { FlushEntry } from '@netfold/application';
import { withClient } from '@netfold/testkit';
import { claim } from '../harness/claim.ts';
import { closedLoop } from '../harness/callers.ts';
import type { BenchContext, Figure, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime, roundsMax, timed } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { callersOnLabs } from '../netfold/callers-on-labs.ts';
import { recordFlushes } from '../netfold/flush-recorder.ts';
import { Netfold, newLabId } from '../netfold/netfold.ts';
import { append, emptyTables, resend, rewindTo, writerClient } from '../netfold/raw-log.ts';
import { openLab, openNetwork, runContainer, runsPerLab } from '../netfold/workload.ts';

const callers = 256;

export const throughput: Goal = {
  id: 'G1',
  title: 'Durable and projected commands per second at 256 callers, against the limit',
  method:
    '256 closed-loop callers, each with a new lab after every ten commands; every call of' +
    ' log.flush is recorded and sent again on one connection with nothing to decide or encode' +
    ' (the limit with its own rows), then only its commits are inserted (the bare append).' +
    ' Tables emptied between, fsync on.',
  run,
};

type Round = { readonly service: number; readonly limit: number; readonly bare: number };

async function run(context: BenchContext): Promise<Measured> {
  const netfold = await Netfold.open(context.postgres);
  const labsPerCaller = 1;
  const rounds: Round[] = [];
  // The first round warms up: compiled code, grown files, cached plans.
  const goesOn = roundsInTime(context.isQuick ? 1 : roundsMax);
  for (let round = 0; goesOn(rounds.length); round += 1) {
    const measured = await oneRound(netfold, labsPerCaller);
    context.say(
      `service ${measured.service.toFixed(0)}/s, limit ${measured.limit.toFixed(0)}/s,` +
        ` bare append ${measured.bare.toFixed(0)}/s`,
    );
    if (round > 0) rounds.push(measured);
  }
  const batches = median(netfold.flushes);
  const weight = await weightOfCommand(netfold);
  await netfold.close();
  const service = rounds.map((round) => round.service);
  return {
    claims: [
      claim({
        text: 'service / limit with its own rows',
        atLeast: 0.7,
        rounds: ratios(
          service,
          rounds.map((round) => round.limit),
        ),
        next:
          'deciding, the delta and the encoding of rows take Node about as long as PostgreSQL' +
          ' needs' +
          ' for the rows, a fifth of it garbage collection: fewer rows per command help both',
      }),
      claim({
        text: 'service / bare append limit',
        atLeast: 0.45,
        rounds: ratios(
          service,
          rounds.map((round) => round.bare),
        ),
        next:
          'the limit with its own rows is below the bound already: what a command writes into the' +
          ' read models is the cost; fewer rows per command, or cheaper ones, come next',
      }),
    ],
    figures: [
      { text: 'service', value: median(service), unit: 'commands/s' },
      {
        text: 'limit with its own rows',
        value: median(rounds.map((r) => r.limit)),
        unit: 'commands/s',
      },
      { text: 'bare append', value: median(rounds.map((r) => r.bare)), unit: 'commands/s' },
      { text: 'commands per flush, median', value: batches, unit: 'commands' },
      ...weight,
    ],
  };
}

async function oneRound(netfold: Netfold, labsPerCaller: number): Promise<Round> {
  const { connection } = netfold;
  await emptyTables(connection);
  const recorder = recordFlushes();
  const load = await closedLoop(callersOnLabs(netfold, callers, labsPerCaller));
  recorder.stop();
  const runs = callers * labsPerCaller * runsPerLab;
  const client = await writerClient(connection);
  await emptyTables(connection);
  await rewindTo(connection, Number(recorder.flushes[0]?.values[2]));
  const limitMs = await timed(() => resend(client, recorder.flushes));
  await emptyTables(connection);
  const bareMs = await timed(() => append(client, recorder.flushes));
  await emptyTables(connection);
  await client.end();
  return {
    service: runs / load.seconds,
    limit: (runs * 1000) / limitMs,
    bare: (runs * 1000) / bareMs,
  };
}

/** What one command writes: a rise of any of these is a regression. */
async function weightOfCommand(netfold: Netfold): Promise<readonly Figure[]> {
  const labId = newLabId();
  await netfold.submit(labId, openLab('h1'));
  await netfold.submit(labId, openNetwork());
  const commands = 100;
  const recorder = recordFlushes();
  const entries: FlushEntry[] = (netfold.noted = []);
  const walBefore = await walPosition(netfold);
  let rows = 0;
  for (let number = 0; number < commands; number += 1) {
    rows += (await netfold.submit(labId, runContainer(number))).effects.length;
  }
  const wal = (await walPosition(netfold)) - walBefore;
  recorder.stop();
  netfold.noted = null;
  const eventBytes = sum(entries, ({ commit }) => Buffer.byteLength(commit?.eventsText ?? ''));
  const events = sum(entries, ({ commit }) => commit?.events.length ?? 0);
  const sent = sum(recorder.flushes, ({ values }) => sum([...values], bytesOf));
  const per = (value: number): number => value / commands;
  return [
    { text: 'rows written per command', value: per(rows), unit: 'rows' },
    { text: 'events per command', value: per(events), unit: 'events' },
    { text: 'bytes of events per command', value: per(eventBytes), unit: 'bytes' },
    {
      text: 'bytes sent to PostgreSQL per command, one per flush',
      value: per(sent),
      unit: 'bytes',
    },
    { text: 'write-ahead log per command, one per flush', value: per(wal), unit: 'bytes' },
  ];
}

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, value) => total + of(value), 0);

const bytesOf = (value: unknown): number =>
  Buffer.isBuffer(value) ? value.length : Buffer.byteLength(JSON.stringify(value) ?? '');

const walPosition = (netfold: Netfold): Promise<number> =>
  withClient(netfold.connection, async (client) => {
    const { rows } = await client.query<{ bytes: number }>(
      "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as bytes",
    );
    return rows[0]?.bytes ?? 0;
  });
