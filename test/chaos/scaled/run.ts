import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from '../checker.ts';
import { Journal, readJournal } from '../journal.ts';
import type { LogHistory } from '../history.ts';
import type { SeenHistory } from '../load.ts';
import { readLog } from '../log-rows.ts';
import { mulberry } from '../workload.ts';
import { killsInFlight } from './flights.ts';
import type { KillInFlight } from './flights.ts';
import { HostileRecords } from './hostile-records.ts';
import { ScaledInstallation, partitionCount } from './installation.ts';
import { newClient } from './kafka-client.ts';
import { Nemesis } from './nemesis.ts';
import type { Kill } from './nemesis.ts';
import { untilRelayed } from './relayed.ts';
import { Rounds } from './rounds.ts';
import type { RunOptions } from './run-options.ts';
import type { Round } from './rounds.ts';
import { ScaledLoad } from './scaled-load.ts';

/** By their ids in all partitions, or nearly. */
const labs = 10;
const clientsPerLab = 2;

export type Outcome = {
  readonly seed: number;
  readonly rounds: readonly Round[];
  readonly kills: readonly Kill[];
  readonly killsInFlight: readonly KillInFlight[];
  readonly pauses: number;
  readonly records: HostileRecords['did'];
  readonly acknowledged: number;
  readonly ambiguous: { readonly before: number; readonly after: number };
  readonly history: SeenHistory;
  readonly findings: readonly string[];
};

/** Hurts a scaled installation of its own for a while. @throws when it does not recover */
export async function runChaos(of: RunOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'nf-chaos-'));
  chmodSync(folder, 0o700);
  const installation = new ScaledInstallation(folder);
  let isSound = false;
  try {
    await installation.start(of.seed);
    const outcome = await hurt(installation, folder, of);
    isSound = outcome.findings.length === 0 && outcome.history.isAllSeen;
    return outcome;
  } finally {
    await installation.stop();
    if (isSound) rmSync(folder, { recursive: true, force: true });
    else of.say(`journals and logs are in ${folder}`);
  }
}

async function hurt(
  installation: ScaledInstallation,
  folder: string,
  of: RunOptions,
): Promise<Outcome> {
  const { seed } = of;
  const kafka = newClient(installation.brokers);
  const load = await ScaledLoad.start({
    folder,
    kafka,
    labs,
    clientsPerLab,
    seed,
    gateways: installation.gateways,
    partitions: partitionCount,
    partitionsOf: async () => {
      const { log } = await readLog(installation.log);
      return new Map(log.map(({ lab, partition }) => [lab, partition]));
    },
  });
  const path = join(folder, 'nemesis.journal');
  const journal = new Journal(path);
  const random = mulberry(seed + 2);
  const nemesis = new Nemesis({ installation, load, journal, random });
  const hostile = new HostileRecords(kafka, installation, mulberry(seed + 3));
  const rounds = new Rounds({ ...of, installation, load, nemesis, hostile, random });
  try {
    await rounds.all();
  } catch (error) {
    of.say(`the installation did not get well: ${String(error)}`);
    load.abort();
    throw error;
  }
  installation.cutter.cutShare = 0;
  const history = await load.stop(() => readLog(installation.log));
  const log = await readToTheEnd(installation, hostile);
  journal.close();
  const whole = {
    ...history,
    ...log,
    journals: [...history.journals, readJournal(path)],
    earlier: rounds.earlier,
    topics: hostile.reader.records,
  };
  return {
    seed,
    rounds: rounds.done,
    kills: nemesis.kills,
    pauses: nemesis.pauses,
    killsInFlight: killsInFlight(whole),
    records: hostile.did,
    acknowledged: load.acknowledged,
    ambiguous: { before: installation.cutter.cutsBefore, after: installation.cutter.cutsAfter },
    history: whole,
    findings: findings(whole),
  };
}

/**
 * The log, with all topics read up to what it says. A command that its client has given up on may
 * still be on its way (its record was dropped, and it is sent again): then both are read again.
 */
async function readToTheEnd(
  installation: ScaledInstallation,
  hostile: HostileRecords,
): Promise<LogHistory> {
  for (;;) {
    const before = await readLog(installation.log);
    await untilRelayed(installation);
    await hostile.drain();
    const after = await readLog(installation.log);
    if (JSON.stringify(before.partitions) === JSON.stringify(after.partitions)) return after;
  }
}
