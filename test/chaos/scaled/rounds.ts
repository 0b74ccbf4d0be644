import { setTimeout as wait } from 'node:timers/promises';
import type { LogRow } from '../history.ts';
import { readLog } from '../log-rows.ts';
import type { HostileRecords } from './hostile-records.ts';
import { kafkaSessionMs } from './installation.ts';
import type { ScaledInstallation, ServiceName, Verified } from './installation.ts';
import type { Nemesis } from './nemesis.ts';
import type { RunOptions } from './run-options.ts';
import type { ScaledLoad } from './scaled-load.ts';

const recoveryMsMax = 180_000;
const cuttingMsMax = 60_000;
/** Share of the flushes that are cut: while other faults happen, and to reach the number. */
const cutShare = { always: 0.05, most: 0.7 } as const;
const pollMs = 50;
/** Short: a moment's stall. Long: the group counts the process as gone, and it comes back. */
const pauseMs = { short: 2_000, long: kafkaSessionMs + 2_000 } as const;

/** One round: its faults, and the comparison of the rows after it. */
export type Round = {
  readonly round: number;
  readonly seconds: number;
  readonly acknowledged: number;
  readonly cuts: number;
  readonly commits: number;
  readonly problemsInLog: number;
  readonly labsBehind: number;
  /** `isEqual`: a fold of the log makes the same rows as the live ones, by hash. */
  readonly tables: Verified['tables'];
};

type RoundsOptions = RunOptions & {
  readonly installation: ScaledInstallation;
  readonly load: ScaledLoad;
  readonly nemesis: Nemesis;
  readonly hostile: HostileRecords;
  readonly random: () => number;
};

type Fault = { readonly name: string; readonly run: () => Promise<unknown> };

/** Rounds of faults; each kills every kind of service, and hurts records in its own way. */
export class Rounds {
  readonly done: Round[] = [];
  readonly earlier: Pick<LogRow, 'partition' | 'position' | 'hash'>[] = [];
  readonly #of: RoundsOptions;
  readonly #began = performance.now();

  constructor(of: RoundsOptions) {
    this.#of = of;
  }

  async all(): Promise<void> {
    this.#of.installation.cutter.cutShare = cutShare.always;
    while (!this.#isEnough()) await this.#round(this.done.length);
  }

  #isEnough(): boolean {
    const { until, installation, load } = this.#of;
    const isLongEnough = performance.now() - this.#began >= until.minutes * 60_000;
    const isBigEnough =
      installation.cutter.cuts >= until.cuts && load.acknowledged >= until.acknowledged;
    return this.done.length >= until.rounds && isLongEnough && isBigEnough;
  }

  async #round(round: number): Promise<void> {
    const { installation, load, say, nemesis } = this.#of;
    const began = performance.now();
    for (const { name, run } of this.#faults(round)) {
      const at = performance.now();
      await run();
      await load.recovery(recoveryMsMax);
      say(`round ${round}: ${name}, well after ${((performance.now() - at) / 1000).toFixed(1)} s`);
    }
    await this.#cutCommits(round);
    await load.recovery(recoveryMsMax);
    await nemesis.untilProjected();
    const { commits, problemsFound, behind, tables } = await installation.verify();
    const { log } = await readLog(installation.log);
    for (const { partition, position, hash } of log) {
      this.earlier.push({ partition, position, hash });
    }
    const done = {
      round,
      seconds: Math.round((performance.now() - began) / 1000),
      acknowledged: load.acknowledged,
      cuts: installation.cutter.cuts,
      commits,
      problemsInLog: problemsFound,
      labsBehind: behind.length,
      tables,
    };
    this.done.push(done);
    const equal = tables.filter(({ isEqual }) => isEqual).length;
    say(
      `round ${round} took ${done.seconds} s: ${done.acknowledged} acknowledged,` +
        ` ${done.cuts} cuts, ${commits} commits, ${equal} of ${tables.length} tables equal`,
    );
  }

  #faults(round: number): readonly Fault[] {
    const { nemesis, random } = this.#of;
    const either = (app: string) => `${app}-${random() < 0.5 ? 1 : 2}` as ServiceName;
    const services = [either('gateway'), either('commander'), either('projector')];
    const stores = ['postgres-log', 'kafka', 'postgres-tables'] as const;
    const store = stores[round % stores.length] as ServiceName;
    const killed = shuffled(services, random);
    const paused = shuffled([...services, store], random)[0] as ServiceName;
    // Twice in a while, a commander is away for longer than its group waits.
    const isLong = round % 3 === 1;
    const stopped = isLong ? either('commander') : paused;
    const ms = isLong ? pauseMs.long : pauseMs.short;
    return [
      { name: `kill ${killed.join(', ')}`, run: () => nemesis.kill(killed) },
      { name: `kill ${store}`, run: () => nemesis.kill([store]) },
      this.#recordFault(round),
      { name: `stop ${stopped} for ${ms} ms`, run: () => nemesis.pause(stopped, ms) },
    ];
  }

  #recordFault(round: number): Fault {
    const { hostile } = this.#of;
    const repeat = async (): Promise<void> => {
      await hostile.repeat('netfold.commits');
      await hostile.repeat('netfold.commands');
      await hostile.dropCommands();
    };
    const faults: readonly Fault[] = [
      { name: 'repeat commits and commands out of order, drop commands', run: repeat },
      { name: 'shuffle, repeat and drop commits', run: () => hostile.shuffleUnread() },
      { name: 'delete netfold.commits', run: () => hostile.deleteTopic('netfold.commits') },
      { name: 'delete netfold.commands', run: () => hostile.deleteTopic('netfold.commands') },
      { name: 'delete netfold.outcomes', run: () => hostile.deleteTopic('netfold.outcomes') },
    ];
    // Each run begins with another one; as many rounds as faults have them all.
    return faults[(round + this.#of.seed) % faults.length] as Fault;
  }

  /** Cuts until this round's part of the ambiguous commits is there. */
  async #cutCommits(round: number): Promise<void> {
    const { installation, until } = this.#of;
    const { cutter } = installation;
    const wanted = Math.ceil((until.cuts * (round + 1)) / until.rounds);
    const deadline = performance.now() + cuttingMsMax;
    cutter.cutShare = cutShare.most;
    while (cutter.cuts < wanted && performance.now() < deadline) await wait(pollMs);
    cutter.cutShare = cutShare.always;
  }
}

function shuffled<T>(from: readonly T[], random: () => number): readonly T[] {
  return from
    .map((each) => ({ each, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each);
}
