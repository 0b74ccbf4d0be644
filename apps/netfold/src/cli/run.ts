import { parseArgs } from 'node:util';
import { NetfoldProblem, packageVersion, printedProblem } from '@netfold/configuration';
import { printed } from './cli-command.ts';
import type { CliCommand, CliInput, CliOutput } from './cli-command.ts';
import { commandTable } from './command-table.ts';
import { commonOptions } from './common-options.ts';
import { exitCodes } from './exit-codes.ts';
import { commandHelp, commandsUnder, generalHelp } from './help.ts';

/** Runs one command line of `netfold`; never throws for a user's mistake. */
export async function runCli(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CliOutput> {
  const [first = '--help'] = args;
  if (first === '--help' || first === '-h' || first === 'help') return printed(generalHelp());
  if (first === '--version') return printed(`netfold ${packageVersion(import.meta.url)}\n`);
  const command = findCommand(args);
  if (command === null) return unknownCommand(first);
  const parsed = parse(command, args, environment);
  if ('exitCode' in parsed) return parsed;
  if (parsed.values['help'] === true) return printed(commandHelp(command));
  const { min, max } = command.positionals;
  if (parsed.positionals.length < min || parsed.positionals.length > max) {
    return usage(command, `it takes ${min === max ? min : `${min} to ${max}`} names`);
  }
  return runLoaded(command, parsed);
}

/** The longest name wins: `lab create` before `lab`. */
function findCommand(args: readonly string[]): CliCommand | null {
  const two = args.slice(0, 2).join(' ');
  const isNamed = (name: string) => (command: CliCommand) => command.name === name;
  return commandTable.find(isNamed(two)) ?? commandTable.find(isNamed(args[0] ?? '')) ?? null;
}

function parse(
  command: CliCommand,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): CliInput | CliOutput {
  const own = args.slice(command.name.split(' ').length);
  const end = own.indexOf('--');
  const rest = end === -1 ? [] : own.slice(end + 1);
  try {
    const { values, positionals } = parseArgs({
      args: end === -1 ? own : own.slice(0, end),
      options: { ...command.options, ...commonOptions },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals, rest, environment };
  } catch (error) {
    return usage(command, error instanceof Error ? error.message : String(error));
  }
}

async function runLoaded(command: CliCommand, input: CliInput): Promise<CliOutput> {
  try {
    const run = await command.load?.();
    return run === undefined ? printed(commandHelp(command), exitCodes.usage) : await run(input);
  } catch (error) {
    if (!(error instanceof NetfoldProblem)) throw error;
    const exitCode = exitCodeOf(error);
    return { stdout: '', stderr: printedProblem(error.problem), exitCode };
  }
}

const exitCodeOf = ({ problem }: NetfoldProblem): number => {
  if (problem.code === 'NF1102') return exitCodes.notAllowed;
  return problem.code.startsWith('NF11') ? exitCodes.unavailable : exitCodes.usage;
};

function usage(command: CliCommand, cause: string): CliOutput {
  const stderr = printedProblem({
    code: 'NF1001',
    problem: `\`netfold ${command.name}\` was called in a way it does not know`,
    cause,
    fix: command.usage,
  });
  return { stdout: '', stderr, exitCode: exitCodes.usage };
}

function unknownCommand(word: string): CliOutput {
  const under = commandsUnder(word).map(({ name }) => `\`netfold ${name}\``);
  const stderr = printedProblem({
    code: 'NF1003',
    problem: `there is no command \`netfold ${word}\``,
    cause: under.length === 0 ? 'the word is not known' : 'it needs a second word',
    fix: under.length === 0 ? 'see `netfold --help`' : `use ${under.join(', ')}`,
  });
  return { stdout: '', stderr, exitCode: exitCodes.usage };
}
