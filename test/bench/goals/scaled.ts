import { claim } from '../harness/claim.ts';
import type { BenchContext, Figure, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime, roundsMax } from '../harness/rounds.ts';
import { median, quantile, ratios } from '../harness/statistics.ts';
import { BrokerTrip } from '../netfold/broker-trip.ts';
import { CommandStages } from '../netfold/command-stages.ts';
import { Netfold } from '../netfold/netfold.ts';
import { startScaled } from '../netfold/scaled.ts';
import { bareWay, embeddedWay, scaledWay } from '../netfold/three-ways.ts';
import type { Way } from '../netfold/three-ways.ts';
import { runsPerLab } from '../netfold/workload.ts';

export const scaled: Goal = {
  id: 'SCALED',
  title: 'The scaled installation against the embedded one and a bare pipeline',
  method:
    'the installation of `npm run scaled` and the embedded server, both by HTTP, and a' +
    ' pipeline of kafkajs and one insert per command on the same broker and PostgreSQL, whose' +
    ' records hold commit and rows ready to be written; in turns, with 1 and 32 closed-loop' +
    ' callers, the same command. Visible: the row of the container is read from the tables by' +
    ' a connection that asks every millisecond (5 with 32 callers); commands per second count' +
    ' until all rows are visible. The way of a command is told by the time stamps of its' +
    ' records in Kafka and of its commit.',
  run,
};

/** As `npm run scaled` makes them. */
const partitions = 4;
const callerCounts = [1, 32] as const;
const labsOfOneCaller = 3;
const tripsPerRound = 50;

type Turn = {
  readonly perSecond: number;
  readonly answered: readonly number[];
  readonly visible: readonly number[];
  readonly sent: readonly Sent[];
};
type Sent = {
  readonly labId: string;
  readonly version: number;
  readonly at: number;
  readonly answeredAt: number;
  readonly visibleAt: number;
};
type Series = { readonly way: Way; readonly callers: number; readonly turns: Turn[] };

async function run(context: BenchContext): Promise<Measured> {
  const installation = await startScaled();
  const netfold = await Netfold.open(context.postgres);
  const ways = [
    await scaledWay(installation),
    await embeddedWay(installation.tables),
    await bareWay(installation, partitions, netfold),
  ];
  const trip = await BrokerTrip.open(installation.kafka);
  const stages = await CommandStages.open(installation.kafka);
  const trips: (readonly number[])[] = [];
  const series = callerCounts.flatMap((callers) =>
    ways.map((way): Series => ({ way, callers, turns: [] })),
  );
  try {
    // The first round warms up.
    const goesOn = roundsInTime(context.isQuick ? 1 : roundsMax, 240);
    for (let round = 0; goesOn(round - 1); round += 1) {
      const measured = await tripsOf(trip);
      if (round > 0) trips.push(measured);
      for (const { way, callers, turns } of series) {
        const turn = await oneTurn(way, callers);
        context.say(lineOf(way, callers, turn));
        if (round > 0) turns.push(turn);
      }
    }
    return measuredOf(series, trips, stages);
  } finally {
    await Promise.all([stages.close(), trip.close()]);
    for (const way of ways) await way.close();
    await netfold.close();
    await installation.stop();
  }
}

async function tripsOf(trip: BrokerTrip): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; number < tripsPerRound; number += 1) times.push(await trip.once());
  return times;
}

async function oneTurn({ rows, openLabs }: Way, callers: number): Promise<Turn> {
  const labsPerCaller = callers === 1 ? labsOfOneCaller : 1;
  const labs = await openLabs(callers * labsPerCaller);
  const visible: Promise<Sent>[] = [];
  const started = performance.now();
  const caller = async (first: number): Promise<void> => {
    for (const { labId, run: send } of labs.slice(first, first + labsPerCaller)) {
      for (let number = 0; number < runsPerLab; number += 1) {
        const at = performance.now();
        const seen = rows.seen(labId, `web${number}`);
        const version = await send(number);
        const answered = { labId, version, at, answeredAt: performance.now() };
        visible.push(seen.then((visibleAt) => ({ ...answered, visibleAt })));
        // One after the other: with one caller, nothing else is under way.
        if (callers === 1) await seen;
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index * labsPerCaller)));
  const sent = await Promise.all(visible);
  const seconds = (performance.now() - started) / 1000;
  return {
    perSecond: sent.length / seconds,
    answered: sent.map(({ at, answeredAt }) => answeredAt - at),
    visible: sent.map(({ at, visibleAt }) => visibleAt - at),
    sent,
  };
}

const lineOf = ({ name }: Way, callers: number, { perSecond, answered, visible }: Turn): string =>
  `${name}, ${callers}: ${perSecond.toFixed(0)}/s, answer p50 ${median(answered).toFixed(1)} ms,` +
  ` visible p50 ${median(visible).toFixed(1)} p99 ${quantile(visible, 0.99).toFixed(1)} ms`;

function measuredOf(
  series: readonly Series[],
  trips: readonly (readonly number[])[],
  stages: CommandStages,
): Measured {
  const [alone, embedded, bare] = series.filter(({ callers }) => callers === 1);
  const [many, manyEmbedded, manyBare] = series.filter(({ callers }) => callers !== 1);
  return {
    claims: [
      claim({
        text: 'visible p99 / one round trip of the broker, 1 caller (second half of G4)',
        atMost: 10,
        rounds: ratios(
          (alone?.turns ?? []).map(({ visible }) => quantile(visible, 0.99)),
          trips.map(median),
        ),
        next:
          'from the request to the row there are two trips through Kafka and two transactions of' +
          ' PostgreSQL, and each stage of one command (below) takes as long as several bare' +
          ' trips:' +
          ' the projector asks for the state of its tables before each batch, which it could keep' +
          ' while nobody else moves the checkpoint, and the tails ask for heads before they read',
      }),
    ],
    figures: [
      ...series.flatMap(figuresOf),
      ...timesOf('scaled / embedded, 1 caller', alone, embedded),
      ...timesOf('scaled / bare pipeline, 1 caller', alone, bare),
      ...timesOf('scaled / embedded, 32 callers', many, manyEmbedded),
      ...timesOf('scaled / bare pipeline, 32 callers', many, manyBare),
      {
        text: 'broker: record sent until it arrives, p50',
        value: median(trips.flat()),
        unit: 'ms',
      },
      ...stageFigures(alone, stages),
    ],
  };
}

function figuresOf({ way: { name }, callers, turns }: Series): readonly Figure[] {
  const of = `${name}, ${callers} caller${callers === 1 ? '' : 's'}`;
  const per = (what: 'answered' | 'visible', share: number): number =>
    median(turns.map((turn) => quantile(turn[what], share)));
  return [
    { text: of, value: median(turns.map(({ perSecond }) => perSecond)), unit: 'commands/s' },
    { text: `${of}: answer p50`, value: per('answered', 0.5), unit: 'ms' },
    { text: `${of}: visible p50`, value: per('visible', 0.5), unit: 'ms' },
    { text: `${of}: visible p99`, value: per('visible', 0.99), unit: 'ms' },
  ];
}

/** How many times as much the first does as the second, round by round. */
function timesOf(text: string, ours?: Series, theirs?: Series): readonly Figure[] {
  if (ours === undefined || theirs === undefined) return [];
  const rates = [ours, theirs].map(({ turns }) => turns.map(({ perSecond }) => perSecond));
  const p50s = [ours, theirs].map(({ turns }) => turns.map(({ visible }) => median(visible)));
  const ratio = ([a = [], b = []]: readonly (readonly number[])[]) => median(ratios(a, b));
  return [
    { text: `commands per second, ${text}`, value: ratio(rates), unit: 'times' },
    { text: `visible p50, ${text}`, value: ratio(p50s), unit: 'times' },
  ];
}

/** Where the time of one command goes; clocks of records count whole milliseconds. */
function stageFigures(alone: Series | undefined, stages: CommandStages): readonly Figure[] {
  const lives = (alone?.turns ?? []).flatMap(({ sent }) =>
    sent.flatMap(({ labId, version, at, answeredAt, visibleAt }) => {
      const moments = stages.find(labId, version);
      if (moments === null) return [];
      const begun = performance.timeOrigin + at;
      const { published, written, relayed } = moments;
      return [
        [
          published - begun,
          written - published,
          relayed - written,
          performance.timeOrigin + visibleAt - relayed,
          performance.timeOrigin + answeredAt - written,
        ],
      ];
    }),
  );
  const names = [
    'sent by HTTP until the gateway publishes it',
    'published until its commit is written',
    'written until the commander relays it',
    'relayed until its rows are visible',
    'written until the answer has arrived',
  ];
  return names.map((text, stage) => ({
    text: `one command: ${text}, p50`,
    value: median(lives.map((life) => life[stage] ?? Number.NaN)),
    unit: 'ms',
  }));
}
