import { compilePattern, findMatch } from '../pattern/pattern.ts';
import { BadPattern } from '../pattern/syntax.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { numbersIn } from './ps.ts';
import { processName } from './ps-columns.ts';

const known = 'aclfxnov';

/** `pgrep [-alfxnovc] PATTERN`: the numbers of processes by name, or with `-f` by command line. */
export const pgrep: Tool = (world, argv) => {
  const words = argv.slice(1);
  const letters = new Set(
    words.filter((word) => /^-\w/.test(word)).flatMap((word) => Array.from(word.slice(1))),
  );
  const [pattern, ...others] = words.filter((word) => !word.startsWith('-'));
  const unknown = [...letters].find((letter) => !known.includes(letter));
  if (unknown !== undefined)
    return failed(2, `netfold: \`pgrep -${unknown}\` is not simulated yet\n`);
  if (pattern === undefined || others.length > 0) {
    const problem =
      pattern === undefined ? 'no matching criteria specified' : 'only one pattern can be provided';
    return failed(2, `pgrep: ${problem}\nTry \`pgrep --help' for more information.\n`);
  }
  const test = matcher(pattern, letters.has('x'));
  if (test === null)
    return failed(2, `netfold: \`pgrep\` cannot read the pattern \`${pattern}\`\n`);
  const numbers = numbersIn(world.processes, world.place === 'container');
  const found = world.processes.filter((row) => {
    const text = letters.has('f') ? row.command.join(' ') : processName(row);
    return test(text) !== letters.has('v');
  });
  const ordered = found.toSorted((a, b) => a.processId - b.processId);
  const chosen = letters.has('n')
    ? ordered.slice(-1)
    : letters.has('o')
      ? ordered.slice(0, 1)
      : ordered;
  const exitCode = chosen.length === 0 ? 1 : 0;
  if (letters.has('c')) return { ...printed(`${chosen.length}\n`), exitCode };
  const text = chosen.map((row) => {
    const number = String(numbers.get(row.processId) ?? row.processId);
    if (letters.has('a')) return `${number} ${row.command.join(' ')}`;
    return letters.has('l') ? `${number} ${processName(row)}` : number;
  });
  return { ...printed(lines(text)), exitCode };
};

const matcher = (expression: string, isWhole: boolean): ((text: string) => boolean) | null => {
  try {
    const wanted = isWhole ? `^(${expression})$` : expression;
    const pattern = compilePattern(wanted, { isExtended: true, ignoresCase: false });
    return (text) => findMatch(pattern, text) !== null;
  } catch (error) {
    if (error instanceof BadPattern) return null;
    throw error;
  }
};
