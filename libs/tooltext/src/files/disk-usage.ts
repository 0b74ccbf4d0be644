import type { FileEntry } from '@netfold/contracts';
import { parseOptions } from '../filters/input.ts';
import { failed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { diskBytesOf, entryAt } from './entry.ts';
import { below } from './operands.ts';

type Usage = {
  readonly world: ToolWorld;
  readonly isEach: boolean;
  /** How deep lines go; what is below is in the sums alone. */
  readonly depthMax: number;
  readonly text: (bytes: number) => string;
  readonly lines: string[];
};

/** `du [-ashkc] [-d DEPTH] [PATH...]`: what files take on a disk of blocks of 4 KiB. */
export const du: Tool = (world, argv) => {
  const words = argv.map((word) => word.replace(/^--max-depth=/, '-d'));
  const { options, operands, unknown } = parseOptions(words, 'ashkcxd:');
  if (unknown !== null) return failed(1, `du: invalid option -- '${unknown}'\n`);
  const isShort = options.has('s');
  const usage: Usage = {
    world,
    isEach: options.has('a'),
    depthMax: isShort ? 0 : Number(options.get('d')?.at(-1) ?? Number.POSITIVE_INFINITY),
    text: options.has('h') ? humanText : (bytes) => String(Math.ceil(bytes / 1_024)),
    lines: [],
  };
  const problems: string[] = [];
  let total = 0;
  for (const name of operands.length === 0 ? ['.'] : operands) {
    const entry = entryAt(world, name);
    if (entry === null) problems.push(missing(world, name));
    else total += measure(usage, entry, { name, depth: 0 });
  }
  if (options.has('c')) usage.lines.push(`${usage.text(total)}\ttotal\n`);
  const exitCode = problems.length > 0 ? 1 : 0;
  return { stdout: usage.lines.join(''), stderr: problems.join(''), exitCode, durationMs: 0 };
};

const missing = ({ userland }: ToolWorld, name: string): string =>
  userland === 'busybox'
    ? `du: ${name}: No such file or directory\n`
    : `du: cannot access '${name}': No such file or directory\n`;

type At = { readonly name: string; readonly depth: number };

/** Its line comes after those of what it holds. @returns bytes */
const measure = (usage: Usage, entry: FileEntry, { name, depth }: At): number => {
  const { world, isEach, depthMax, text, lines } = usage;
  const isFolder = entry.kind === 'directory';
  let bytes = diskBytesOf(entry);
  for (const one of isFolder ? (world.listDirectory(entry.path) ?? []) : []) {
    const inside = entryAt(world, below(entry.path, one));
    if (inside === null) continue;
    bytes += measure(usage, inside, { name: below(name, one), depth: depth + 1 });
  }
  const isShown = depth === 0 || (depth <= depthMax && (isFolder || isEach));
  if (isShown) lines.push(`${text(bytes)}\t${name}\n`);
  return bytes;
};

/** `8.0K`: one digit behind the point up to ten. */
const humanText = (bytes: number): string => {
  const units = ['', 'K', 'M', 'G'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1_024 && unit < units.length - 1; unit += 1) value /= 1_024;
  if (unit === 0) return String(bytes);
  return (value < 10 ? value.toFixed(1) : String(Math.ceil(value))) + (units[unit] ?? '');
};
