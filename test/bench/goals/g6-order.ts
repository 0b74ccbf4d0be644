import { setTimeout as wait } from 'node:timers/promises';
import type { TestPostgres } from '@netfold/testkit';
import { withClient } from '@netfold/testkit';
import { claim } from '../harness/claim.ts';
import { closedLoop } from '../harness/callers.ts';
import type { BenchContext, Figure, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime, roundsMax } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { callersOnLabs } from '../netfold/callers-on-labs.ts';
import { KilledServer } from '../netfold/killed-server.ts';
import { benchDatabase, Netfold } from '../netfold/netfold.ts';
import type { Connection } from '../netfold/netfold.ts';
import { OpenTransaction } from '../netfold/open-transaction.ts';
import { PositionReader } from '../netfold/position-reader.ts';
import type { SeenCommit } from '../netfold/position-reader.ts';
import { runsPerLab } from '../netfold/workload.ts';
import { XminDesign } from '../peers/xmin-design.ts';

export const order: Goal = {
  id: 'G6',
  title: 'Nothing missed, doubled or out of order for a reader by position, with kills',
  method:
    '16 clients send the command of the bench by HTTP, each with an id that it repeats until' +
    ' there is an answer; a reader polls the log by position on a connection of its own; a' +
    ' writing transaction is held open in another database; service and PostgreSQL are killed' +
    ' in turns (-9) every 10 s (3 s in the short version). At the end what the reader saw is' +
    ' held against the log and the answers. Throughput without kills: 16 callers, in turns' +
    ' with a table whose positions are given by an identity column and read below' +
    ' pg_snapshot_xmin, which writes the same decided events and the same rows on 16' +
    ' connections, with its reader polling. --events sets the length.',
  run,
};

const clients = 16;
const eventsUsual = 30_000;
const eventsShort = 3_000;
const killsMin = 4;

async function run(context: BenchContext): Promise<Measured> {
  const events = context.events ?? (context.isQuick ? eventsShort : eventsUsual);
  const faults = await killed(context, events);
  const rates = await throughputs(context);
  const zero = (text: string, value: number) =>
    claim({ text, atMost: 0, rounds: [value], next: 'this is a fault' });
  return {
    claims: [
      zero(`events of ${faults.events} that the reader missed`, faults.missed),
      zero('events that it was given twice', faults.doubled),
      zero('events out of order', faults.outOfOrder),
      zero(`acknowledged commands of ${faults.acknowledged} not exactly once`, faults.notOnce),
      claim({
        text: 'service / xmin design, 16 callers',
        atLeast: 2.5,
        rounds: ratios(rates.service, rates.xmin),
        next:
          'both sides write the same rows, which is most of the time of either; the other side' +
          ' is given what the service decides and works out on one core, and writes on 16' +
          ' connections, so on all cores: cheaper rows, and deciding while a flush is under way,' +
          ' come next',
      }),
    ],
    figures: [
      { text: 'kills of service or PostgreSQL', value: faults.kills, unit: 'kills' },
      { text: 'service with kills', value: faults.perSecond, unit: 'events/s' },
      { text: 'service', value: median(rates.service), unit: 'events/s' },
      { text: 'xmin design', value: median(rates.xmin), unit: 'events/s' },
      ...rates.stalled,
    ],
  };
}

type Faults = {
  readonly events: number;
  readonly missed: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly acknowledged: number;
  readonly notOnce: number;
  readonly kills: number;
  readonly perSecond: number;
};

async function killed({ postgres, isQuick, say }: BenchContext, events: number): Promise<Faults> {
  const connection = await benchDatabase(postgres);
  const held = await OpenTransaction.hold(await postgres.database());
  const reader = new PositionReader(connection);
  reader.start();
  const service = await KilledServer.start(connection);
  const acknowledged: string[] = [];
  const started = performance.now();
  let isOver = false;
  const working = service.clients(clients, acknowledged, () => isOver);
  const pauseMs = isQuick ? 3_000 : 10_000;
  let kills = 0;
  while (eventsOf(reader.seen) < events || kills < (isQuick ? 2 : killsMin)) {
    await wait(pauseMs);
    await (kills % 2 === 0 ? service.kill() : postgres.crash());
    kills += 1;
    say(`${kills} kills, ${eventsOf(reader.seen)} events, ${acknowledged.length} commands`);
  }
  isOver = true;
  await working;
  const seconds = (performance.now() - started) / 1000;
  await reader.stop();
  await held.end();
  await service.stop();
  const inLog = await logged(connection);
  const faults = faultsOf(reader.seen, inLog, acknowledged);
  return { ...faults, kills, perSecond: faults.events / seconds };
}

const eventsOf = (commits: readonly SeenCommit[]): number =>
  commits.reduce((sum, { events }) => sum + events, 0);

/** The log as it stands at the end, by SQL alone. */
const logged = (connection: Connection): Promise<readonly SeenCommit[]> =>
  withClient(connection, async (client) => {
    const { rows } = await client.query<SeenCommit>(
      'select position::float8 as position, command_id as "commandId",' +
        ' json_array_length(events) as events from log.commit order by commit.position',
    );
    return rows;
  });

function faultsOf(
  seen: readonly SeenCommit[],
  inLog: readonly SeenCommit[],
  acknowledged: readonly string[],
): Omit<Faults, 'kills' | 'perSecond'> {
  const times = new Map<string, number>();
  for (const { commandId } of seen) times.set(commandId, (times.get(commandId) ?? 0) + 1);
  const positions = new Set(seen.map(({ position }) => position));
  const twice = seen.filter(({ commandId }) => (times.get(commandId) ?? 0) > 1);
  const late = seen.filter(
    ({ position }, at) => at > 0 && position <= (seen[at - 1]?.position ?? 0),
  );
  return {
    events: eventsOf(inLog),
    missed: eventsOf(inLog.filter(({ position }) => !positions.has(position))),
    doubled: eventsOf(twice),
    outOfOrder: eventsOf(late),
    acknowledged: acknowledged.length,
    notOnce: acknowledged.filter((id) => times.get(id) !== 1).length,
  };
}

type Rates = {
  readonly service: readonly number[];
  readonly xmin: readonly number[];
  readonly stalled: readonly Figure[];
};

async function throughputs(context: BenchContext): Promise<Rates> {
  const netfold = await Netfold.open(context.postgres);
  const xmin = await XminDesign.open(await benchDatabase(context.postgres), clients);
  const service: number[] = [];
  const peer: number[] = [];
  // The first round warms up.
  const goesOn = roundsInTime(context.isQuick ? 1 : roundsMax);
  for (let round = 0; goesOn(round - 1); round += 1) {
    const [ours, theirs] = await oneRound(netfold, xmin);
    context.say(`service ${ours.toFixed(0)} events/s, xmin design ${theirs.toFixed(0)} events/s`);
    if (round > 0) service.push(ours);
    if (round > 0) peer.push(theirs);
  }
  const stalled = await stall(context.postgres, netfold, xmin);
  await xmin.close();
  await netfold.close();
  return { service, xmin: peer, stalled };
}

const labsPerCaller = 4;

async function oneRound(netfold: Netfold, xmin: XminDesign): Promise<readonly [number, number]> {
  const entries = (netfold.noted = []) as NonNullable<Netfold['noted']>;
  const reader = new PositionReader(netfold.connection);
  reader.start();
  const ours = await closedLoop(callersOnLabs(netfold, clients, labsPerCaller));
  await reader.stop();
  netfold.noted = null;
  const streams = [...Map.groupBy(entries, ({ remembered }) => remembered.labId).values()];
  const events = entries.reduce((sum, { commit }) => sum + (commit?.events.length ?? 0), 0);
  const read = xmin.reader();
  const over = new AbortController();
  const polling = (async () => {
    while ((await read()) > 0 || !over.signal.aborted) await wait(1);
  })();
  const theirs = await closedLoop(
    Array.from({ length: clients }, (_, caller) =>
      streams
        .filter((_stream, index) => index % clients === caller)
        .flat()
        .map((entry) => () => xmin.append(entry)),
    ),
  );
  over.abort();
  await polling;
  return [events / ours.seconds, events / theirs.seconds];
}

/** What a reader of either design sees while a transaction is open in another database. */
async function stall(
  postgres: TestPostgres,
  netfold: Netfold,
  xmin: XminDesign,
): Promise<readonly Figure[]> {
  const read = xmin.reader();
  while ((await read()) > 0);
  const held = await OpenTransaction.hold(await postgres.database());
  netfold.noted = [];
  await closedLoop(callersOnLabs(netfold, 1, 1));
  const entries = netfold.noted;
  netfold.noted = null;
  const reader = new PositionReader(netfold.connection);
  reader.start();
  await reader.stop();
  const ids = new Set(entries.map(({ remembered }) => remembered.commandId));
  const seen = reader.seen.filter(({ commandId }) => ids.has(commandId)).length;
  for (const entry of entries) await xmin.append(entry);
  const visible = await read();
  await held.end();
  return [
    {
      text: `commands of ${runsPerLab + 2} seen while a transaction is open elsewhere, service`,
      value: seen,
      unit: 'commands',
    },
    { text: 'events seen while it is open, xmin design', value: visible, unit: 'events' },
  ];
}
