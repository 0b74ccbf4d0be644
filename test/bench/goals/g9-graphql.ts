import type { LabId } from '@netfold/contracts';
import { claim } from '../harness/claim.ts';
import type { BenchContext, Claim, Figure, Goal, Measured } from '../harness/goal.ts';
import { HttpClient } from '../harness/http-client.ts';
import { alternate, roundsInTime, roundsMax } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { applyQuery, hostQuery, hostQueryAsOf, runInput } from '../netfold/host-query.ts';
import { Netfold, newLabId } from '../netfold/netfold.ts';
import { startNetfold, startPeer } from '../netfold/server.ts';
import type { RunningServer } from '../netfold/server.ts';
import { openLab, openNetwork, runContainer } from '../netfold/workload.ts';

export const graphql: Goal = {
  id: 'G9',
  title: 'GraphQL: one host with 100 endpoints, and one command per HTTP request',
  method:
    'the built server in a process of its own against graphql-js with DataLoader over the same' +
    ' tables in another, both over HTTP with kept-alive connections, a random one of the hosts' +
    ' per query; the answers are equal byte by byte. From tables: the first two questions about' +
    ' each host, one after the other. Now: again and again, which the service answers from memory' +
    ' once a lab has been asked for often enough. From memory: the same query as of a version.' +
    ' The command of the bench, one per request on 32 connections, alternates with an' +
    ' empty answer of' +
    ' a plain Node server.',
  run,
};

const endpoints = 100;
const connections = 32;
const callerCounts = [1, 16] as const;

type Stored = { readonly labId: LabId; readonly version: number };
type Servers = {
  readonly netfold: RunningServer;
  readonly peer: RunningServer;
  readonly empty: RunningServer;
};

async function run(context: BenchContext): Promise<Measured> {
  const netfold = await Netfold.open(context.postgres);
  const { connection } = netfold;
  const labs = await fill(netfold, context.isQuick ? 5 : 50);
  const spare = await openedLabs(netfold, connections);
  await netfold.close();
  context.say(`${labs.length} hosts with ${endpoints} endpoints each`);
  const servers: Servers = {
    netfold: await startNetfold(connection),
    peer: await startPeer('graphql-js.ts', JSON.stringify(connection)),
    empty: await startPeer('empty-http.ts'),
  };
  try {
    const first = await firstReadings(servers, labs, spare);
    await checkEqual(servers, labs);
    const reads = await readings(context, servers, labs);
    const writes = await writings(context, servers, spare);
    return {
      claims: [first, ...reads.claims, ...writes.claims],
      figures: [
        { text: 'hosts to choose from', value: labs.length, unit: 'hosts' },
        ...reads.figures,
        ...writes.figures,
      ],
    };
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}

async function fill(netfold: Netfold, hosts: number): Promise<readonly Stored[]> {
  const stored: Stored[] = [];
  for (const labId of await openedLabs(netfold, hosts)) {
    const runs = Array.from({ length: endpoints }, (_, number) => runContainer(number));
    const results = await Promise.all(runs.map((body) => netfold.submit(labId, body)));
    stored.push({ labId, version: Math.max(...results.map(({ labVersion }) => labVersion)) });
  }
  return stored;
}

async function openedLabs(netfold: Netfold, count: number): Promise<readonly LabId[]> {
  const labIds = Array.from({ length: count }, newLabId);
  for (const labId of labIds) {
    await netfold.submit(labId, openLab('h1'));
    await netfold.submit(labId, openNetwork());
  }
  return labIds;
}

const fromTables = ({ labId }: Stored): string =>
  JSON.stringify({ query: hostQuery, variables: { lab: labId } });
const fromMemory = ({ labId, version }: Stored): string =>
  JSON.stringify({ query: hostQueryAsOf, variables: { lab: labId, version } });

/** @throws when the answers differ in a single byte */
async function checkEqual(servers: Servers, labs: readonly Stored[]): Promise<void> {
  const ours = new HttpClient(servers.netfold, 1);
  const theirs = new HttpClient(servers.peer, 1);
  for (const lab of labs.slice(0, 5)) {
    const answers = [await ours.post(fromTables(lab)), await ours.post(fromMemory(lab))];
    const peer = await theirs.post(fromTables(lab));
    const count = peer.split('"endpointId"').length - 1;
    if (count !== endpoints) throw new Error(`the peer answered ${count} endpoints`);
    const different = answers.find((answer) => answer !== peer);
    if (different !== undefined) throw new Error(firstDifference(different, peer));
  }
  ours.close();
  theirs.close();
}

function firstDifference(ours: string, theirs: string): string {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return `the answers differ at ${at}:\n  ours:   ${around(ours)}\n  theirs: ${around(theirs)}`;
}

const readsCost =
  'every endpoint document is sent and parsed whole (2.4 kB each), over four round trips: shorter' +
  ' documents, then one statement for all';

const memoryCost =
  'the compiled query makes each object of the answer, which is then made text: write the text' +
  ' at once';

/** The service answers so few questions about one version from the tables, whatever its size. */
const firstQuestions = 2;

/** What the tables give before a lab is known to be read again and again. */
async function firstReadings(
  servers: Servers,
  labs: readonly Stored[],
  spare: readonly LabId[],
): Promise<Claim> {
  const ours = new HttpClient(servers.netfold, 1);
  const theirs = new HttpClient(servers.peer, 1);
  const msOf = async (client: HttpClient, lab: Stored): Promise<number> => {
    const started = performance.now();
    await client.post(fromTables(lab));
    return performance.now() - started;
  };
  // Other labs warm both up: these would no longer be new.
  for (const labId of spare) await msOf(ours, { labId, version: 0 });
  for (const lab of labs) for (let time = 0; time < 5; time += 1) await msOf(theirs, lab);
  const rounds: number[] = [];
  for (let time = 0; time < firstQuestions; time += 1) {
    const [mine, peers]: [number[], number[]] = [[], []];
    for (const lab of labs) {
      mine.push(await msOf(ours, lab));
      peers.push(await msOf(theirs, lab));
    }
    rounds.push(median(peers) / median(mine));
  }
  ours.close();
  theirs.close();
  const text = 'from tables / graphql-js + DataLoader, 1 caller';
  return claim({ text, atLeast: 4, rounds, next: readsCost });
}

async function readings(
  context: BenchContext,
  servers: Servers,
  labs: readonly Stored[],
): Promise<{ readonly claims: Claim[]; readonly figures: Figure[] }> {
  const claims: Claim[] = [];
  const figures: Figure[] = [];
  // A hot lab is one that is asked for again and again; all of them would not stay in memory.
  const hot = labs.slice(0, 1);
  const seconds = context.isQuick ? 0.5 : 1.5;
  for (const callers of callerCounts) {
    const ours = new HttpClient(servers.netfold, callers);
    const theirs = new HttpClient(servers.peer, callers);
    const rate = (client: HttpClient, bodies: readonly string[]) => () =>
      requestsPerSecond(client, { callers, seconds, bodyOf: () => anyOf(bodies) });
    const [now, memory, peer] = await alternate(roundsInTime(context.isQuick ? 2 : roundsMax), [
      rate(ours, labs.map(fromTables)),
      rate(ours, hot.map(fromMemory)),
      rate(theirs, labs.map(fromTables)),
    ]);
    const at = `${callers} caller${callers === 1 ? '' : 's'}`;
    context.say(`${at}: now ${median(now).toFixed(0)}/s, peer ${median(peer).toFixed(0)}/s`);
    claims.push(
      claim({
        text: `now / graphql-js + DataLoader, ${at}`,
        atLeast: 4,
        rounds: ratios(now, peer),
        next: memoryCost,
      }),
      claim({
        text: `from memory / graphql-js + DataLoader, ${at}`,
        atLeast: 8,
        rounds: ratios(memory, peer),
        next: memoryCost,
      }),
    );
    figures.push(
      { text: `now, ${at}`, value: median(now), unit: 'queries/s' },
      { text: `from memory, ${at}`, value: median(memory), unit: 'queries/s' },
      { text: `graphql-js + DataLoader, ${at}`, value: median(peer), unit: 'queries/s' },
    );
    ours.close();
    theirs.close();
  }
  const size = await answerBytes(servers, labs);
  return { claims, figures: [...figures, { text: 'answer', value: size, unit: 'bytes' }] };
}

async function answerBytes({ netfold }: Servers, labs: readonly Stored[]): Promise<number> {
  const client = new HttpClient(netfold, 1);
  const text = await client.post(anyOf(labs.map(fromTables)));
  client.close();
  return Buffer.byteLength(text);
}

async function writings(
  context: BenchContext,
  servers: Servers,
  labs: readonly LabId[],
): Promise<{ readonly claims: Claim[]; readonly figures: Figure[] }> {
  const ours = new HttpClient(servers.netfold, connections);
  const empty = new HttpClient(servers.empty, connections);
  const seconds = context.isQuick ? 0.5 : 2;
  let number = 0;
  const body = (caller: number): string => {
    number += 1;
    const lab = labs[caller] as LabId;
    return JSON.stringify({ query: applyQuery, variables: runInput(lab, number) });
  };
  const load = { callers: connections, seconds, bodyOf: body };
  const [commands, answers] = await alternate(roundsInTime(context.isQuick ? 2 : roundsMax), [
    () => requestsPerSecond(ours, { ...load, check: demandApplied }),
    () => requestsPerSecond(empty, load),
  ]);
  ours.close();
  empty.close();
  return {
    claims: [
      claim({
        text: 'one command per request / empty answer',
        atLeast: 0.25,
        rounds: ratios(commands, answers),
        next:
          'the commit is the limit, not HTTP: compare the service without HTTP in G1; cheaper' +
          ' rows come first',
      }),
    ],
    figures: [
      { text: 'commands over HTTP', value: median(commands), unit: 'requests/s' },
      { text: 'empty answers', value: median(answers), unit: 'requests/s' },
    ],
  };
}

function demandApplied(answer: string): void {
  if (!answer.includes('"userErrors":[]')) throw new Error(`a command failed: ${answer}`);
}

type RequestLoad = {
  readonly callers: number;
  readonly seconds: number;
  readonly bodyOf: (caller: number) => string;
  readonly check?: (answer: string) => void;
};

async function requestsPerSecond(
  client: HttpClient,
  { callers, seconds, bodyOf, check }: RequestLoad,
): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let answered = 0;
  const caller = async (index: number): Promise<void> => {
    while (performance.now() < until) {
      const answer = await client.post(bodyOf(index));
      check?.(answer);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
  return (answered * 1000) / (performance.now() - started);
}

const anyOf = <T>(values: readonly T[]): T =>
  values[Math.floor(Math.random() * values.length)] as T;
