import { commandTable } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { commandHelp } from './help.ts';

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'what was asked for is done',
  refused: 'the lab refused it, or a check found something; `exec` ends as the command ended',
  usage: 'the command line is wrong; nothing was sent',
  unavailable: 'no server answered, or it could not answer',
  notAllowed: 'the token is missing, or may not do this',
};

/** `docs/reference/cli.md`, made from what the program itself prints. */
export function cliReference(): string {
  const codes = Object.entries(exitCodes).map(
    ([name, code]) => `| ${code} | ${meanings[name as keyof typeof exitCodes]} |`,
  );
  return [
    '# The command line',
    '',
    'Reference. This page is made from the program’s own help.',
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '|---|---|',
    ...codes,
    '',
    ...commandTable.flatMap((command) => [
      `## netfold ${command.name}`,
      '',
      '```text',
      commandHelp(command).trimEnd(),
      '```',
      '',
    ]),
  ].join('\n');
}
