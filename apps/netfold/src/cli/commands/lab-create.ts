import { readFileSync } from 'node:fs';
import { NetfoldProblem } from '@netfold/configuration';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { json } from '../table.ts';
import { defaultHosts } from './default-hosts.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type Answer = {
  readonly labCreate: {
    readonly userErrors: readonly UserError[];
    readonly lab: {
      readonly labId: string;
      readonly name: string;
      readonly hosts: {
        readonly nodes: readonly { readonly name: string; readonly dockerHost: string | null }[];
      };
    } | null;
  };
};

const document = `mutation ($input: LabCreateInput!) {
  labCreate(input: $input) {
    ${userErrorFields}
    lab { labId name hosts(first: 128) { nodes { name dockerHost } } }
  }
}`;

/** `netfold lab create`: by default the lab whose hosts stand on 192.168.50.0/24. */
export async function labCreate(input: CliInput): Promise<CliOutput> {
  const { positionals, values } = input;
  const hosts = String(values['hosts'] ?? 'h1')
    .split(',')
    .filter((name) => name !== '');
  const { labCreate: made } = await ask<Answer>(input, document, {
    input: { name: positionals[0], hosts: defaultHosts(hosts), ...imagesOf(values['images']) },
  });
  if (made.lab === null || made.userErrors.length > 0) return refusedOutput(made.userErrors);
  if (values['json'] === true) return printed(json(made.lab));
  if (values['print-endpoints'] !== true) return printed(`${made.lab.labId}\n`);
  const lines = made.lab.hosts.nodes.map(({ name, dockerHost }) => `${name} docker=${dockerHost}`);
  return printed(`${lines.join('\n')}\n`);
}

/** An image catalogue: `{"images": {...}}` or the inner object; JSON. */
function imagesOf(path: string | boolean | undefined): { readonly images?: unknown } {
  if (typeof path !== 'string') return {};
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as { readonly images?: unknown };
    return { images: read.images ?? read };
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1005',
        problem: `the image catalogue \`${path}\` cannot be read`,
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'give a JSON file of the form {"images": {"nginx": {"cmd": [], ...}}}',
      },
      { cause },
    );
  }
}
