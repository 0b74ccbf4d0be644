import { fileUsage } from '../busybox/file-usage.ts';
import { compilePattern, findMatch } from '../pattern/pattern.ts';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';

class ExprError extends Error {}

const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
const isNothing = (text: string): boolean => text === '' || /^-?0+$/.test(text);

/** `expr 1 + 2`: words in, one value out; the status is 1 for nothing and 0. */
export const expr: Tool = (world, argv) => {
  const words = argv.slice(1);
  const isBusybox = world.userland === 'busybox';
  if (words.length === 0) {
    if (isBusybox) return failed(2, 'expr: too few arguments\n');
    return failed(2, "expr: missing operand\nTry 'expr --help' for more information.\n");
  }
  if (words[0] === '--help' && isBusybox) return fileUsage('expr');
  try {
    const value = new Expression(world, words).value();
    return { ...printed(`${value}\n`), exitCode: isNothing(value) ? 1 : 0 };
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    return failed(2, `expr: ${error.message}\n`);
  }
};

class Expression {
  readonly #world: ToolWorld;
  readonly #words: readonly string[];
  #at = 0;

  constructor(world: ToolWorld, words: readonly string[]) {
    this.#world = world;
    this.#words = words;
  }

  value(): string {
    const value = this.#level(0);
    const next = this.#words[this.#at];
    if (next !== undefined) throw this.#syntax(`unexpected argument '${next}'`);
    return value;
  }

  #syntax(text: string): ExprError {
    return new ExprError(
      this.#world.userland === 'busybox' ? 'syntax error' : `syntax error: ${text}`,
    );
  }

  #level(level: number): string {
    const operators = levels[level];
    if (operators === undefined) return this.#primary();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = this.#words[this.#at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#at += 1;
      left = this.#apply(operator, left, this.#level(level + 1));
    }
  }

  #apply(operator: string, left: string, right: string): string {
    if (operator === '|') return isNothing(left) ? (isNothing(right) ? '0' : right) : left;
    if (operator === '&') return isNothing(left) || isNothing(right) ? '0' : left;
    if (operator === ':') return matched(left, right);
    if ('+-*/%'.includes(operator)) return String(this.#number(operator, left, right));
    return compare(operator, left, right) ? '1' : '0';
  }

  #number(operator: string, left: string, right: string): bigint {
    if (!isNumber(left) || !isNumber(right)) {
      const isBusybox = this.#world.userland === 'busybox';
      throw new ExprError(isBusybox ? 'non-numeric argument' : 'non-integer argument');
    }
    const [a, b] = [BigInt(left), BigInt(right)];
    if (operator === '+') return a + b;
    if (operator === '-') return a - b;
    if (operator === '*') return a * b;
    if (b === 0n) throw new ExprError('division by zero');
    return operator === '/' ? a / b : a % b;
  }

  #next(): string {
    const word = this.#words[this.#at];
    if (word === undefined) {
      throw this.#syntax(`missing argument after '${this.#words[this.#at - 1] ?? ''}'`);
    }
    this.#at += 1;
    return word;
  }

  #primary(): string {
    const word = this.#next();
    if (word === '(') {
      const value = this.#level(0);
      if (this.#next() !== ')') throw this.#syntax("expecting ')'");
      return value;
    }
    // Alone, or before an operator, the names of functions are texts.
    if (this.#words.length === 1) return word;
    if (word === 'length') return String(this.#primary().length);
    if (word === 'match') return matched(this.#primary(), this.#primary());
    if (word === 'index') {
      const text = this.#primary();
      const letters = this.#primary();
      return String(Array.from(text).findIndex((letter) => letters.includes(letter)) + 1);
    }
    if (word !== 'substr') return word;
    const text = this.#primary();
    const [from, length] = [Number(this.#primary()), Number(this.#primary())];
    return from > 0 && length > 0 ? text.slice(from - 1, from - 1 + length) : '';
  }
}

const compare = (operator: string, left: string, right: string): boolean => {
  const areNumbers = isNumber(left) && isNumber(right);
  const order = areNumbers
    ? Number(BigInt(left) - BigInt(right))
    : left < right
      ? -1
      : Number(left > right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  return (order === 0) === (operator !== '!=');
};

/** What the first bracket took, or how many letters matched, from the beginning. */
const matched = (text: string, pattern: string): string => {
  const compiled = compilePattern(`^${pattern}`, { isExtended: false, ignoresCase: false });
  const found = findMatch(compiled, text);
  if (compiled.groupCount > 0) {
    const group = found?.groups[0];
    return group === null || group === undefined ? '' : text.slice(group.start, group.end);
  }
  return String(found === null ? 0 : found.end - found.start);
};
