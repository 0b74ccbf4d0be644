import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { NetfoldProblem } from '@netfold/configuration';

/** One thing that a program can be told. */
export type Setting = {
  /** Without the two dashes; `null`: by the environment alone. */
  readonly flag: string | null;
  readonly variable: string;
  /** What is taken when nothing is given; `undefined`: it must be given. */
  readonly fallback: unknown;
  readonly schema: z.ZodType;
  /** For people, behind "give". */
  readonly expected: string;
};

export type Settings = Readonly<Record<string, Setting>>;

export type ReadSettings<S extends Settings> = {
  readonly [Name in keyof S]: z.output<S[Name]['schema']>;
};

/**
 * Arguments win over the environment, which wins over the defaults.
 *
 * @param program as its help names it
 * @throws NetfoldProblem naming the value, where it came from and what is expected
 */
export function readSettings<const S extends Settings>(
  program: string,
  settings: S,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadSettings<S> {
  const given = parseArguments(program, settings, args);
  const read = Object.entries(settings).map(([name, setting]) => {
    const argument = setting.flag === null ? undefined : given[setting.flag];
    const value = argument ?? environment[setting.variable] ?? setting.fallback;
    const parsed = setting.schema.safeParse(value);
    if (parsed.success) return [name, parsed.data] as const;
    throw invalid(setting, parsed.error.issues[0]?.message ?? 'unknown');
  });
  return Object.fromEntries(read) as ReadSettings<S>;
}

function parseArguments(
  program: string,
  settings: Settings,
  args: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const options: Record<string, { readonly type: 'string' }> = {};
  for (const { flag } of Object.values(settings)) {
    if (flag !== null) options[flag] = { type: 'string' };
  }
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1001',
        problem: 'the arguments could not be understood',
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: `see \`${program} --help\``,
      },
      { cause },
    );
  }
}

function invalid({ flag, variable, expected }: Setting, cause: string): NetfoldProblem {
  const names = flag === null ? variable : `--${flag} or ${variable}`;
  return new NetfoldProblem({
    code: 'NF1002',
    problem: `the setting ${names} has an invalid value`,
    cause,
    fix: `give ${expected}`,
  });
}
