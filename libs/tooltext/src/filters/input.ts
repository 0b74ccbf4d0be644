import { failed } from '../tool.ts';
import type { Input as Stdin, ToolOutput, ToolWorld } from '../tool.ts';

export type Input = { readonly name: string; readonly text: string };

/** The words of a userland for a file that is not there. */
const missingFile = (world: ToolWorld, tool: string, path: string): string =>
  world.userland === 'busybox' && !['wc', 'ls', 'grep', 'sed', 'base64'].includes(tool)
    ? `${tool}: can't open '${path}': No such file or directory\n`
    : `${tool}: ${path}: No such file or directory\n`;

const folderFound = (world: ToolWorld, tool: string, path: string): string =>
  world.userland === 'busybox' && tool !== 'grep'
    ? `${tool}: read error: Is a directory\n`
    : `${tool}: ${path}: Is a directory\n`;

/** The files named, or stdin when none is (`-` is stdin too), and what could not be read. */
export const readInputs = (
  world: ToolWorld,
  tool: string,
  paths: readonly string[],
  stdin: Stdin,
): { inputs: readonly Input[]; errors: string } => {
  if (paths.length === 0) return { inputs: [{ name: '-', text: stdin.text }], errors: '' };
  const inputs: Input[] = [];
  let errors = '';
  for (const path of paths) {
    const text = path === '-' ? stdin.text : world.readFile(path);
    if (text !== null) inputs.push({ name: path, text });
    else if (world.listDirectory(path) !== null) errors += folderFound(world, tool, path);
    else errors += missingFile(world, tool, path);
  }
  return { inputs, errors };
};

/** The lines of a text, without a last empty one. */
export const linesOf = (text: string): string[] => {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
};

/** Splits options from operands; `valued` options take the next word. `-n5` is `-n 5`. */
export const parseOptions = (
  argv: readonly string[],
  letters: string,
): {
  options: ReadonlyMap<string, readonly string[]>;
  operands: readonly string[];
  unknown: string | null;
} => {
  const options = new Map<string, string[]>();
  const operands: string[] = [];
  let unknown: string | null = null;
  const add = (letter: string, value: string): void => {
    options.set(letter, [...(options.get(letter) ?? []), value]);
  };
  for (let at = 1; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      operands.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-' || word.startsWith('--')) {
      operands.push(word);
      continue;
    }
    for (let place = 1; place < word.length; place += 1) {
      const letter = word[place] ?? '';
      const index = letters.indexOf(letter);
      if (index < 0 || letter === ':') unknown ??= letter;
      else if (letters[index + 1] === ':') {
        const rest = word.slice(place + 1);
        if (rest === '') at += 1;
        add(letter, rest === '' ? (argv[at] ?? '') : rest);
        break;
      } else add(letter, '');
    }
  }
  return { options, operands, unknown };
};

export const invalidOption = (tool: string, letter: string, exitCode = 1): ToolOutput =>
  failed(exitCode, `${tool}: invalid option -- '${letter}'\n`);
