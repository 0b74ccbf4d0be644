import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { LogHistory } from '../history.ts';
import { Journal, readJournal } from '../journal.ts';
import { post } from '../graphql-post.ts';
import type { ServerAddress } from '../graphql-post.ts';
import { Load } from '../load.ts';
import type { SeenHistory } from '../load.ts';
import { mulberry } from '../workload.ts';
import { OutcomeListener } from './outcome-listener.ts';
import { Pipeline } from './pipeline.ts';

const pollMs = 20;

export type ScaledLoadOptions = {
  readonly folder: string;
  readonly gateways: readonly ServerAddress[];
  readonly kafka: Kafka;
  readonly labs: number;
  readonly clientsPerLab: number;
  readonly seed: number;
  /** Of the log, by lab. */
  readonly partitionsOf: () => Promise<ReadonlyMap<string, number>>;
  readonly partitions: number;
};

/** Users at both gateways, subscribers, and a pipeline per lab that goes by Kafka. */
export class ScaledLoad {
  readonly #load: Load;
  readonly #pipelines: readonly Pipeline[];
  readonly #outcomes: OutcomeListener;
  readonly #stop = new AbortController();
  readonly #working: readonly Promise<void>[];
  readonly #journals: ReadonlyMap<string, Journal>;
  readonly partitionOf: ReadonlyMap<string, number>;

  private constructor(of: {
    readonly load: Load;
    readonly pipelines: readonly Pipeline[];
    readonly outcomes: OutcomeListener;
    readonly journals: ReadonlyMap<string, Journal>;
    readonly partitionOf: ReadonlyMap<string, number>;
  }) {
    this.#load = of.load;
    this.#pipelines = of.pipelines;
    this.#outcomes = of.outcomes;
    this.#journals = of.journals;
    this.partitionOf = of.partitionOf;
    this.#working = of.pipelines.map((each) => each.work(this.#stop.signal));
  }

  static async start(of: ScaledLoadOptions): Promise<ScaledLoad> {
    const { folder, gateways, kafka, labs, clientsPerLab, seed } = of;
    const any = mulberry(seed + 1);
    const server = {
      get address(): ServerAddress {
        return gateways[Math.floor(any() * gateways.length)] as ServerAddress;
      },
    };
    const load = await Load.start({ folder, server, labs, clientsPerLab, seed });
    await joinHosts(gateways[0] as ServerAddress, load.labs[0] ?? '');
    const partitionOf = await of.partitionsOf();
    const outcomes = new OutcomeListener(kafka);
    outcomes.start();
    const journals = new Map<string, Journal>();
    const pipelines = load.labs.map((lab, number) => {
      const path = join(folder, `pipeline-${number}.journal`);
      const journal = new Journal(path);
      journals.set(path, journal);
      const random = mulberry(seed + 10_000 + number);
      const place = { partition: partitionOf.get(lab) ?? 0, partitions: of.partitions };
      const common = { kafka, outcomes, journal, random, server: () => server.address };
      return new Pipeline({ lab, ...place, ...common });
    });
    return new ScaledLoad({ load, pipelines, outcomes, journals, partitionOf });
  }

  get acknowledged(): number {
    return this.#pipelines.reduce((sum, each) => sum + each.acknowledged, this.#load.acknowledged);
  }

  /**
   * How long it takes until a command of every lab is acknowledged.
   * @throws when that takes longer than `msMax`
   */
  async recovery(msMax: number): Promise<number> {
    const began = performance.now();
    const before = this.#acknowledgedOf();
    for (;;) {
      const now = this.#acknowledgedOf();
      const waiting = [...before].filter(([lab, count]) => now.get(lab) === count);
      if (waiting.length === 0) return performance.now() - began;
      if (performance.now() - began > msMax) {
        const places = waiting.map(([lab]) => `${lab} in ${this.partitionOf.get(lab)}`);
        throw new Error(`no command in ${msMax} ms for ${places.join(', ')}`);
      }
      await wait(pollMs);
    }
  }

  /** Lets pipelines end, then clients, then subscribers. */
  async stop(readLog: () => Promise<LogHistory>): Promise<SeenHistory> {
    this.#stop.abort();
    await Promise.all(this.#working);
    await this.#outcomes.stop();
    const history = await this.#load.stop(readLog);
    for (const journal of this.#journals.values()) journal.close();
    const journals = [...history.journals, ...Array.from(this.#journals.keys(), readJournal)];
    return { ...history, journals };
  }

  /** Makes everybody leave, also after a failure. */
  abort(): void {
    this.#stop.abort();
    this.#load.abort();
  }

  #acknowledgedOf(): ReadonlyMap<string, number> {
    const sums = new Map(this.#load.acknowledgedOf);
    for (const { lab, acknowledged } of this.#pipelines) {
      sums.set(lab, (sums.get(lab) ?? 0) + acknowledged);
    }
    return sums;
  }
}

/** Gives a lab a swarm and an overlay across its hosts, so that every table has rows. */
async function joinHosts(at: ServerAddress, lab: string): Promise<void> {
  await give(at, 'swarmInit', { lab, host: 'h1' });
  const query = `query ($lab: ID!) { lab(id: $lab) { host(name: "h1") {
    swarm { joinTokens { worker } } } } }`;
  type Tokens = { readonly swarm: { readonly joinTokens: { readonly worker: string } } };
  const asked = await post<{ readonly lab: { readonly host: Tokens } }>(at, query, { lab });
  if (asked.kind === 'none') throw new Error(`no join token: ${asked.reason}`);
  const { worker: token } = asked.data.lab.host.swarm.joinTokens;
  await give(at, 'swarmJoin', { lab, host: 'h2', token, remoteAddresses: ['192.168.50.11:2377'] });
  const overlay = { name: 'mesh', driver: 'overlay', isAttachable: true };
  await give(at, 'networkCreate', { lab, host: 'h1', ...overlay });
  for (const host of ['h1', 'h2']) {
    const run = { name: `mesh-${host}`, image: 'nginx', networkMode: 'mesh' };
    await give(at, 'containerRun', { lab, host, ...run });
  }
  // A packet between them teaches each the other's address.
  const command = ['ping', '-c', '1', '192.168.50.12'];
  await give(at, 'hostExec', { lab, host: 'h1', command });
}

async function give(at: ServerAddress, mutation: string, input: object): Promise<void> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { payload: ${mutation}(input: $input) {
    userErrors { message } } }`;
  type Payload = { readonly userErrors: readonly { readonly message: string }[] };
  const posted = await post<{ readonly payload: Payload }>(at, query, { input });
  const problem =
    posted.kind === 'none' ? posted.reason : posted.data.payload.userErrors[0]?.message;
  if (problem !== undefined) throw new Error(`${mutation}: ${problem}`);
}
