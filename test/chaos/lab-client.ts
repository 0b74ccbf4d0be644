import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { post } from './graphql-post.ts';
import type { ServerAddress } from './graphql-post.ts';
import type { Journal } from './journal.ts';
import { mutations, nextWork } from './workload.ts';
import type { Work } from './workload.ts';

type Payload = {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  readonly position: number | null;
  readonly version: number | null;
  readonly ids: readonly { readonly name: string; readonly value: string }[];
  readonly warnings: readonly string[];
};

const payloadFields = 'userErrors { code message } position version ids { name value } warnings';

/** Between two attempts at one command. */
const pauseMs = 100;
/** Of the commands: so many are followed by a read, by one of the past, by an old command again. */
const readShare = 0.2;
const pastShare = 0.05;
const repeatShare = 0.05;
/** Commands that may be sent again later. */
const rememberedMax = 200;

type SentCommand = { readonly id: string; readonly work: Work };

/** One user of one lab: sends commands one after the other and writes down what became of them. */
export class LabClient {
  readonly lab: string;
  acknowledged = 0;
  refused = 0;
  repeats = 0;
  reads = 0;
  #lastVersion = 0;
  #counter = 0;
  readonly #remembered: SentCommand[] = [];
  readonly #server: () => ServerAddress;
  readonly #journal: Journal;
  readonly #random: () => number;

  constructor(of: {
    readonly lab: string;
    readonly server: () => ServerAddress;
    readonly journal: Journal;
    readonly random: () => number;
  }) {
    this.lab = of.lab;
    this.#server = of.server;
    this.#journal = of.journal;
    this.#random = of.random;
  }

  /** Works until told to stop; a command is repeated with its id until it has an answer. */
  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#command(nextWork(this.#random), signal);
      if (this.#random() < repeatShare) await this.#repeat();
      if (this.#random() < readShare) await this.#read(this.#lastVersion, false);
      if (this.#random() < pastShare) await this.#read(this.#pastVersion(), true);
    }
  }

  async #command(work: Work, signal: AbortSignal): Promise<void> {
    const { lab } = this;
    const id = `${lab}-${this.#counter}-${randomUUID()}`;
    this.#counter += 1;
    const { container } = work;
    await this.#journal.write({ what: 'sent', at: performance.now(), id, lab, container });
    for (;;) {
      const payload = await this.#send({ id, work });
      if (payload !== null) {
        this.acknowledged += 1;
        if (payload.userErrors.length > 0) this.refused += 1;
        this.#remembered[this.#counter % rememberedMax] = { id, work };
        return;
      }
      // A client that goes away leaves its last command open; the checker knows such commands.
      if (signal.aborted) return;
      await wait(pauseMs);
    }
  }

  /** An old command sent again has to get its old answer. */
  async #repeat(): Promise<void> {
    const old = this.#remembered[Math.floor(this.#random() * this.#remembered.length)];
    if (old !== undefined && (await this.#send(old)) !== null) this.repeats += 1;
  }

  /** @returns `null` when there is no answer */
  async #send({ id, work: { mutation, input } }: SentCommand): Promise<Payload | null> {
    const { lab } = this;
    const query =
      `mutation ($input: ${mutations[mutation]}!)` +
      ` { payload: ${mutation}(input: $input) { ${payloadFields} } }`;
    const server = this.#server();
    await this.#journal.write({ what: 'tried', at: performance.now(), id, lab, url: server.url });
    const posted = await post<{ readonly payload: Payload }>(server, query, {
      input: { ...input, lab, commandId: id },
    });
    const at = performance.now();
    if (posted.kind === 'none') {
      await this.#journal.write({ what: 'unknown', at, id, lab, reason: posted.reason });
      return null;
    }
    const { payload } = posted.data;
    const { userErrors, position, version } = payload;
    const refusal = userErrors[0]?.code ?? null;
    const answer = JSON.stringify(payload);
    const outcome = { id, lab, refusal, position, version: version ?? 0, answer };
    await this.#journal.write({ what: 'answered', at, by: 'graphql', ...outcome });
    this.#lastVersion = Math.max(this.#lastVersion, version ?? 0);
    return payload;
  }

  #pastVersion(): number {
    return 1 + Math.floor(this.#random() * Math.max(0, this.#lastVersion - 1));
  }

  /** Reads the containers of the lab at a version, or (not `isExact`) at that one or later. */
  async #read(wanted: number, isExact: boolean): Promise<void> {
    const list = 'containers(first: 20) { nodes { name } }';
    const moment = isExact ? 'asOf: { version: $wanted }' : 'atLeastVersion: $wanted';
    const query = `query ($lab: ID!, $wanted: LabVersion!) { lab(id: $lab, ${moment}) {
      version h1: host(name: "h1") { ${list} } h2: host(name: "h2") { ${list} } } }`;
    const variables = { lab: this.lab, wanted };
    const posted = await post<{ readonly lab: ReadLab | null }>(this.#server(), query, variables);
    if (posted.kind === 'none' || posted.data.lab === null) return;
    const { version, h1, h2 } = posted.data.lab;
    const containers = [...namesOn('h1', h1), ...namesOn('h2', h2)];
    const at = performance.now();
    await this.#journal.write({
      what: 'read',
      at,
      lab: this.lab,
      wanted,
      isExact,
      version,
      containers,
    });
    this.reads += 1;
  }
}

type ReadHost = { readonly containers: { readonly nodes: readonly { readonly name: string }[] } };
type ReadLab = { readonly version: number; readonly h1: ReadHost; readonly h2: ReadHost };

const namesOn = (host: string, { containers }: ReadHost): readonly string[] =>
  containers.nodes.map(({ name }) => `${host}/${name}`);
