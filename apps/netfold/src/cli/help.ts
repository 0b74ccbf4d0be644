import type { CliCommand, CliOptions } from './cli-command.ts';
import { commandTable } from './command-table.ts';
import { commonHelp, commonOptions } from './common-options.ts';

export function generalHelp(): string {
  const width = Math.max(...commandTable.map(({ name }) => name.length));
  const lines = commandTable.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Netfold: network labs of simulated Docker hosts.',
    '',
    'Usage: netfold COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...lines,
    '',
    'Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no server, 4 not allowed.',
    'Run `netfold COMMAND --help` for the options and examples of a command,',
    '`netfold --version` for the version of this program.',
    '',
  ].join('\n');
}

export function commandHelp(command: CliCommand): string {
  return [
    `Usage: ${command.usage}`,
    '',
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    '',
    'Options:',
    ...optionLines(command),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function optionLines({ options, optionHelp }: CliCommand): string[] {
  const all: CliOptions = { ...options, ...commonOptions };
  const texts = { ...optionHelp, ...commonHelp };
  const rows = Object.entries(all).map(([name, { type, short }]) => {
    const flag = short === undefined ? `    --${name}` : `-${short}, --${name}`;
    return [type === 'string' ? `${flag} VALUE` : flag, texts[name] ?? ''] as const;
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`);
}

/** Commands that begin with the word, for `netfold lab` alone. */
export const commandsUnder = (word: string): readonly CliCommand[] =>
  commandTable.filter(({ name }) => name.startsWith(`${word} `));
