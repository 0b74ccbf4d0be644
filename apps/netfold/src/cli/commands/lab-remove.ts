import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { json } from '../table.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type Answer = {
  readonly labRemove: {
    readonly userErrors: readonly UserError[];
    readonly version: number | null;
  };
};

const document = `mutation ($lab: ID!) {
  labRemove(input: { lab: $lab }) { version ${userErrorFields} }
}`;

/** `netfold lab rm NAME` */
export async function labRemove(input: CliInput): Promise<CliOutput> {
  const lab = input.positionals[0] ?? '';
  const { labRemove: removed } = await ask<Answer>(input, document, { lab });
  if (removed.userErrors.length > 0) return refusedOutput(removed.userErrors);
  return printed(input.values['json'] === true ? json({ removed: lab }) : `${lab}\n`);
}
