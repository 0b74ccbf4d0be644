import type { FlushEntry } from '@netfold/application';
import { tableHashes } from '@netfold/readmodel-postgres';
import { withClient } from '@netfold/testkit';
import { claim } from '../harness/claim.ts';
import { closedLoop } from '../harness/callers.ts';
import type { BenchContext, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime, roundsMax } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { EmmettPeer, givenCommands } from '../peers/emmett.ts';
import type { GivenCommand } from '../peers/emmett.ts';
import { callersOnLabs } from '../netfold/callers-on-labs.ts';
import { benchDatabase, Netfold } from '../netfold/netfold.ts';
import type { Connection } from '../netfold/netfold.ts';
import { runsPerLab } from '../netfold/workload.ts';

export const emmettThroughput: Goal = {
  id: 'G2',
  title: 'Commands per second against emmett-postgresql with an inline projection',
  method:
    'the service decides, folds, works out its rows and commits; then emmett is given the same' +
    ' decided events and row changes for as many callers on the same PostgreSQL: it reads the' +
    ' stream, appends with the expected version and writes the rows in its transaction, by the' +
    ' same SQL function. At the end the tables of both are equal by hash.',
  run,
};

type Step = { readonly callers: number; readonly labs: number; readonly atLeast: number };

const steps: readonly Step[] = [
  { callers: 256, labs: 1, atLeast: 8 },
  { callers: 32, labs: 1, atLeast: 6 },
  { callers: 1, labs: 5, atLeast: 2 },
];

type Sides = { readonly netfold: Netfold; readonly emmett: EmmettPeer };
type Series = { readonly step: Step; readonly service: number[]; readonly peer: number[] };

async function run(context: BenchContext): Promise<Measured> {
  const netfold = await Netfold.open(context.postgres);
  const database = await benchDatabase(context.postgres);
  const emmett = await EmmettPeer.open(database);
  const series = steps.map((step): Series => ({ step, service: [], peer: [] }));
  // The first round warms up.
  const goesOn = roundsInTime(context.isQuick ? 1 : roundsMax, 120);
  for (let round = 0; goesOn(round - 1); round += 1) {
    for (const { step, service, peer } of series) {
      const measured = await oneRound({ netfold, emmett }, step);
      context.say(
        `${step.callers} callers: service ${measured.service.toFixed(0)}/s,` +
          ` emmett ${measured.peer.toFixed(0)}/s`,
      );
      if (round > 0) service.push(measured.service);
      if (round > 0) peer.push(measured.peer);
    }
  }
  await emmett.close();
  await netfold.close();
  const rows = await equalRows(netfold.connection, database);
  return {
    claims: series.map(({ step, service, peer }) =>
      claim({
        text: `service / emmett, ${step.callers} caller${step.callers === 1 ? '' : 's'}`,
        atLeast: step.atLeast,
        rounds: ratios(service, peer),
        next:
          'both sides pay for the same rows; what sets them apart is one transaction for many' +
          ' commands, so cheaper rows raise the ratio',
      }),
    ),
    figures: [
      ...series.flatMap(({ step: { callers }, service, peer }) => [
        { text: `service, ${callers} callers`, value: median(service), unit: 'commands/s' },
        { text: `emmett, ${callers} callers`, value: median(peer), unit: 'commands/s' },
      ]),
      { text: 'rows that are equal by hash in both databases', value: rows, unit: 'rows' },
    ],
  };
}

async function oneRound(
  { netfold, emmett }: Sides,
  { callers, labs }: Step,
): Promise<{ readonly service: number; readonly peer: number }> {
  const entries: FlushEntry[] = (netfold.noted = []);
  const service = await closedLoop(callersOnLabs(netfold, callers, labs));
  netfold.noted = null;
  const given = byCaller(givenCommands(entries), callers);
  const peer = await closedLoop(
    given.map((commands) => commands.map((command) => () => emmett.submit(command))),
  );
  const runs = callers * labs * runsPerLab;
  return { service: runs / service.seconds, peer: runs / peer.seconds };
}

/** Each caller has its own labs, one after the other, as on the other side. */
function byCaller(
  commands: readonly GivenCommand[],
  callers: number,
): readonly (readonly GivenCommand[])[] {
  const streams = [...Map.groupBy(commands, ({ stream }) => stream).values()];
  return Array.from({ length: callers }, (_, caller) =>
    streams.filter((_stream, index) => index % callers === caller).flat(),
  );
}

/** @throws when the tables differ: then the work was not equal, and the numbers mean nothing */
async function equalRows(ours: Connection, theirs: Connection): Promise<number> {
  const hashes = (of: Connection) => withClient(of, (client) => tableHashes(client, 'read'));
  const [mine, other] = await Promise.all([hashes(ours), hashes(theirs)]);
  for (const [index, { table, hash }] of mine.entries()) {
    if (other[index]?.hash !== hash) throw new Error(`the rows of ${table} differ`);
  }
  return mine.reduce((sum, { rows }) => sum + rows, 0);
}
