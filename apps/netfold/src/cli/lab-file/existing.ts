import type { CliInput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import type { Existing } from './commands.ts';

type Page = {
  readonly nodes: readonly { readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
type Lists = 'networks' | 'containers';
type Found = {
  readonly lab: {
    readonly version: number;
    readonly host: Readonly<Partial<Record<Lists, Page>>> | null;
  };
};

const hostsDocument = `query ($lab: String!) {
  lab(name: $lab) { version hosts(first: 128) { nodes { name } } }
}`;

const listDocument = (
  list: Lists,
): string => `query ($lab: String!, $host: String!, $after: String) {
  lab(name: $lab) { version host(name: $host) {
    ${list}(first: 200, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
  } }
}`;

/** What stands on the hosts of a lab by name, and the version that showed it first. */
export async function existingIn(
  input: CliInput,
  lab: string,
): Promise<{ readonly version: number; readonly existing: Existing }> {
  const found = await ask<{
    readonly lab: { readonly version: number; readonly hosts: Pick<Page, 'nodes'> };
  }>(input, hostsDocument, { lab });
  const existing = new Map<string, { networks: Set<string>; containers: Set<string> }>();
  for (const { name: host } of found.lab.hosts.nodes) {
    const networks = await namesOn(input, { lab, host }, 'networks');
    existing.set(host, { networks, containers: await namesOn(input, { lab, host }, 'containers') });
  }
  return { version: found.lab.version, existing };
}

async function namesOn(
  input: CliInput,
  of: { readonly lab: string; readonly host: string },
  list: Lists,
): Promise<Set<string>> {
  const names = new Set<string>();
  let after: string | null = null;
  do {
    const { lab }: Found = await ask<Found>(input, listDocument(list), { ...of, after });
    const page: Page | undefined = lab.host?.[list];
    for (const { name } of page?.nodes ?? []) names.add(name);
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return names;
}
