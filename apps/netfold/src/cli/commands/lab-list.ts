import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { json, table } from '../table.ts';

type Lab = {
  readonly labId: string;
  readonly name: string;
  readonly version: number;
  readonly hosts: { readonly nodes: readonly { readonly name: string }[] };
};
type Answer = {
  readonly labs: {
    readonly nodes: readonly Lab[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

const document = `query ($after: String) {
  labs(first: 25, after: $after) {
    nodes { labId name version hosts(first: 128) { nodes { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** `netfold lab ls` */
export async function labList(input: CliInput): Promise<CliOutput> {
  const labs = await allLabs(input);
  if (input.values['json'] === true) return printed(json(labs));
  const rows = labs.map(({ name, labId, version, hosts }) => [
    name,
    labId,
    String(version),
    hosts.nodes.map((host) => host.name).join(','),
  ]);
  return printed(table(['NAME', 'ID', 'VERSION', 'HOSTS'], rows));
}

async function allLabs(input: CliInput): Promise<readonly Lab[]> {
  const found: Lab[] = [];
  let after: string | null = null;
  do {
    const { labs }: Answer = await ask<Answer>(input, document, { after });
    found.push(...labs.nodes);
    after = labs.pageInfo.hasNextPage ? labs.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
