import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim } from '../harness/claim.ts';
import type { BenchContext, Goal, Measured } from '../harness/goal.ts';
import { HttpClient } from '../harness/http-client.ts';
import { alternate, roundsInTime, roundsMax, timed } from '../harness/rounds.ts';
import { median, quantile, ratios } from '../harness/statistics.ts';
import { EngineClient } from '../netfold/engine-client.ts';
import { benchDatabase } from '../netfold/netfold.ts';
import { startNetfold, startPeer } from '../netfold/server.ts';

export const engine: Goal = {
  id: 'ENGINE',
  title: 'The Docker API of a lab host, with the genuine client and without',
  method:
    '`docker ps` of ten containers with the client of this machine, a process each time,' +
    ' alternating with the same command against a server that sends the same bytes at once.' +
    ' Containers are created and started one after the other on one kept-alive connection.' +
    ' A lab of three hosts is ready when its creation by GraphQL is answered and the engine of' +
    ' each host has answered a ping.',
  run,
};

const hosts = ['h1', 'h2', 'h3'];
const listed = 10;
const listPath = '/v1.41/containers/json';
const callsPerRound = 10;

const labCreate = `mutation ($input: LabCreateInput!) {
  labCreate(input: $input) {
    userErrors { message }
    lab { labId hosts(first: 3) { nodes { name dockerHost } } }
  }
}`;

type Made = {
  readonly labCreate: {
    readonly lab: {
      readonly hosts: {
        readonly nodes: readonly { readonly name: string; readonly dockerHost: string | null }[];
      };
    };
  };
};

async function run(context: BenchContext): Promise<Measured> {
  const docker = clientOnPath();
  const server = await startNetfold(await benchDatabase(context.postgres));
  const graphql = new HttpClient(server, 1);
  try {
    const ready = await labsMade(graphql, context.isQuick ? 5 : 30);
    const [socketPath = ''] = await makeLab(graphql, 'listed');
    const listing = await listings(context, docker, socketPath);
    const [started = ''] = await makeLab(graphql, 'started');
    const pairs = await startsInARow(started, context.isQuick ? 50 : 200);
    return {
      claims: [
        claim({
          text: '`docker ps` / the same against an instant engine',
          atMost: 1.2,
          rounds: ratios(listing.ours, listing.theirs),
          next: 'what is left is one request over a socket: look at the route, then at the fold',
        }),
        claim({
          text: 'create and start of one container, p50, ms',
          atMost: 10,
          rounds: [median(pairs)],
          next: 'two commands and a read of each: see the stages of a command at SCALED and G1',
        }),
        claim({
          text: 'lab of three hosts, its engines answering, p50, ms',
          atMost: 50,
          rounds: [median(ready)],
          next: 'one command and three sockets: open the sockets side by side',
        }),
      ],
      figures: [
        { text: '`docker ps`', value: median(listing.ours), unit: 'ms' },
        { text: '`docker ps`, instant engine', value: median(listing.theirs), unit: 'ms' },
        { text: 'create and start p99', value: quantile(pairs, 0.99), unit: 'ms' },
        { text: 'lab of three hosts p99', value: quantile(ready, 0.99), unit: 'ms' },
      ],
    };
  } finally {
    graphql.close();
    await server.stop();
  }
}

/** @throws when this machine has no Docker client */
function clientOnPath(): string {
  const { status } = spawnSync('docker', ['--version'], { stdio: 'ignore' });
  if (status === 0) return 'docker';
  throw new Error('ENGINE needs a Docker client on the path (Debian: apt-get install docker.io)');
}

/** @returns the sockets of its hosts, which answer */
async function makeLab(graphql: HttpClient, name: string): Promise<readonly string[]> {
  const input = { name, hosts: hosts.map((host) => ({ name: host })) };
  const made = await graphql.graphql<Made>(labCreate, { input });
  const sockets = made.labCreate.lab.hosts.nodes.map(({ dockerHost }) =>
    (dockerHost ?? '').replace('unix://', ''),
  );
  const clients = sockets.map((socketPath) => new EngineClient(socketPath));
  await Promise.all(clients.map((client) => client.demand('GET', '/_ping')));
  for (const client of clients) client.close();
  return sockets;
}

/** @returns milliseconds of each */
async function labsMade(graphql: HttpClient, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  await makeLab(graphql, 'first');
  for (let lab = 0; lab < count; lab += 1) {
    times.push(await timed(() => makeLab(graphql, `made-${lab}`)));
  }
  return times;
}

/** @returns milliseconds of each pair */
async function startsInARow(socketPath: string, count: number): Promise<readonly number[]> {
  const client = new EngineClient(socketPath);
  const times: number[] = [];
  for (let number = 0; number < count; number += 1) {
    times.push(await timed(() => startContainer(client, `c${number}`)));
  }
  client.close();
  return times;
}

async function startContainer(client: EngineClient, name: string): Promise<void> {
  const body = { Image: 'alpine', Cmd: ['sleep', '1d'] };
  const { text } = await client.demand('POST', `/v1.41/containers/create?name=${name}`, body);
  const { Id: id } = JSON.parse(text) as { readonly Id: string };
  await client.demand('POST', `/v1.41/containers/${id}/start`);
}

/** @returns milliseconds of one `docker ps`, the median of each round */
async function listings(
  context: BenchContext,
  docker: string,
  socketPath: string,
): Promise<{ readonly ours: readonly number[]; readonly theirs: readonly number[] }> {
  await startsInARow(socketPath, listed);
  const client = new EngineClient(socketPath);
  const answers = {
    '/_ping': await client.demand('GET', '/_ping'),
    [listPath]: await client.demand('GET', listPath),
  };
  client.close();
  const instant = join(tmpdir(), `netfold-instant-${process.pid}.sock`);
  const peer = await startPeer(
    'instant-engine.ts',
    JSON.stringify({ socketPath: instant, answers }),
  );
  const round = (path: string) => async (): Promise<number> => {
    const times: number[] = [];
    for (let call = 0; call < callsPerRound; call += 1) {
      times.push(await timed(() => listContainers(docker, path)));
    }
    return median(times);
  };
  try {
    const wanted = context.isQuick ? 2 : roundsMax;
    const parts = [round(socketPath), round(instant)] as const;
    const [ours, theirs] = await alternate(roundsInTime(wanted), parts);
    return { ours, theirs };
  } finally {
    await peer.stop();
    rmSync(instant, { force: true });
  }
}

/** @throws unless it prints a line for each container */
async function listContainers(docker: string, socketPath: string): Promise<void> {
  const child = spawn(docker, ['--host', `unix://${socketPath}`, 'ps', '-q'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOCKER_API_VERSION: '' },
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(child, 'close');
  const lines = printed.split('\n').length - 1;
  if (lines !== listed) throw new Error(`docker ps printed ${lines} lines`);
}
