import { setTimeout as wait } from 'node:timers/promises';
import type {
  ApiExchange,
  RecordedMoment,
  Recording,
  StepAnswer,
  TopologyStep,
} from '@netfold/test-transcripts';
import type { TestServer } from '../server.ts';
import { inAnyOrder, unorderedFrom } from './any-order.ts';
import { differencesOf, type Difference, type Finding } from './differences.ts';
import { drawnId, inOrder, replaceAll, withoutDrawn, type HostFacts } from './host-facts.ts';
import { askedBy, type Asked, type Input } from './mutation-of.ts';
import { noDisguise, type Disguise } from './disguise.ts';
import { isAtRest, recordedPicture } from './recorded-facts.ts';
import { isWithoutBody, refusalRecorded, type Refusal } from './refusals.ts';
import { shownPicture } from './shown-facts.ts';
import { readShownState } from './shown-state.ts';
import { standInImages } from './stand-in-images.ts';

type Payload = {
  readonly userErrors: readonly { readonly class: string; readonly message: string }[];
  readonly version: number | null;
  readonly warnings: readonly string[];
  readonly ids: readonly { readonly name: string; readonly value: string }[];
};

type CommitAnswer = {
  readonly lab: {
    readonly commit: {
      readonly facts: readonly {
        readonly type: string;
        readonly data: Readonly<Record<string, unknown>>;
      }[];
    };
  };
};

const settledMsMax = 2_000;
const settlingMs = 50;

const payloadFields = 'userErrors { class message } version warnings ids { name value }';

export type ReplayOf = {
  readonly server: TestServer;
  readonly recording: Recording;
  /** What the lab is called; left out: as the recording. */
  readonly lab?: string;
  readonly disguise?: Disguise;
};

/** A recorded topology, sent to a lab of its own as GraphQL mutations, and what came of it. */
export class Replay {
  readonly findings: Finding[] = [];
  /** How much was compared, so that nothing can pass by comparing nothing. */
  readonly compared = { answers: 0, refusals: 0, sections: 0, disguised: 0 };
  /** Requests that GraphQL has no words for. */
  readonly unsaid: string[] = [];
  readonly #server: TestServer;
  readonly #recording: Recording;
  readonly #lab: string;
  readonly #disguise: Disguise;
  readonly #recordedDrawn = new Map<string, string>();
  readonly #shownDrawn = new Map<string, string>();
  /** From what the recorded engine drew to what this lab drew for the same thing. */
  readonly #counterparts = new Map<string, string>();
  readonly #unorderedFrom: number | null;
  #tokens: { readonly worker?: unknown; readonly manager?: unknown } = {};
  #version = 0;

  constructor(of: ReplayOf) {
    this.#server = of.server;
    this.#recording = of.recording;
    this.#lab = of.lab ?? of.recording.name;
    this.#disguise = of.disguise ?? noDisguise;
    this.#unorderedFrom = unorderedFrom(of.recording);
  }

  /** Carries out every step, and compares at every recorded checkpoint. */
  async run(): Promise<this> {
    const { topology, answers } = this.#recording;
    await this.#createLab();
    await this.#compareHosts(-1);
    for (const [at, step] of topology.steps.entries()) {
      const answer = answers[at];
      if (answer === undefined) throw new Error(`${this.#recording.name}: no answer ${at}`);
      await this.#carryOut(at, step, answer);
      this.#meetToken(step, answer);
      await this.#compareHosts(at);
    }
    return this;
  }

  /** Whether the lot gave a network an id that begins with the name of a network. */
  get hasNamesake(): boolean {
    const names = [...this.#shownDrawn.values()].flatMap(
      (token) => /^<network (.+)>$/.exec(token)?.[1] ?? [],
    );
    const ids = [...this.#shownDrawn].flatMap(([raw, token]) =>
      token.startsWith('<network ') ? [raw] : [],
    );
    return ids.some((id) => names.some((name) => id.startsWith(this.#disguise.name(name))));
  }

  async #createLab(): Promise<void> {
    const { hosts } = this.#recording.topology;
    const input = {
      name: this.#lab,
      hosts: hosts.map((name) => ({ name: this.#disguise.name(name) })),
      lans: this.#disguise.lans,
      images: standInImages,
    };
    const query = `mutation ($input: LabCreateInput!) {
      labCreate(input: $input) { ${payloadFields} } }`;
    const { labCreate } = await this.#server.ask<{ labCreate: Payload }>(query, { input });
    if (labCreate.userErrors.length > 0) throw new Error(JSON.stringify(labCreate.userErrors));
    this.#version = labCreate.version ?? 0;
  }

  async #carryOut(at: number, step: TopologyStep, answer: StepAnswer): Promise<void> {
    if (/^docker build\b/.test(step.run ?? '')) await this.#build(step.host);
    for (const exchange of answer.api ?? []) {
      const asked = askedBy(exchange);
      if (asked === null) this.unsaid.push(`${exchange.method} ${exchange.path}`);
      else await this.#exchange(at, step, exchange, asked);
    }
  }

  /** Each RUN of a Dockerfile is a container that is gone afterwards. */
  async #build(host: string): Promise<void> {
    const lines = (this.#recording.topology.files?.['Dockerfile'] ?? '').split('\n');
    const image = lines.find((line) => line.startsWith('FROM '))?.slice('FROM '.length) ?? '';
    for (const _ of lines.filter((line) => line.startsWith('RUN '))) {
      await this.#mutate('containerRun', { host, image, command: ['true'], autoRemove: true });
    }
  }

  async #exchange(
    at: number,
    step: TopologyStep,
    exchange: ApiExchange,
    asked: Asked,
  ): Promise<void> {
    const recorded = refusalRecorded(exchange, (text) => this.#plain(text, this.#recordedDrawn));
    const shown =
      asked.kind === 'look'
        ? await this.#look(step.host, asked.field, asked.reference)
        : await this.#send(step, exchange, asked.name, asked.input);
    this.compared.answers += 1;
    if (recorded.class !== null) this.compared.refusals += 1;
    // What is not found by looking is null; its text is the Docker API's.
    const expected = asked.kind === 'look' ? { ...recorded, message: '' } : recorded;
    const found = isWithoutBody(expected) ? { ...shown, message: '' } : shown;
    if (JSON.stringify(expected) === JSON.stringify(found)) return;
    this.findings.push({
      step: at,
      host: step.host,
      section: `${exchange.method} ${decodeURIComponent(exchange.path)}`,
      recorded: JSON.stringify(expected),
      shown: JSON.stringify(found),
    });
  }

  async #look(host: string, field: string, reference: string): Promise<Refusal> {
    const query = `query ($lab: String!, $host: String!, $reference: String!) {
      lab(name: $lab) { host(name: $host) { ${field}(reference: $reference) { name } } } }`;
    const variables = this.#inOtherWords({
      lab: this.#lab,
      host: this.#disguise.name(host),
      reference: this.#disguise.name(reference),
    });
    const answer = await this.#server.ask<{
      readonly lab: { readonly host: Readonly<Record<string, unknown>> };
    }>(query, variables);
    const isFound = answer.lab.host[field] !== null;
    return { class: isFound ? null : 'NOT_FOUND', message: '', warnings: [] };
  }

  async #send(
    step: TopologyStep,
    exchange: ApiExchange,
    name: string,
    input: Input,
  ): Promise<Refusal> {
    const wish = { host: step.host, ...withKeysOnly(name, input, step.run ?? '') };
    const payload = await this.#mutate(name, wish);
    const answer = exchange.answer as { readonly Id?: string } | null;
    if (typeof answer?.Id === 'string') this.#meet(answer.Id, payload, name, input);
    const [refusal] = payload.userErrors;
    return {
      class: refusal?.class ?? null,
      message: this.#disguise.undo(this.#plain(refusal?.message ?? '', this.#shownDrawn)),
      warnings: payload.warnings,
    };
  }

  async #mutate(name: string, input: Input): Promise<Payload> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${payloadFields} } }`;
    const wish = this.#disguise.input(name, this.#inOtherWords(input) as Input);
    const variables = { input: { lab: this.#lab, ...wish } };
    const answer = await this.#server.ask<Readonly<Record<string, Payload>>>(query, variables);
    const payload = answer[name];
    if (payload === undefined) throw new Error(`no answer to ${name}`);
    this.#version = payload.version ?? this.#version;
    if (name === 'swarmInit' && payload.userErrors.length === 0) await this.#keepTokens();
    return payload;
  }

  /** The tokens of a new swarm stand in the fact that it was made. */
  async #keepTokens(): Promise<void> {
    const query = `query ($lab: String!, $version: LabVersion!) {
      lab(name: $lab) { commit(version: $version) { facts { type data } } } }`;
    const variables = { lab: this.#lab, version: this.#version };
    const answer = await this.#server.ask<CommitAnswer>(query, variables);
    const fact = answer.lab.commit.facts.find(({ type }) => type === 'SwarmInitialized');
    this.#tokens = { worker: fact?.data['workerToken'], manager: fact?.data['managerToken'] };
  }

  /** `docker swarm join-token -q worker` printed the token that later lines join by. */
  #meetToken({ run = '' }: TopologyStep, { stdout }: StepAnswer): void {
    const [, role] = /swarm join-token .*\b(worker|manager)\b/.exec(run) ?? [];
    const [printed] = /SWMTKN-\S+/.exec(stdout) ?? [];
    const token = role === 'worker' || role === 'manager' ? this.#tokens[role] : undefined;
    if (printed !== undefined && typeof token === 'string') this.#counterparts.set(printed, token);
  }

  /** Both sides made the same thing: from now on one id stands for the other. */
  #meet(recordedId: string, payload: Payload, name: string, input: Input): void {
    const wanted = name === 'networkCreate' ? 'networkId' : 'containerId';
    const shownId = payload.ids.find((entry) => entry.name === wanted)?.value;
    if (shownId === undefined) return;
    const kind = name === 'networkCreate' ? 'network' : 'container';
    const token = `${kind} ${String(input['name'])}`;
    const shown = drawnId(shownId, token);
    for (const [at, [raw, drawn]] of drawnId(recordedId, token).entries()) {
      this.#recordedDrawn.set(raw, drawn);
      const [shownRaw, shownDrawn] = shown[at] ?? ['', ''];
      this.#shownDrawn.set(shownRaw, shownDrawn);
      this.#counterparts.set(raw, shownRaw);
    }
  }

  /** Ids of the recorded engine in a request become those of this lab. */
  #inOtherWords(value: object): object {
    const ids = [...this.#counterparts].toSorted(([a], [b]) => b.length - a.length);
    const text = replaceAll(JSON.stringify(value), ids);
    return JSON.parse(text) as object;
  }

  async #compareHosts(afterStep: number): Promise<void> {
    const { moments } = this.#recording;
    const here = moments.filter((one) => one.afterStep === afterStep && isAtRest(one.state));
    await Promise.all(here.map((moment) => this.#compareHost(moment)));
  }

  async #compareHost({ afterStep, host, state }: RecordedMoment): Promise<void> {
    const recorded = recordedPicture(state);
    const named = this.#facts(recorded.facts, recorded.drawn, this.#recordedDrawn);
    const expected = inOrder(named);
    this.compared.sections += Object.keys(expected).length;
    const deadline = performance.now() + settledMsMax;
    let differences = await this.#differences(afterStep, host, expected);
    // A program that ends by itself does so a moment after its container has started.
    while (differences.some(isUnsettled) && performance.now() < deadline) {
      await wait(settlingMs);
      differences = await this.#differences(afterStep, host, expected);
    }
    for (const difference of differences) {
      this.findings.push({ step: afterStep, host, ...difference });
    }
  }

  async #differences(
    afterStep: number,
    host: string,
    expected: HostFacts,
  ): Promise<readonly Difference[]> {
    const place = { server: this.#server, lab: this.#lab, version: this.#version };
    const state = await readShownState(place, this.#disguise.name(host));
    const shown = shownPicture(state, this.#disguise.name(host));
    const named = this.#facts(shown.facts, shown.drawn, this.#shownDrawn);
    const asShown = JSON.stringify(named);
    const plain = this.#disguise.undo(asShown);
    if (plain !== asShown) this.compared.disguised += 1;
    const found = inOrder(JSON.parse(plain) as HostFacts);
    const differences = differencesOf(expected, found);
    if (differences.length === 0 || this.#unorderedFrom === null) return differences;
    if (afterStep < this.#unorderedFrom) return differences;
    return differencesOf(inAnyOrder(expected), inAnyOrder(found));
  }

  #facts(
    facts: HostFacts,
    drawn: ReadonlyMap<string, string>,
    known: Map<string, string>,
  ): HostFacts {
    for (const [raw, token] of drawn) known.set(raw, token);
    const named = withoutDrawn(facts, known);
    return JSON.parse(withoutUnknownIds(JSON.stringify(named))) as HostFacts;
  }

  #plain(text: string, known: ReadonlyMap<string, string>): string {
    const found = [...known].toSorted(([a], [b]) => b.length - a.length);
    return withoutUnknownIds(replaceAll(text, found));
  }
}

/** A program that is over in the recording (`--rm`: and gone) and not yet in the lab. */
const isUnsettled = ({ recorded, shown }: Difference): boolean =>
  shown.includes('"status":"running"') &&
  (recorded.includes('"status":"exited"') || recorded === 'nothing');

/** What was drawn for things that are never listed, such as an endpoint that failed to join. */
const withoutUnknownIds = (text: string): string =>
  text
    .replaceAll(/\bveth[0-9a-f]{7}\b/g, '<veth>')
    .replaceAll(/(?<=time=\\*")[^"\\]+/g, '<time>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<id>')
    .replaceAll(/(?<=gateway_)[0-9a-f]{12}\b/g, '<short id>')
    .replaceAll(/\b[0-9a-z]{25}\b/g, '<swarm id>');

/** What was sent as keys alone is left out by a recording: it is taken from the line as typed. */
function withKeysOnly(name: string, input: Input, line: string): Input {
  if (!name.endsWith('Create')) return input;
  const given = (option: string): string[] =>
    [...line.matchAll(new RegExp(` ${option}[ =](\\S+)`, 'g'))].map((match) => match[1] ?? '');
  const withBare = (known: unknown, option: string): readonly object[] => [
    ...(known as readonly object[]),
    ...given(option).flatMap((pair) => (pair.includes('=') ? [] : [{ name: pair }])),
  ];
  const labels = withBare(input['labels'], '--label');
  if (name === 'networkCreate') {
    return { ...input, labels, options: withBare(input['options'], '(?:-o|--opt)') };
  }
  return { ...input, labels, exposedPorts: given('--expose').flatMap(portsOfRange) };
}

/** The client sends each port of `7000-7001/udp` apart. */
function portsOfRange(text: string): readonly string[] {
  const [, first = text, last = first, protocol = 'tcp'] =
    /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, at) => `${Number(first) + at}/${protocol}`);
}
