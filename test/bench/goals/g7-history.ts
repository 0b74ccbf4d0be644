import type { LabId } from '@netfold/contracts';
import { claim } from '../harness/claim.ts';
import { closedLoop } from '../harness/callers.ts';
import type { BenchContext, Claim, Goal, Measured } from '../harness/goal.ts';
import { roundsInTime } from '../harness/rounds.ts';
import { median } from '../harness/statistics.ts';
import { EmmettPeer, givenCommands } from '../peers/emmett.ts';
import type { GivenCommand } from '../peers/emmett.ts';
import { benchDatabase, Netfold, newLabId } from '../netfold/netfold.ts';
import { openLab, openNetwork, removeRun, runContainer } from '../netfold/workload.ts';

export const history: Goal = {
  id: 'G7',
  title: 'Cost of a command against the length of history and the size of the lab',
  method:
    'one command at a time, alternating command by command between the lab in question and a lab' +
    ' without history; each container is removed again outside of the measured time. emmett gets' +
    ' the decided events of the command on a stream of 3,000 events, with the rows inline.',
  run,
};

/** Which labs are compared: a factor of the real thing in a quick run. */
type Sizes = {
  readonly pairs: number;
  readonly events: number;
  readonly hosts: number;
  readonly perHost: number;
  readonly onOneHost: number;
  readonly peerEvents: number;
};

const full: Sizes = {
  pairs: 1_000,
  events: 100_000,
  hosts: 100,
  perHost: 100,
  onOneHost: 1_000,
  peerEvents: 3_000,
};
const quick: Sizes = {
  pairs: 60,
  events: 2_000,
  hosts: 5,
  perHost: 10,
  onOneHost: 60,
  peerEvents: 300,
};

/** Number of the container that is measured and removed again: none that stays has it. */
const probe = 50_000;
/** One container stays in every lab: the first member of a network also brings its bridge up. */
const resident = 50_001;

async function run(context: BenchContext): Promise<Measured> {
  const sizes = context.isQuick ? quick : full;
  const netfold = await Netfold.open(context.postgres);
  const long = await longLab(netfold, sizes.events);
  context.say(`a lab with ${long.events} events`);
  const wide = await largeLab(netfold, sizes.hosts, sizes.perHost);
  context.say(`a lab with ${sizes.hosts * sizes.perHost} containers on ${sizes.hosts} hosts`);
  const crowded = await largeLab(netfold, 1, sizes.onOneHost);
  const compared: Compared[] = [];
  for (const labId of [long.labId, wide, crowded]) {
    compared.push(await compare(netfold, labId, sizes.pairs));
  }
  const peer = await againstEmmett(context, netfold, sizes);
  await netfold.close();
  const [ofLong, ofWide, ofCrowded] = compared as [Compared, Compared, Compared];
  const things = `${sizes.hosts * sizes.perHost} containers on ${sizes.hosts} hosts`;
  return {
    claims: [
      p50Claim(`p50 at ${long.events} events / p50 of an empty lab`, ofLong, 1.2),
      p50Claim(`p50 at ${things} / empty lab`, ofWide, 1.5),
      p50Claim(`p50 at ${sizes.onOneHost} containers on one host / empty lab`, ofCrowded, 1.5),
      claim({
        text: 'rows written per command, largest / smallest of all labs',
        atMost: 1,
        rounds: [Math.max(...compared.flatMap(rowsOf)) / Math.min(...compared.flatMap(rowsOf))],
        next: 'compare the changes of the command on the labs: a row depends on others',
      }),
      peer.claim,
    ],
    figures: [
      { text: 'p50 on an empty lab', value: median(ofLong.empty), unit: 'ms' },
      { text: `p50 at ${long.events} events`, value: median(ofLong.lab), unit: 'ms' },
      { text: `p50 at ${things}`, value: median(ofWide.lab), unit: 'ms' },
      {
        text: `p50 at ${sizes.onOneHost} containers on one host`,
        value: median(ofCrowded.lab),
        unit: 'ms',
      },
      ...peer.figures,
    ],
  };
}

type Compared = {
  readonly lab: readonly number[];
  readonly empty: readonly number[];
  readonly rows: readonly number[];
};

const rowsOf = ({ rows }: Compared): readonly number[] => rows;

const grows = 'something grows with the lab: profile decide() and deltaOf() on it';

/** The ratio of the medians; its rounds are tenths of the run. */
function p50Claim(text: string, { lab, empty }: Compared, atMost: number): Claim {
  const tenths = Array.from({ length: 10 }, (_, index) => {
    const part = (values: readonly number[]) =>
      median(values.slice((index * values.length) / 10, ((index + 1) * values.length) / 10));
    return part(lab) / part(empty);
  });
  return claim({ text, atMost, rounds: tenths, next: grows });
}

async function compare(netfold: Netfold, labId: LabId, pairs: number): Promise<Compared> {
  const emptyId = await emptyLab(netfold);
  const lab: number[] = [];
  const empty: number[] = [];
  const rows = new Set<number>();
  const goesOn = roundsInTime(pairs, 30);
  for (let pair = 0; goesOn(pair); pair += 1) {
    for (const [id, times] of [
      [labId, lab],
      [emptyId, empty],
    ] as const) {
      const started = performance.now();
      const { effects } = await netfold.submit(id, runContainer(probe));
      times.push(performance.now() - started);
      rows.add(effects.length);
      await netfold.submit(id, removeRun(probe));
    }
  }
  return { lab, empty, rows: [...rows] };
}

async function emptyLab(netfold: Netfold): Promise<LabId> {
  const labId = newLabId();
  await netfold.submit(labId, openLab('h1'));
  await netfold.submit(labId, openNetwork());
  await netfold.submit(labId, runContainer(resident));
  return labId;
}

/** A small lab with a long past: containers came and went. */
async function longLab(
  netfold: Netfold,
  eventsMin: number,
): Promise<{ readonly labId: LabId; readonly events: number }> {
  const labId = await emptyLab(netfold);
  let events = 0;
  while (events < eventsMin) {
    netfold.noted = [];
    // The commands of one lab are decided in their order, so many may be under way at once.
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => [
        netfold.submit(labId, runContainer(index)),
        netfold.submit(labId, removeRun(index)),
      ]).flat(),
    );
    events += netfold.noted.reduce((sum, { commit }) => sum + (commit?.events.length ?? 0), 0);
    netfold.noted = null;
  }
  return { labId, events };
}

async function largeLab(netfold: Netfold, hosts: number, perHost: number): Promise<LabId> {
  const labId = newLabId();
  const names = Array.from({ length: hosts }, (_, index) => `h${index + 1}`);
  await netfold.submit(labId, openLab(...names));
  for (const name of names) {
    await netfold.submit(labId, openNetwork(name));
    const runs = Array.from({ length: perHost }, (_, index) => runContainer(index, name));
    await Promise.all(runs.map((body) => netfold.submit(labId, body)));
  }
  return labId;
}

async function againstEmmett(
  context: BenchContext,
  netfold: Netfold,
  sizes: Sizes,
): Promise<{ readonly claim: Claim; readonly figures: Measured['figures'] }> {
  const emmett = await EmmettPeer.open(await benchDatabase(context.postgres));
  const labId = await emptyLab(netfold);
  netfold.noted = [];
  let events = 0;
  for (let number = 0; events < sizes.peerEvents; number += 1) {
    await netfold.submit(labId, runContainer(number));
    events = netfold.noted.reduce((sum, { commit }) => sum + (commit?.events.length ?? 0), 0);
  }
  const past = givenCommands(netfold.noted);
  await closedLoop([past.map((command) => () => emmett.submit(command))]);
  const service: number[] = [];
  const peer: number[] = [];
  for (let turn = 0; turn < (context.isQuick ? 10 : 100); turn += 1) {
    netfold.noted = [];
    service.push(await latency(() => netfold.submit(labId, runContainer(probe))));
    const [command] = givenCommands(netfold.noted);
    peer.push(await latency(() => emmett.submit(command as GivenCommand)));
    netfold.noted = [];
    await netfold.submit(labId, removeRun(probe));
    for (const back of givenCommands(netfold.noted)) await emmett.submit(back);
  }
  netfold.noted = null;
  await emmett.close();
  const text = `emmett p50 / service p50 on a stream of ${sizes.peerEvents} events`;
  return {
    claim: claim({
      text,
      atLeast: 25,
      rounds: [median(peer) / median(service)],
      next:
        'both sides write the same 34 rows, which is most of the time of either; what remains is' +
        ' the reading of the stream: cheaper rows raise the ratio',
    }),
    figures: [
      { text: `emmett p50 at ${sizes.peerEvents} events`, value: median(peer), unit: 'ms' },
      { text: `service p50 at ${sizes.peerEvents} events`, value: median(service), unit: 'ms' },
    ],
  };
}

async function latency(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
