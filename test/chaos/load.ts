import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { History, LogHistory } from './history.ts';
import { post } from './graphql-post.ts';
import type { ServerAddress } from './graphql-post.ts';
import { Journal, readJournal } from './journal.ts';
import type { JournalLine } from './journal.ts';
import { LabClient } from './lab-client.ts';
import { LabWatcher } from './lab-watcher.ts';
import { mulberry } from './workload.ts';

/** Subscriptions have shown everything that is in the log within so long after the load. */
const catchUpMsMax = 60_000;
const pollMs = 10;

export type LoadOptions = {
  /** For the journals. */
  readonly folder: string;
  /** Asked before every request: servers come and go. */
  readonly server: { readonly address: ServerAddress };
  readonly labs: number;
  readonly clientsPerLab: number;
  readonly seed: number;
};

/** What subscriptions had not shown long after the load, for people. */
export type SeenHistory = History & {
  readonly unseen: readonly string[];
  readonly isAllSeen: boolean;
};

/** Clients and subscribers that work until they are stopped, whatever happens to the server. */
export class Load {
  readonly #clients: LabClient[] = [];
  readonly #watchers: LabWatcher[] = [];
  readonly #journals = new Map<string, Journal>();
  readonly #clientsStop = new AbortController();
  readonly #watchersStop = new AbortController();
  readonly #working: Promise<void>[] = [];
  readonly #watching: Promise<void>[] = [];
  readonly #of: LoadOptions;

  private constructor(of: LoadOptions) {
    this.#of = of;
  }

  static async start(of: LoadOptions): Promise<Load> {
    const load = new Load(of);
    for (let lab = 0; lab < of.labs; lab += 1) load.#join(await createLab(of.server, lab), lab);
    return load;
  }

  get labs(): readonly string[] {
    return [...new Set(this.#clients.map(({ lab }) => lab))];
  }

  /** Acknowledged by lab. */
  get acknowledgedOf(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { lab, acknowledged } of this.#clients) {
      sums.set(lab, (sums.get(lab) ?? 0) + acknowledged);
    }
    return sums;
  }

  get acknowledged(): number {
    return this.#clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /**
   * How long it takes until the next command is acknowledged.
   * @throws when that takes longer than `msMax`
   */
  async recovery(msMax: number): Promise<number> {
    const before = this.acknowledged;
    const began = performance.now();
    while (this.acknowledged === before) {
      if (performance.now() - began > msMax) throw new Error(`no command in ${msMax} ms`);
      await wait(pollMs);
    }
    return performance.now() - began;
  }

  /** Lets clients end, then subscribers, these when they have seen every commit. */
  async stop(readLog: () => Promise<LogHistory>): Promise<SeenHistory> {
    this.#clientsStop.abort();
    await Promise.all(this.#working);
    const log = await readLog();
    const unseen = await this.#unseen(log.heads);
    this.abort();
    await Promise.all(this.#watching);
    for (const journal of this.#journals.values()) journal.close();
    const journals = Array.from(this.#journals.keys(), readJournal);
    return { ...log, journals, unseen, isAllSeen: unseen.length === 0 };
  }

  /** Makes everybody leave, also after a failure. */
  abort(): void {
    this.#clientsStop.abort();
    this.#watchersStop.abort();
  }

  #join(lab: string, number: number): void {
    const server = () => this.#of.server.address;
    for (let client = 0; client < this.#of.clientsPerLab; client += 1) {
      const random = mulberry(this.#of.seed + 100 * number + client);
      const journal = this.#journal(`client-${number}-${client}`);
      this.#clients.push(new LabClient({ lab, server, journal, random }));
    }
    const watcher = new LabWatcher({ lab, server, journal: this.#journal(`watcher-${number}`) });
    this.#watchers.push(watcher);
    this.#watching.push(watcher.watch(this.#watchersStop.signal));
    const clients = this.#clients.filter((client) => client.lab === lab);
    for (const client of clients) this.#working.push(client.work(this.#clientsStop.signal));
  }

  #journal(name: string): Journal {
    const path = join(this.#of.folder, `${name}.journal`);
    const journal = new Journal(path);
    this.#journals.set(path, journal);
    return journal;
  }

  async #unseen(heads: LogHistory['heads']): Promise<readonly string[]> {
    const deadline = performance.now() + catchUpMsMax;
    const versions = new Map(heads.map(({ lab, version }) => [lab, version]));
    const behind = () =>
      this.#watchers.filter(({ lab, lastVersion }) => lastVersion !== versions.get(lab));
    while (behind().length > 0 && performance.now() < deadline) await wait(pollMs);
    return behind().map(({ lab, lastVersion, sessions }) => {
      const head = versions.get(lab);
      return `${lab} was seen up to ${lastVersion} of ${head} in ${sessions} sessions`;
    });
  }
}

async function createLab({ address }: LoadOptions['server'], number: number): Promise<string> {
  const input = { name: `chaos-${number}`, hosts: [{ name: 'h1' }, { name: 'h2' }] };
  const query = `mutation ($input: LabCreateInput!) {
    labCreate(input: $input) { lab { labId } userErrors { message } } }`;
  type Made = { readonly labCreate: { readonly lab: { readonly labId: string } } };
  const posted = await post<Made>(address, query, { input });
  if (posted.kind === 'none') throw new Error(`no lab could be made: ${posted.reason}`);
  return posted.data.labCreate.lab.labId;
}

/** What a history holds, in one line for people. */
export function figuresOf({ log, journals }: History): string {
  const lines = journals.flat();
  const count = (is: (line: JournalLine) => boolean): number => lines.filter(is).length;
  const answered = count(({ what }) => what === 'answered');
  const refused = count((line) => line.what === 'answered' && line.refusal !== null);
  const reasons = Object.entries(
    Object.groupBy(
      lines.flatMap((line) => (line.what === 'unknown' ? [line.reason] : [])),
      (reason) => reason,
    ),
  ).map(([reason, of]) => `${of?.length} ${reason}`);
  return [
    `${answered} acknowledged (${refused} refused)`,
    `${log.length} commits`,
    `${count(({ what }) => what === 'saw')} seen by subscriptions`,
    `${count(({ what }) => what === 'read')} reads`,
    `without an answer: ${reasons.join(', ') || 'none'}`,
  ].join(', ');
}
