import type { ParseArgsConfig } from 'node:util';

export type CliOptions = NonNullable<ParseArgsConfig['options']>;

export type CliInput = {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  /** What stands after `--`, untouched. */
  readonly rest: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
};

/** The answer of a command: text for the terminal, and how the program ends. */
export type CliOutput = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

/** One command as `--help`, completion and the parser see it; its code is loaded when it runs. */
export type CliCommand = {
  /** e.g. `lab create` */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: CliOptions;
  readonly optionHelp: Readonly<Record<string, string>>;
  readonly positionals: { readonly min: number; readonly max: number };
  readonly examples: readonly string[];
  /** Absent for commands that the server program runs itself. */
  readonly load?: () => Promise<(input: CliInput) => Promise<CliOutput>>;
};

export const printed = (stdout: string, exitCode = 0): CliOutput => ({
  stdout,
  stderr: '',
  exitCode,
});
