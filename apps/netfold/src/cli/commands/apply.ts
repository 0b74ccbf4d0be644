import { readFileSync } from 'node:fs';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { NetfoldProblem } from '@netfold/configuration';
import { ask } from '../graphql-client.ts';
import { commandsOf } from '../lab-file/commands.ts';
import { existingIn } from '../lab-file/existing.ts';
import { parseLabFile } from '../lab-file/lab-file.ts';
import type { LabFile } from '../lab-file/lab-file.ts';
import { json } from '../table.ts';
import { defaultHosts } from './default-hosts.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type Applied = {
  readonly commandsApply: {
    readonly version: number | null;
    readonly failedIndex: number | null;
    readonly userErrors: readonly UserError[];
  };
};

const createDocument = `mutation ($input: LabCreateInput!) {
  labCreate(input: $input) { ${userErrorFields} }
}`;

const removeDocument = `mutation ($lab: ID!) {
  labRemove(input: { lab: $lab }) { ${userErrorFields} }
}`;

const applyDocument = `mutation ($input: CommandsApplyInput!) {
  commandsApply(input: $input) { version failedIndex ${userErrorFields} }
}`;

/** `netfold apply FILE`: makes the lab if it is missing; applying again changes nothing. */
export async function apply(input: CliInput): Promise<CliOutput> {
  const path = input.positionals[0] ?? '';
  const file = parseLabFile(readText(path), path);
  const lab = labName(input, file, path);
  const made = await ensureLab(input, lab, Object.keys(file.hosts));
  if ('exitCode' in made) return made;
  const { version, existing } = await existingIn(input, lab);
  const commands = commandsOf(file, existing);
  if (commands.length === 0) return done(input, { lab, commands: 0, version });
  const { commandsApply: applied } = await ask<Applied>(input, applyDocument, {
    input: { lab, commands, expectedVersion: version },
  });
  if (applied.userErrors.length === 0) {
    return done(input, { lab, commands: commands.length, version: applied.version });
  }
  // All or nothing: a lab that this very call has made goes with it.
  if (made.isNew) await ask(input, removeDocument, { lab });
  const refused = refusedOutput(applied.userErrors);
  const failed = JSON.stringify(commands[applied.failedIndex ?? 0]);
  return {
    ...refused,
    stderr: `${refused.stderr}  cause: nothing was applied; refused: ${failed}\n`,
  };
}

type Done = {
  readonly lab: string;
  readonly commands: number;
  readonly version: number | null;
};

const done = (input: CliInput, of: Done): CliOutput =>
  printed(
    input.values['json'] === true
      ? json(of)
      : `${of.lab}: ${of.commands} commands, version ${of.version}\n`,
  );

async function ensureLab(
  input: CliInput,
  name: string,
  hosts: readonly string[],
): Promise<{ readonly isNew: boolean } | CliOutput> {
  const { lab } = await ask<{ readonly lab: object | null }>(
    input,
    'query ($name: String!) { lab(name: $name) { labId } }',
    { name },
  );
  if (lab !== null) return { isNew: false };
  const { labCreate } = await ask<{
    readonly labCreate: { readonly userErrors: readonly UserError[] };
  }>(input, createDocument, { input: { name, hosts: defaultHosts(hosts) } });
  return labCreate.userErrors.length === 0 ? { isNew: true } : refusedOutput(labCreate.userErrors);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1008',
        problem: `the lab file \`${path}\` is invalid`,
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'name a file that can be read',
      },
      { cause },
    );
  }
}

function labName(input: CliInput, file: LabFile, path: string): string {
  const given = input.values['lab'] ?? file.name;
  if (typeof given === 'string') return given;
  throw new NetfoldProblem({
    code: 'NF1008',
    problem: `the lab file \`${path}\` is invalid`,
    cause: 'neither the file has a `name` nor the command line `--lab`',
    fix: 'write `name: shop` at its top',
  });
}
