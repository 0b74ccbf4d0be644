import { createClient } from 'graphql-ws';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { exitCodes } from '../exit-codes.ts';
import { ask } from '../graphql-client.ts';
import { findServer } from '../server-access.ts';
import { table } from '../table.ts';

type Commit = {
  readonly version: number;
  readonly labTime: string;
  readonly actorId: string;
  readonly face: string;
  readonly commandText: string | null;
  readonly facts: readonly { readonly type: string }[];
};
type Page = {
  readonly lab: {
    readonly commits: {
      readonly edges: readonly { readonly node: Commit }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
};

const fields = 'version labTime actorId face commandText facts { type data }';
const page = `query ($name: String!, $after: String) {
  lab(name: $name) {
    commits(first: 100, after: $after) {
      edges { node { ${fields} } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const live = `subscription ($lab: ID!, $after: LabVersion) {
  labCommits(lab: $lab, afterVersion: $after) { ${fields} }
}`;

/** `netfold log --lab NAME`: commits, oldest first; with `--follow` also those to come. */
export async function log(input: CliInput): Promise<CliOutput> {
  const { values } = input;
  const lab = values['lab'];
  if (typeof lab !== 'string') throw labMissing;
  const after = Number(values['after'] ?? 0);
  const commits = (await recorded(input, lab)).filter(({ version }) => version > after);
  const text = values['json'] === true ? jsonLines(commits) : commitTable(commits);
  if (values['follow'] !== true) return printed(text);
  process.stdout.write(text);
  return follow(input, lab, commits.at(-1)?.version ?? after);
}

async function recorded(input: CliInput, name: string): Promise<readonly Commit[]> {
  const found: Commit[] = [];
  let after: string | null = null;
  do {
    const { lab }: Page = await ask<Page>(input, page, { name, after });
    if (lab === null) throw noSuchLab(name);
    found.push(...lab.commits.edges.map(({ node }) => node));
    after = lab.commits.pageInfo.hasNextPage ? lab.commits.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

async function follow(input: CliInput, lab: string, after: number): Promise<CliOutput> {
  const { url, token } = findServer(input);
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    webSocketImpl: WebSocket,
  });
  for await (const { data } of client.iterate<{ readonly labCommits: Commit }>({
    query: live,
    variables: { lab, after },
  })) {
    if (!data) continue;
    const isJson = input.values['json'] === true;
    process.stdout.write(isJson ? jsonLines([data.labCommits]) : rowText(data.labCommits));
  }
  return printed('', exitCodes.done);
}

const jsonLines = (commits: readonly Commit[]): string =>
  commits.map((commit) => `${JSON.stringify(commit)}\n`).join('');

const cells = ({ version, labTime, actorId, face, commandText, facts }: Commit) => [
  String(version),
  labTime,
  actorId,
  face.toLowerCase(),
  commandText ?? summary(facts),
];

const rowText = (commit: Commit): string => `${cells(commit).join('  ')}\n`;

const commitTable = (commits: readonly Commit[]): string =>
  table(['VERSION', 'TIME', 'ACTOR', 'FACE', 'WHAT'], commits.map(cells));

/** `ContainerStarted, PortPublished x2` */
function summary(facts: Commit['facts']): string {
  const counts = new Map<string, number>();
  for (const { type } of facts) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, n]) => (n === 1 ? type : `${type} x${n}`)).join(', ');
}

const labMissing = new NetfoldProblem({
  code: 'NF1001',
  problem: '`netfold log` was called in a way it does not know',
  cause: 'it needs --lab NAME',
  fix: 'netfold log --lab NAME',
});

const noSuchLab = (name: string): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1007',
    problem: `there is no lab \`${name}\``,
    cause: 'no lab of your tenant has this name, or it is not for you',
    fix: 'see `netfold lab ls`',
  });
