import { readFileSync } from 'node:fs';
import { TestServer } from '../server.ts';
import type { EngineCase } from './engine-case.ts';
import { clearEngine, nameOf, runCase } from './engine-run.ts';
import type { EngineAnswers, StepAnswer } from './engine-run.ts';

/**
 * Every answer, refusals included, comes within this time, milliseconds: what takes longer is
 * stuck. No measure of speed, since machines of CI are slow and shared.
 */
export const answerMsMax = 5_000;

const answersFile = `${import.meta.dirname}/engine-answers.json`;
const recorded = JSON.parse(readFileSync(answersFile, 'utf8')) as EngineAnswers;

type Made = {
  readonly labCreate: {
    readonly lab: {
      readonly labId: string;
      readonly hosts: { readonly nodes: readonly { readonly dockerHost: string }[] };
    };
  };
};

type Committed = {
  readonly lab: { readonly commit: { readonly facts: readonly { readonly type: string }[] } };
};

/**
 * What a refused command leaves in a real engine too and no list of it shows: where the search
 * for the next pool goes on, a pool that nobody gives back, the number of a bridge that was made,
 * and that a start failed again as it had failed before.
 */
const unseenFacts = new Set([
  'PredefinedPoolsPassed',
  'PoolAbandoned',
  'InterfaceIndexesConsumed',
  'ContainerStartFailed',
]);

/** What is behind a control character might move the cursor of whoever reads a log. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controlPattern = /[\u0000-\u0009\u000b-\u001f\u007f]/u;

/** One running server with one lab; every answer is judged like every other. */
export class HostileLab {
  readonly server: TestServer;
  readonly labId: string;
  /** The engine's socket of each host, `h1` first. */
  readonly sockets: readonly string[];

  private constructor(server: TestServer, labId: string, sockets: readonly string[]) {
    this.server = server;
    this.labId = labId;
    this.sockets = sockets;
  }

  static async start(): Promise<HostileLab> {
    const server = await TestServer.start();
    const { labId, sockets } = await makeLab(server, 'hostile');
    return new HostileLab(server, labId, sockets);
  }

  get socketPath(): string {
    return this.sockets[0] ?? '';
  }

  async version(): Promise<number> {
    const { lab } = await this.server.ask<{ readonly lab: { readonly version: number } }>(
      'query($id: ID!) { lab(id: $id) { version } }',
      { id: this.labId },
    );
    return lab.version;
  }

  /** Whether the server is up and ready, and says nothing of a fault of its own. */
  async isWell(): Promise<boolean> {
    const ready = await fetch(`${this.server.url}/readyz`);
    return ready.ok && !/unhandled|uncaught|"level":"?(fatal|60)/i.test(this.server.printed);
  }

  /** What the engine of `h1` does otherwise than the real one did; none when all is equal. */
  async differences(one: EngineCase): Promise<readonly string[]> {
    const expected = recorded[nameOf(one)];
    if (expected === undefined) return ['it was never recorded'];
    const found: string[] = [];
    await clearEngine(this.socketPath);
    let version = await this.version();
    let step = 0;
    await runCase(this.socketPath, one, async ({ answer, ms }) => {
      const real = expected[step];
      const now = await this.version();
      found.push(
        ...compare(real, answer).map((text) => `step ${step}: ${text}`),
        ...(ms < answerMsMax ? [] : [`step ${step}: took ${Math.round(ms)} ms`]),
      );
      if (real !== undefined && real.status >= 400 && !real.isChanged) {
        const facts = await this.#factsBetween(version, now);
        const left = facts.filter((type) => !unseenFacts.has(type));
        if (left.length > 0) found.push(`step ${step}: a refusal left ${left.join(', ')}`);
      }
      version = now;
      step += 1;
    });
    if (!(await this.isWell())) found.push('the server is not well');
    return found;
  }

  /** Types of the facts of the commits after one version, up to another. */
  async #factsBetween(after: number, to: number): Promise<readonly string[]> {
    const types: string[] = [];
    for (let version = after + 1; version <= to; version += 1) {
      const { lab } = await this.server.ask<Committed>(
        'query($id: ID!, $at: LabVersion!) {' +
          ' lab(id: $id) { commit(version: $at) { facts { type } } } }',
        { id: this.labId, at: version },
      );
      types.push(...lab.commit.facts.map(({ type }) => type));
    }
    return types;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

/** What is wrong with an answer whatever the engine said. */
export const isOfAnyAnswer = (difference: string): boolean =>
  /: took |not well|control characters|never recorded/.test(difference);

function compare(real: StepAnswer | undefined, ours: StepAnswer): string[] {
  if (real === undefined) return ['it was never recorded'];
  const pairs = [
    [real.status, ours.status],
    [real.said, ours.said],
    [real.left, ours.left],
  ].map((pair) => pair.map((value) => JSON.stringify(value)));
  const found = pairs.flatMap(([its = '', own = '']) =>
    its === own ? [] : [`the engine: ${its}; the lab: ${own}`],
  );
  const message = ours.said['message'];
  const isRaw = typeof message === 'string' && controlPattern.test(JSON.stringify(message));
  return isRaw ? [...found, 'the answer holds raw control characters'] : found;
}

/** A lab with the default hosts `h1` and `h2`. */
export async function makeLab(
  server: TestServer,
  name: string,
): Promise<{ readonly labId: string; readonly sockets: readonly string[] }> {
  const hosts = [1, 2].map((number) => ({
    name: `h${number}`,
    nics: [
      {
        name: 'eth0',
        lan: 'lan0',
        address: `192.168.50.${10 + number}/24`,
        mac: `52:54:00:00:32:${(10 + number).toString(16).padStart(2, '0')}`,
      },
    ],
  }));
  const { labCreate } = await server.ask<Made>(
    `mutation($input: LabCreateInput!) {
      labCreate(input: $input) { lab { labId hosts(first: 2) { nodes { dockerHost } } } }
    }`,
    { input: { name, hosts } },
  );
  const { labId, hosts: made } = labCreate.lab;
  const sockets = made.nodes.map(({ dockerHost }) => dockerHost.replace('unix://', ''));
  return { labId, sockets };
}
