import { entryAt, entryBehind, sizeOf } from '../files/entry.ts';
import { failed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';

class TestError extends Error {}

const executable = 0o111;

/** Whether the user may: root reads and writes all, and runs what anybody may run. */
const may = (world: ToolWorld, path: string, bits: number): boolean => {
  const entry = entryBehind(world, path);
  if (entry === null) return false;
  const me = world.files?.userId ?? 0;
  if (me === 0) return (bits & executable) === 0 || (entry.mode & executable) !== 0;
  const shift = entry.userId === me ? 0o700 : 0o007;
  return (entry.mode & bits & shift) !== 0;
};

const hasText = (world: ToolWorld, path: string): boolean => {
  const entry = entryBehind(world, path);
  return entry !== null && sizeOf(entry) > 0;
};

const unary = (world: ToolWorld, operator: string, value: string): boolean | null => {
  switch (operator) {
    case '-n':
      return value !== '';
    case '-z':
      return value === '';
    case '-e':
      return entryBehind(world, value) !== null;
    case '-f':
      return entryBehind(world, value)?.kind === 'file';
    case '-d':
      return entryBehind(world, value)?.kind === 'directory';
    case '-r':
      return may(world, value, 0o444);
    case '-s':
      return entryBehind(world, value)?.kind === 'directory' || hasText(world, value);
    case '-x':
      return may(world, value, executable);
    case '-w':
      return world.files !== null && may(world, value, 0o222);
    case '-L':
    case '-h':
      return entryAt(world, value)?.kind === 'link';
    case '-t':
      return false;
    default:
      return null;
  }
};

const integer = (text: string): number => {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(text);
  return Number(text);
};

const binary = (left: string, operator: string, right: string): boolean | null => {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return integer(left) === integer(right);
    case '-ne':
      return integer(left) !== integer(right);
    case '-lt':
      return integer(left) < integer(right);
    case '-le':
      return integer(left) <= integer(right);
    case '-gt':
      return integer(left) > integer(right);
    case '-ge':
      return integer(left) >= integer(right);
    default:
      return null;
  }
};

const simple = (world: ToolWorld, words: readonly string[]): boolean => {
  const [first = '', second = '', third = ''] = words;
  if (words.length === 0) return false;
  if (words.length === 1) return first !== '';
  if (words.length === 3) {
    const value = binary(first, second, third);
    if (value !== null) return value;
  }
  if (first === '!') return !simple(world, words.slice(1));
  if (words.length === 2) {
    const value = unary(world, first, second);
    if (value !== null) return value;
  }
  throw new TestError(second);
};

/** `-o` binds weaker than `-a`. */
const expression = (world: ToolWorld, words: readonly string[]): boolean => {
  const either = words.lastIndexOf('-o');
  if (either > 0) {
    const left = expression(world, words.slice(0, either));
    return left || expression(world, words.slice(either + 1));
  }
  const both = words.lastIndexOf('-a');
  if (both > 0) {
    const left = expression(world, words.slice(0, both));
    return left && expression(world, words.slice(both + 1));
  }
  return simple(world, words);
};

/** `test EXPR` and `[ EXPR ]`. */
export const test: Tool = (world, argv) => {
  const isBracket = argv[0] === '[';
  const words = argv.slice(1);
  const prefix = world.userland === 'busybox' ? 'sh: ' : `sh: 1: ${argv[0] ?? 'test'}: `;
  if (isBracket && words.pop() !== ']') return failed(2, `${prefix}missing ]\n`);
  try {
    const exitCode = expression(world, words) ? 0 : 1;
    return { stdout: '', stderr: '', exitCode, durationMs: 0 };
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    const text =
      world.userland === 'busybox'
        ? `${error.message}: bad number`
        : `Illegal number: ${error.message}`;
    return failed(2, `${prefix}${text}\n`);
  }
};
