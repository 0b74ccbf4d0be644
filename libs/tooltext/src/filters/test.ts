import { failed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';

class TestError extends Error {}

const isThere = (world: ToolWorld, path: string): boolean =>
  world.readFile(path) !== null || world.listDirectory(path) !== null;

const unary = (world: ToolWorld, operator: string, value: string): boolean | null => {
  switch (operator) {
    case '-n':
      return value !== '';
    case '-z':
      return value === '';
    case '-e':
      return isThere(world, value);
    case '-f':
      return world.readFile(value) !== null;
    case '-d':
      return world.listDirectory(value) !== null;
    case '-r':
      return isThere(world, value);
    case '-s':
      return (world.readFile(value) ?? '') !== '';
    case '-x':
      return world.listDirectory(value) !== null;
    case '-w':
      return false;
    case '-L':
    case '-h':
      return false;
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
