import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '@netfold/application';
import type { LabEvent } from '@netfold/contracts';
import {
  evolve,
  evolveAll,
  hashableLab,
  initial,
  makeAddressPool,
  takeNextAddress,
} from '@netfold/domain';
import type { AddressPool, Lab } from '@netfold/domain';
import { claim } from '../harness/claim.ts';
import type { BenchContext, Claim, Goal, Measured } from '../harness/goal.ts';
import { alternate, busy, roundsInTime } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { addressesInUse, factsOfLab, factsOfMutable } from '../peers/fold-facts.ts';
import { foldWithImmer } from '../peers/immer-fold.ts';
import { applyInPlace, emptyLab } from '../peers/mutable-fold.ts';
import { eventsOfLab } from '../netfold/lab-events.ts';
import { networkName } from '../netfold/workload.ts';

export const fold: Goal = {
  id: 'G8',
  title: 'Folding a lab with a new immutable version per event',
  method:
    'evolve() over all facts of a lab with 1,000 endpoints, alternating with a fold of the same' +
    ' facts into mutable Maps and bitmaps and with Immer over the same functions; all three end' +
    ' with the same facts. Memory in a process per style. The next free address of a /16 that is' +
    ' 99 % full, alternating with a scan of a Set of texts. All times are processor time.',
  run,
};

async function run(context: BenchContext): Promise<Measured> {
  const endpoints = context.isQuick ? 200 : 1_000;
  const events = eventsOfLab(endpoints);
  checkEqual(events, endpoints);
  const rounds = context.isQuick ? 3 : 5;
  const [persistent, mutable, immer] = await alternate(roundsInTime(rounds), [
    () => perSecond(events, 5, () => evolveAll(initial, events)),
    () => perSecond(events, 5, () => foldInPlace(events)),
    () => perSecond(events, 1, () => foldWithImmer(events, true)),
  ]);
  const loose = perSecond(events, 1, () => foldWithImmer(events, false));
  const memory = memoryOf(events, endpoints);
  const addresses = await nextAddress(rounds);
  return {
    claims: [
      claim({
        text: 'immutable versions / mutable fold',
        atLeast: 0.4,
        rounds: ratios(persistent, mutable),
        next: mapsCost,
      }),
      claim({
        text: 'immutable versions / Immer',
        atLeast: 300,
        rounds: ratios(persistent, immer),
        next: mapsCost,
      }),
      ...memory.claims,
      ...addresses.claims,
      claim({
        text: 'versions of a run that changed after they were handed out',
        atMost: 0,
        rounds: [changedVersions()],
        next: 'a version that changes is a fault: something in evolve() writes in place',
      }),
    ],
    figures: [
      { text: 'immutable versions', value: median(persistent), unit: 'events/s' },
      { text: 'mutable Maps and bitmaps', value: median(mutable), unit: 'events/s' },
      { text: 'Immer', value: median(immer), unit: 'events/s' },
      { text: 'Immer without freezing', value: loose, unit: 'events/s' },
      { text: 'events per endpoint', value: events.length / endpoints, unit: 'events' },
      ...memory.figures,
      ...addresses.figures,
    ],
  };
}

const mapsCost =
  'a fact of the real command touches several maps, and reading and copying paths of the' +
  ' persistent maps is a third of the time: fold the facts of one commit on transient maps';

const bitmapCost =
  'taking the address also makes the next version of the pool (a path of the bitmap and the' +
  ' address as an object), which the search alone does not';

const perSecond = (events: readonly LabEvent[], times: number, work: () => unknown): number => {
  const milliseconds = busy(() => {
    for (let time = 0; time < times; time += 1) work();
  });
  return (events.length * times * 1000) / milliseconds;
};

function foldInPlace(events: readonly LabEvent[]) {
  const lab = emptyLab();
  for (const event of events) applyInPlace(lab, event);
  return lab;
}

/** @throws when the folds do not end with the same facts */
function checkEqual(events: readonly LabEvent[], endpoints: number): void {
  const lab = evolveAll(initial, events);
  const facts = factsOfLab(lab);
  if (addressesInUse(lab, networkName) !== endpoints) throw new Error('addresses are missing');
  for (const other of [foldInPlace(events), foldWithImmer(events, true)]) {
    if (factsOfMutable(other) !== facts) throw new Error('the folds differ');
  }
}

function memoryOf(events: readonly LabEvent[], endpoints: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-bench-'));
  const path = join(folder, 'events.json');
  writeFileSync(path, JSON.stringify(events));
  const bytes = (style: string): number => {
    const program = join(import.meta.dirname, '../peers/fold-memory.ts');
    const flags = ['--expose-gc', '--conditions=@netfold/source', program, style, path];
    const printed = execFileSync(process.execPath, flags, { encoding: 'utf8' });
    return (JSON.parse(printed) as { readonly bytes: number }).bytes;
  };
  const [parsed, mutable, persistent, every] = [
    bytes('events'),
    bytes('mutable'),
    bytes('persistent'),
    bytes('everyVersion'),
  ];
  rmSync(folder, { recursive: true });
  return {
    claims: [
      claim({
        text: 'bytes per endpoint',
        atMost: 1_000,
        rounds: [persistent / endpoints],
        next:
          'an endpoint comes with its container, whose spec as inspect shows it is most of the' +
          ' bytes (compare the mutable fold): share the equal parts of specs between containers',
      }),
      claim({
        text: 'bytes per kept version',
        atMost: 3_000,
        rounds: [(every - persistent) / events.length],
        next: 'each event copies paths of several maps: fold those of a command as one version',
      }),
    ],
    figures: [
      { text: 'mutable fold', value: mutable / endpoints, unit: 'bytes per endpoint' },
      { text: 'the parsed events alone', value: parsed / endpoints, unit: 'bytes per endpoint' },
    ],
  };
}

/** 99 % of a /16; the two that are never given out count as used. */
const used = Math.floor(65_536 * 0.99);

async function nextAddress(
  rounds: number,
): Promise<{ claims: Claim[]; figures: Measured['figures'] }> {
  let pool: AddressPool = makeAddressPool('10.30.0.0/16', '');
  const taken = new Set(['10.30.0.0', '10.30.255.255']);
  for (let count = taken.size; count < used; count += 1) {
    const next = takeNextAddress(pool);
    if (next === null) throw new Error('the pool is full');
    pool = next.pool;
    taken.add(dotted(Number(next.address.value)));
  }
  const times = 20_000;
  const [ours, scan] = await alternate(roundsInTime(rounds), [
    () => nanoseconds(times, () => takeNextAddress(pool)),
    () => nanoseconds(3, () => scanSet(taken)),
  ]);
  return {
    claims: [
      claim({
        text: 'scan of a Set / next free address',
        atLeast: 50_000,
        rounds: ratios(scan, ours),
        next: bitmapCost,
      }),
      claim({ text: 'next free address, ns', atMost: 50, rounds: ours, next: bitmapCost }),
    ],
    figures: [{ text: 'scan of a Set of texts', value: median(scan), unit: 'ns' }],
  };
}

const nanoseconds = (times: number, work: () => unknown): number =>
  (busy(() => {
    for (let time = 0; time < times; time += 1) work();
  }) *
    1_000_000) /
  times;

function scanSet(taken: ReadonlySet<string>): string | null {
  const first = 10 * 2 ** 24 + 30 * 2 ** 16;
  for (let value = first; value < first + 65_536; value += 1) {
    const text = dotted(value);
    if (!taken.has(text)) return text;
  }
  return null;
}

const dotted = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

/** A thousand versions of one run, hashed when made and again at the end. */
function changedVersions(): number {
  const versions: { readonly lab: Lab; readonly hash: string }[] = [];
  let lab: Lab = initial;
  for (const event of eventsOfLab(115).slice(0, 1_000)) {
    lab = evolve(lab, event);
    versions.push({ lab, hash: hashOf(lab) });
  }
  return versions.filter((version) => hashOf(version.lab) !== version.hash).length;
}

const hashOf = (lab: Lab): string =>
  createHash('sha256')
    .update(canonicalJson(hashableLab(lab)))
    .digest('hex');
