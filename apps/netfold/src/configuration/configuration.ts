import { parseArgs } from 'node:util';
import { z } from 'zod';
import { defaultDataFolder } from './data-folder.ts';
import { NetfoldProblem } from './problem.ts';

const defaultPort = 4000;

/** Everything the server can be told, checked before anything is started. */
export type Configuration = {
  readonly dataFolder: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly address: string;
  /** URL of a PostgreSQL of the user's own; `null`: an embedded one. */
  readonly postgres: string | null;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  /** GraphiQL and introspection are for local use. */
  readonly isLocal: true;
};

const schema = z.object({
  dataFolder: z.string().min(1, 'is a path').max(4096),
  port: z.coerce.number().int().min(0).max(65_535),
  address: z.enum(['127.0.0.1', '::1']),
  postgres: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .nullable(),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']),
});

const options = {
  port: { type: 'string' },
  data: { type: 'string' },
  address: { type: 'string' },
  'log-level': { type: 'string' },
} as const;

/**
 * Arguments win over the environment, which wins over the defaults.
 * @throws NetfoldProblem naming the value, where it came from and what is expected
 */
export function readConfiguration(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Configuration {
  const given = parseArguments(args);
  const parsed = schema.safeParse({
    dataFolder: given.data ?? environment['NETFOLD_DATA'] ?? defaultDataFolder(environment),
    port: given.port ?? environment['NETFOLD_PORT'] ?? defaultPort,
    address: given.address ?? environment['NETFOLD_ADDRESS'] ?? '127.0.0.1',
    postgres: environment['NETFOLD_POSTGRES'] ?? null,
    logLevel: given['log-level'] ?? environment['NETFOLD_LOG_LEVEL'] ?? 'info',
  });
  if (parsed.success) return { ...parsed.data, isLocal: true };
  throw invalid(parsed.error.issues[0]);
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1001',
        problem: 'the arguments could not be understood',
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'see `netfold up --help`',
      },
      { cause },
    );
  }
}

const expected: Readonly<Record<string, { readonly names: string; readonly value: string }>> = {
  port: { names: '--port or NETFOLD_PORT', value: 'a number from 0 to 65535' },
  dataFolder: { names: '--data or NETFOLD_DATA', value: 'a path' },
  address: {
    names: '--address or NETFOLD_ADDRESS',
    value: '127.0.0.1 or ::1: the local service listens on loopback only',
  },
  postgres: { names: 'NETFOLD_POSTGRES', value: 'a URL such as postgres://user@host/database' },
  logLevel: { names: '--log-level or NETFOLD_LOG_LEVEL', value: 'error, warn, info or debug' },
};

function invalid(issue: z.core.$ZodIssue | undefined): NetfoldProblem {
  const key = String(issue?.path[0]);
  const setting = expected[key];
  return new NetfoldProblem({
    code: 'NF1002',
    problem: `the setting ${setting?.names ?? key} has an invalid value`,
    cause: issue?.message ?? 'unknown',
    fix: `give ${setting?.value ?? 'another value'}`,
  });
}
