import { readFileSync } from 'node:fs';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { NetfoldProblem } from '../../configuration/problem.ts';
import { exitCodes } from '../exit-codes.ts';
import { post } from '../graphql-client.ts';
import { findServer } from '../server-access.ts';
import { json } from '../table.ts';

/** `netfold query [FILE]`: prints the whole answer, errors included. */
export async function query(input: CliInput): Promise<CliOutput> {
  const document = readFileSync(input.positionals[0] ?? '/dev/stdin', 'utf8');
  const answer = await post(findServer(input), document, variablesOf(input.values['variables']));
  const isRefused = (answer.errors ?? []).length > 0;
  return printed(json(answer), isRefused ? exitCodes.refused : exitCodes.done);
}

function variablesOf(text: string | boolean | undefined): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string') return {};
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1006',
        problem: 'the variables are not JSON',
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'give one JSON object, for instance \'{"name": "shop"}\'',
      },
      { cause },
    );
  }
}
