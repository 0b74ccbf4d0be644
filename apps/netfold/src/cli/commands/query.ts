import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { exitCodes } from '../exit-codes.ts';
import { post } from '../graphql-client.ts';
import { findServer } from '../server-access.ts';
import { json } from '../table.ts';

/** `netfold query [FILE]`: prints the whole answer, errors included. */
export async function query(input: CliInput): Promise<CliOutput> {
  const document = await documentOf(input.positionals[0]);
  const answer = await post(findServer(input), document, variablesOf(input.values['variables']));
  const isRefused = (answer.errors ?? []).length > 0;
  return printed(json(answer), isRefused ? exitCodes.refused : exitCodes.done);
}

/** From a file, or from standard input: a pipe, a terminal or a socket, hence a stream. */
async function documentOf(path: string | undefined): Promise<string> {
  if (path === undefined) return text(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1009',
        problem: `the document \`${path}\` cannot be read`,
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'name a file that can be read, or none for standard input',
      },
      { cause },
    );
  }
}

function variablesOf(given: string | boolean | undefined): Readonly<Record<string, unknown>> {
  if (typeof given !== 'string') return {};
  try {
    return JSON.parse(given) as Readonly<Record<string, unknown>>;
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
