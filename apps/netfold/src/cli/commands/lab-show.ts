import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask } from '../graphql-client.ts';
import { json, table } from '../table.ts';

type Nodes<T> = { readonly nodes: readonly T[] };
type Host = {
  readonly name: string;
  readonly address: string | null;
  readonly dockerHost: string | null;
  readonly networks: Nodes<{
    readonly name: string;
    readonly driver: string;
    readonly pools: readonly { readonly subnet: string }[];
  }>;
  readonly containers: Nodes<{
    readonly name: string;
    readonly image: string;
    readonly status: string;
    readonly networkMode: string;
  }>;
};
type Lab = { readonly labId: string; readonly name: string; readonly version: number };

const labDocument = `query ($name: String!) {
  lab(name: $name) { labId name version hosts(first: 128) { nodes { name } } }
}`;

/** One host at a time: the cost of a query counts what it could answer, not what it does. */
const hostDocument = `query ($name: String!, $host: String!) {
  lab(name: $name) { host(name: $host) {
    name address dockerHost
    networks(first: 200) { nodes { name driver pools { subnet } } }
    containers(first: 200) { nodes { name image status networkMode } }
  } }
}`;

/** `netfold lab show NAME` */
export async function labShow(input: CliInput): Promise<CliOutput> {
  const name = input.positionals[0] ?? '';
  const { lab } = await ask<{
    readonly lab: (Lab & { readonly hosts: Nodes<{ readonly name: string }> }) | null;
  }>(input, labDocument, { name });
  if (lab === null) {
    const stderr = `error: there is no lab \`${name}\`\n  fix:   see \`netfold lab ls\`\n`;
    return { stdout: '', stderr, exitCode: exitCodes.refused };
  }
  const hosts: Host[] = [];
  for (const { name: host } of lab.hosts.nodes) hosts.push(await hostOf(input, { name, host }));
  if (input.values['json'] === true) return printed(json({ ...lab, hosts }));
  const head = `${lab.name} (${lab.labId}) at version ${lab.version}\n`;
  return printed([head, ...hosts.map(hostText)].join('\n'));
}

async function hostOf(
  input: CliInput,
  variables: { readonly name: string; readonly host: string },
): Promise<Host> {
  const { lab } = await ask<{ readonly lab: { readonly host: Host } }>(
    input,
    hostDocument,
    variables,
  );
  return lab.host;
}

function hostText({ name, address, dockerHost, networks, containers }: Host): string {
  const networkRows = networks.nodes.map((network) => [
    network.name,
    network.driver,
    network.pools.map(({ subnet }) => subnet).join(' '),
  ]);
  const containerRows = containers.nodes.map((container) => [
    container.name,
    container.image,
    container.status.toLowerCase(),
    container.networkMode,
  ]);
  return [
    `${name}  ${address ?? 'no NIC'}  ${dockerHost ?? ''}\n`,
    table(['NETWORK', 'DRIVER', 'SUBNET'], networkRows),
    containerRows.length === 0
      ? ''
      : table(['CONTAINER', 'IMAGE', 'STATUS', 'NETWORK MODE'], containerRows),
  ].join('');
}
