import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { ValueProblem } from './value-problem.ts';

/** What stands for a name without a value; `null`: it is left out. */
type Fallback = (name: string) => string | null;

/**
 * `NAME=VALUE` lines of files, then those of the line.
 *
 * @throws ClientError where a file is missing or cannot be read
 * @source docker/cli v20.10 opts/parse.go ReadKVEnvStrings, opts/file.go parseKeyValueFile
 */
export const pairsOf = (
  { readFile }: Pick<CommandCall, 'readFile'>,
  files: readonly string[],
  given: readonly string[],
  fallback: Fallback = () => null,
): readonly string[] => [
  ...files.flatMap((file) => pairsIn(textOf(readFile, file), fallback)),
  ...given,
];

const textOf = (readFile: CommandCall['readFile'], file: string): string => {
  const text = readFile(file);
  if (text === null) throw new ClientError(`open ${file}: no such file or directory`);
  return text;
};

const pairsIn = (text: string, fallback: Fallback): readonly string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line) => pairOf(line.replace(/\r$/, '').trimStart(), fallback));

const pairOf = (line: string, fallback: Fallback): readonly string[] => {
  if (line === '' || line.startsWith('#')) return [];
  const at = line.indexOf('=');
  const name = at < 0 ? line : line.slice(0, at);
  if (/[ \t]/.test(name)) throw badName(`variable '${name}' contains whitespaces`);
  if (name === '') throw badName(`no variable name on line '${line}'`);
  if (at >= 0) return [line];
  const value = fallback(line);
  return value === null ? [] : [`${name}=${value}`];
};

const badName = (told: string): ClientError =>
  new ClientError(`poorly formatted environment: ${told}`);

/**
 * `NAME=VALUE`, or `NAME` with the value that it has where the client runs.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/env.go ValidateEnv
 */
export const readVariable = (
  text: string,
  environment: ReadonlyMap<string, string> = new Map(),
): string => {
  if (text === '' || text.startsWith('=')) {
    throw new ValueProblem(`invalid environment variable: ${text}`);
  }
  const value = environment.get(text);
  return text.includes('=') || value === undefined ? text : `${text}=${value}`;
};

/** `{ NAME: VALUE }` of such pairs; the last of a name stands. */
export const mapOf = (pairs: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
