import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from './journal.ts';

export type ServerAddress = { readonly url: string; readonly token: string };

type Payload = {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  readonly position: number | null;
  readonly version: number | null;
  readonly ids: readonly { readonly key: string; readonly value: string }[];
  readonly warnings: readonly string[];
};
type Answer = {
  readonly data?: Readonly<Record<string, Payload>> | null;
  readonly errors?: readonly { readonly message: string }[];
};

const payloadFields = 'userErrors { code message } position version ids { key value } warnings';

/** Mutations of the workload: the name, the type of its input. */
const mutations = {
  networkCreate: 'NetworkCreateInput',
  networkRemove: 'NetworkRemoveInput',
  networkConnect: 'NetworkConnectInput',
  networkDisconnect: 'NetworkDisconnectInput',
  containerCreate: 'ContainerCreateInput',
  containerStart: 'ContainerStartInput',
  containerStop: 'ContainerStopInput',
  containerRemove: 'ContainerRemoveInput',
} as const;

type MutationName = keyof typeof mutations;

/** One user of one lab: sends commands one after the other and writes down what became of them. */
export class LabClient {
  readonly lab: string;
  acknowledged = 0;
  retries = 0;
  #lastVersion = 0;
  #counter = 0;
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
      const [name, input] = this.#next();
      await this.#command(name, input, signal);
      if (this.#random() < 0.2) await this.#read();
    }
  }

  #next(): readonly [MutationName, Readonly<Record<string, unknown>>] {
    const number = Math.floor(this.#random() * 8);
    const container = `c${Math.floor(this.#random() * 6)}`;
    const network = `n${Math.floor(this.#random() * 4)}`;
    const on = { host: `h${1 + Math.floor(this.#random() * 2)}` };
    const port = { containerPort: '80/tcp', hostPort: '' };
    switch (number) {
      case 0:
        return ['networkCreate', { ...on, name: network }];
      case 1:
        return ['networkRemove', { ...on, network }];
      case 2:
        return ['networkConnect', { ...on, network, container }];
      case 3:
        return ['networkDisconnect', { ...on, network, container }];
      case 4:
        return ['containerCreate', { ...on, name: container, image: 'nginx', publish: [port] }];
      case 5:
        return ['containerStart', { ...on, container }];
      case 6:
        return ['containerStop', { ...on, container }];
      default:
        return ['containerRemove', { ...on, container, force: true }];
    }
  }

  async #command(
    name: MutationName,
    input: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<void> {
    const { lab } = this;
    const id = `${lab}-${this.#counter}-${randomUUID()}`;
    this.#counter += 1;
    const query = `mutation ($input: ${mutations[name]}!) { ${name}(input: $input) { ${payloadFields} } }`;
    this.#journal.write({ what: 'sent', at: performance.now(), id, lab });
    for (;;) {
      const answer = await this.#post(query, { input: { ...input, lab, commandId: id } });
      const payload = answer?.data?.[name];
      if (payload !== undefined && payload !== null) {
        this.#answered(id, payload);
        return;
      }
      this.retries += 1;
      this.#journal.write({ what: 'unknown', at: performance.now(), id, lab });
      // A client that goes away leaves its last command open; the checker knows such commands.
      if (signal.aborted) return;
      await wait(20);
    }
  }

  #answered(id: string, payload: Payload): void {
    const { userErrors, position, version } = payload;
    this.#journal.write({
      what: 'answered',
      at: performance.now(),
      id,
      lab: this.lab,
      isAccepted: userErrors.length === 0,
      position,
      version: version ?? 0,
      answer: JSON.stringify(payload),
    });
    this.acknowledged += 1;
    this.#lastVersion = Math.max(this.#lastVersion, version ?? 0);
  }

  /** Reads the containers of the lab at the version it knows of, or later. */
  async #read(): Promise<void> {
    const wanted = this.#lastVersion;
    const list = 'containers(first: 20) { nodes { name } }';
    const query = `query ($lab: ID!, $wanted: LabVersion) { lab(id: $lab, atLeastVersion: $wanted) {
      version one: host(name: "h1") { ${list} } two: host(name: "h2") { ${list} } } }`;
    const answer = (await this.#post(query, { lab: this.lab, wanted })) as {
      readonly data?: { readonly lab: ReadLab | null } | null;
    } | null;
    const lab = answer?.data?.lab;
    if (lab === undefined || lab === null) return;
    const containers = [...lab.one.containers.nodes, ...lab.two.containers.nodes];
    this.#journal.write({
      what: 'read',
      at: performance.now(),
      lab: this.lab,
      wanted,
      version: lab.version,
      containers: containers.map(({ name }) => name),
    });
  }

  async #post(query: string, variables: object): Promise<Answer | null> {
    const { url, token } = this.#server();
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(40_000),
      });
      return (await response.json()) as Answer;
    } catch {
      return null; // The server is gone or the answer was cut: the outcome is not known.
    }
  }
}

type ReadLab = {
  readonly version: number;
  readonly one: { readonly containers: { readonly nodes: readonly { readonly name: string }[] } };
  readonly two: { readonly containers: { readonly nodes: readonly { readonly name: string }[] } };
};
