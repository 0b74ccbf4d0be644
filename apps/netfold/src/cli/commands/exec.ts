import type { CliInput, CliOutput } from '../cli-command.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { ask } from '../graphql-client.ts';
import { printed } from '../cli-command.ts';
import { json } from '../table.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type Answer = {
  readonly hostExec: {
    readonly userErrors: readonly UserError[];
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode: number;
  };
};

const document = `mutation ($input: HostExecInput!) {
  hostExec(input: $input) { stdout stderr exitCode ${userErrorFields} }
}`;

/** `netfold exec --lab NAME HOST -- CMD`: prints what the host prints, ends as the command ends. */
export async function exec(input: CliInput): Promise<CliOutput> {
  const { values, positionals, rest } = input;
  const lab = values['lab'];
  if (typeof lab !== 'string' || rest.length === 0) throw incomplete(typeof lab);
  const [host = ''] = positionals;
  const asked = { input: { lab, host, command: rest } };
  const { userErrors, ...output } = (await ask<Answer>(input, document, asked)).hostExec;
  return userErrors.length > 0 ? refusedOutput(userErrors) : told(input, output);
}

const told = ({ values }: CliInput, { stdout, stderr, exitCode }: CliOutput): CliOutput =>
  values['json'] === true
    ? printed(json({ stdout, stderr, exitCode }), exitCode)
    : { stdout, stderr, exitCode };

const incomplete = (labType: string): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1001',
    problem: '`netfold exec` was called in a way it does not know',
    cause: labType === 'string' ? 'no command stands after `--`' : 'it needs --lab NAME',
    fix: 'netfold exec --lab NAME HOST -- CMD...',
  });
