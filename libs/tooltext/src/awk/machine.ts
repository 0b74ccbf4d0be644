import { findMatch } from '../pattern/pattern.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { parsePattern } from './expression-parser.ts';
import { callFunction } from './functions.ts';
import { AwkSyntaxError } from './syntax.ts';
import type { Expression, Target } from './syntax.ts';
import { compare, isTrue, toNumber, toText } from './value.ts';
import type { Value } from './value.ts';

/** Expressions that one program evaluates at most; a loop without end stops there. */
const stepsMax = 200_000;

/** The highest field that a program may set. */
const fieldsMax = 10_000;

/** Variables, arrays and the current line of a running program. */
export class Machine {
  readonly variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['NR', 0],
    ['NF', 0],
    ['SUBSEP', '\u001c'],
  ]);
  readonly arrays = new Map<string, Map<string, Value>>();
  #fields: string[] = [];
  #line = '';
  #steps = 0;

  setLine(line: string): void {
    this.#line = line;
    this.#fields = this.split(line, toText(this.get('FS')));
    this.variables.set('NF', this.#fields.length);
  }

  get line(): string {
    return this.#line;
  }

  get(name: string): Value {
    return this.variables.get(name) ?? '';
  }

  array(name: string): Map<string, Value> {
    const found = this.arrays.get(name) ?? new Map<string, Value>();
    this.arrays.set(name, found);
    return found;
  }

  key(parts: readonly Expression[]): string {
    return parts.map((part) => toText(this.evaluate(part))).join(toText(this.get('SUBSEP')));
  }

  /** A blank separator splits at any run of blanks; one letter stands for itself. */
  split(text: string, separator: string): string[] {
    if (separator === ' ') return text.split(/[ \t\n]+/).filter((part) => part !== '');
    if (text === '') return [];
    if (separator.length === 1) return text.split(separator);
    const pattern = this.patternOf({ kind: 'text', value: separator });
    const parts: string[] = [];
    let from = 0;
    for (let match = findMatch(pattern, text); match !== null;) {
      if (match.end === match.start) break;
      parts.push(text.slice(from, match.start));
      from = match.end;
      match = findMatch(pattern, text, from);
    }
    return [...parts, text.slice(from)];
  }

  field(index: number): Value {
    if (index === 0) return { input: this.#line };
    return { input: this.#fields[index - 1] ?? '' };
  }

  setField(index: number, value: Value): void {
    if (index === 0) {
      this.setLine(toText(value));
      return;
    }
    if (index < 0 || index > fieldsMax) throw new AwkSyntaxError('field index out of range');
    while (this.#fields.length < index) this.#fields.push('');
    this.#fields[index - 1] = toText(value);
    this.#line = this.#fields.join(toText(this.get('OFS')));
    this.variables.set('NF', this.#fields.length);
  }

  patternOf(expression: Expression): Pattern {
    if (expression.kind === 'pattern') return expression.pattern;
    const parsed = parsePattern(toText(this.evaluate(expression)));
    if (parsed.kind === 'pattern') return parsed.pattern;
    throw new AwkSyntaxError('not a pattern');
  }

  assign(target: Target, value: Value): Value {
    if (target.kind === 'field') this.setField(toNumber(this.evaluate(target.index)), value);
    else if (target.kind === 'element') this.array(target.array).set(this.key(target.key), value);
    else this.variables.set(target.name, value);
    return value;
  }

  evaluate(expression: Expression): Value {
    this.#steps += 1;
    if (this.#steps > stepsMax) throw new AwkSyntaxError('the program runs too long');
    switch (expression.kind) {
      case 'number':
      case 'text':
        return expression.value;
      case 'variable':
        return this.get(expression.name);
      case 'field':
        return this.field(toNumber(this.evaluate(expression.index)));
      case 'element':
        return this.array(expression.array).get(this.key(expression.key)) ?? '';
      case 'pattern':
        return findMatch(expression.pattern, this.#line) === null ? 0 : 1;
      case 'match':
        return this.#matches(expression);
      case 'in':
        return this.array(expression.array).has(toText(this.evaluate(expression.key))) ? 1 : 0;
      case 'choose': {
        const isYes = isTrue(this.evaluate(expression.condition));
        return this.evaluate(isYes ? expression.yes : expression.no);
      }
      case 'unary':
        return this.#unary(expression.operator, this.evaluate(expression.value));
      case 'binary':
        return this.#binary(expression);
      case 'assign':
        return this.#assign(expression);
      case 'step':
        return this.#step(expression);
      case 'call':
        return callFunction(this, expression.name, expression.values);
      default:
        return expression satisfies never;
    }
  }

  #matches(expression: Extract<Expression, { kind: 'match' }>): number {
    const text = toText(this.evaluate(expression.value));
    const isFound = findMatch(this.patternOf(expression.pattern), text) !== null;
    return isFound === expression.isNegated ? 0 : 1;
  }

  #unary(operator: string, value: Value): Value {
    if (operator === '!') return isTrue(value) ? 0 : 1;
    if (operator === '-') return -toNumber(value);
    return operator === '+' ? toNumber(value) : value;
  }

  #binary(expression: Extract<Expression, { kind: 'binary' }>): Value {
    const { operator } = expression;
    const left = this.evaluate(expression.left);
    if (operator === '&&') {
      return isTrue(left) && isTrue(this.evaluate(expression.right)) ? 1 : 0;
    }
    if (operator === '||') {
      return isTrue(left) || isTrue(this.evaluate(expression.right)) ? 1 : 0;
    }
    const right = this.evaluate(expression.right);
    if (operator === ' ') return toText(left) + toText(right);
    if (operator === '==') return compare(left, right) === 0 ? 1 : 0;
    if (operator === '!=') return compare(left, right) === 0 ? 0 : 1;
    if (operator === '<') return compare(left, right) < 0 ? 1 : 0;
    if (operator === '<=') return compare(left, right) <= 0 ? 1 : 0;
    if (operator === '>') return compare(left, right) > 0 ? 1 : 0;
    if (operator === '>=') return compare(left, right) >= 0 ? 1 : 0;
    return calculate(operator, toNumber(left), toNumber(right));
  }

  #assign(expression: Extract<Expression, { kind: 'assign' }>): Value {
    const value = this.evaluate(expression.value);
    if (expression.operator === '=') return this.assign(expression.target, value);
    const before = toNumber(this.evaluate(expression.target));
    const operator = expression.operator.charAt(0);
    return this.assign(expression.target, calculate(operator, before, toNumber(value)));
  }

  #step(expression: Extract<Expression, { kind: 'step' }>): Value {
    const before = toNumber(this.evaluate(expression.target));
    this.assign(expression.target, before + expression.by);
    return expression.isBefore ? before + expression.by : before;
  }
}

const calculate = (operator: string, left: number, right: number): number => {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (operator === '^') return left ** right;
  if (right === 0) throw new AwkSyntaxError('division by zero');
  return operator === '/' ? left / right : left % right;
};
