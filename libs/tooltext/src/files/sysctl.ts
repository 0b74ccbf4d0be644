import type { StackEdit } from '@netfold/contracts';
import { kernelParameterNames, parameterName } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { LineEdits, Tool, ToolOutput, ToolWorld } from '../tool.ts';

/** @source recorded with procps 4.0.2, host-sysctl */
const usage = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`;

type Options = {
  readonly hasNames: boolean;
  readonly hasValues: boolean;
  readonly isQuiet: boolean;
  readonly isWriting: boolean;
  readonly ignoresUnknown: boolean;
};

const optionsOf = (words: readonly string[]): Options => {
  const letters = new Set(
    words.filter((word) => /^-\w/.test(word)).flatMap((word) => Array.from(word)),
  );
  const has = (letter: string, long: string): boolean =>
    letters.has(letter) || words.includes(long);
  return {
    hasNames: !has('n', '--values'),
    hasValues: !has('N', '--names'),
    isQuiet: has('q', '--quiet'),
    isWriting: has('w', '--write'),
    ignoresUnknown: has('e', '--ignore'),
  };
};

const line = (name: string, value: string, options: Options): string => {
  if (!options.hasValues) return name;
  return options.hasNames ? `${name} = ${value}` : value;
};

const missing = (name: string): string =>
  `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`;

type Answer = { readonly stdout: readonly string[]; readonly problem: string };

/** Sets a kernel parameter of the stack that a line runs in. @returns what is wrong, or `null` */
export const setParameter = (edits: LineEdits, name: string, value: string): string | null => {
  if (!/^-?\d+$/.test(value)) return 'Invalid argument';
  const edit: StackEdit = {
    kind: 'setParameter',
    namespace: edits.namespace,
    name: parameterName(name),
    value,
  };
  return edits.editStacks([edit])?.message ?? null;
};

const answerTo = (world: ToolWorld, word: string, options: Options): Answer => {
  const [given = '', ...rest] = word.split('=');
  const name = given.replaceAll('/', '.');
  const value = rest.length === 0 ? null : rest.join('=').trim();
  if (options.isWriting && value === null) {
    return { stdout: [], problem: 'sysctl: command line(0): invalid syntax, continuing...\n' };
  }
  const text = world.readFile(`/proc/sys/${name.replaceAll('.', '/')}`);
  if (text === null) return { stdout: [], problem: options.ignoresUnknown ? '' : missing(name) };
  if (value === null) return { stdout: [line(name, text.trimEnd(), options)], problem: '' };
  const problem =
    world.edits?.hasWritableParameters === true
      ? setParameter(world.edits, name, value)
      : 'Read-only file system';
  if (problem !== null) {
    return { stdout: [], problem: `sysctl: setting key "${name}": ${problem}\n` };
  }
  return { stdout: options.isQuiet ? [] : [line(name, value, options)], problem: '' };
};

/** procps' `sysctl`: of the parameters that a lab knows. @source recorded host-sysctl */
export const sysctl: Tool = (world, argv): ToolOutput => {
  const words = argv.slice(1);
  const options = optionsOf(words);
  const isAll = words.some((word) => ['-a', '-A', '-X', '--all'].includes(word));
  const names = words.filter((word) => !word.startsWith('-'));
  const namespace = world.stack.interfaces[0]?.namespace ?? '';
  const asked = isAll ? kernelParameterNames(namespace) : names;
  if (asked.length === 0) return failed(1, usage);
  const answers = asked.map((word) =>
    answerTo(world, word, { ...options, isWriting: !isAll && options.isWriting }),
  );
  const stdout = lines(answers.flatMap((one) => one.stdout));
  const stderr = answers.map(({ problem }) => problem).join('');
  return stderr === '' ? printed(stdout) : failed(1, stderr, stdout);
};
