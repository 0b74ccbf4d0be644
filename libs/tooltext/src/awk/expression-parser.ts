import { compilePattern } from '../pattern/pattern.ts';
import { BadPattern } from '../pattern/syntax.ts';
import type { Token } from './lexer.ts';
import { AwkSyntaxError } from './syntax.ts';
import type { Expression, Target } from './syntax.ts';

const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '^='];
const comparisons = ['<', '<=', '==', '!=', '>', '>='];

/** Nesting of brackets and operators. */
const depthMax = 100;

/** Functions that may stand without brackets. */
const bare = ['length'];

export const parsePattern = (text: string): Expression => {
  try {
    const pattern = compilePattern(text, { isExtended: true, ignoresCase: false });
    return { kind: 'pattern', pattern };
  } catch (error) {
    if (error instanceof BadPattern) throw new AwkSyntaxError(error.message);
    throw error;
  }
};

/** Reads expressions; where an unbracketed `>` or `in` means something else it is told so. */
export class ExpressionParser {
  readonly tokens: readonly Token[];
  at = 0;
  #depth = 0;
  /** In `print a > "file"` the sign is no comparison. */
  #takesGreater = true;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  is(...operators: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'operator' && operators.includes(token.text);
  }

  take(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.at += 1;
    return true;
  }

  expect(operator: string): void {
    if (!this.take(operator)) this.fail();
  }

  fail(): never {
    const token = this.peek();
    let near = 'end of line';
    if (token.kind === 'number') near = String(token.value);
    else if ('text' in token) near = token.text;
    throw new AwkSyntaxError(`syntax error at or near ${near}`);
  }

  skipNewlines(): void {
    while (this.peek().kind === 'newline') this.at += 1;
  }

  /** The values of `print`, up to the end of the statement. */
  printed(): Expression[] {
    const takesGreater = this.#takesGreater;
    this.#takesGreater = false;
    const values = this.#list(['}', ';', '>', '|']);
    this.#takesGreater = takesGreater;
    return values;
  }

  #list(ends: readonly string[]): Expression[] {
    const values: Expression[] = [];
    while (!this.#isEnd() && !this.is(...ends)) {
      values.push(this.expression());
      if (!this.take(',')) break;
      this.skipNewlines();
    }
    return values;
  }

  #isEnd(): boolean {
    const { kind } = this.peek();
    return kind === 'end' || kind === 'newline';
  }

  expression(): Expression {
    this.#depth += 1;
    if (this.#depth > depthMax) throw new AwkSyntaxError('program too deep');
    const left = this.#choice();
    const token = this.peek();
    const isAssignment = token.kind === 'operator' && assignments.includes(token.text);
    let result = left;
    if (isAssignment && isTarget(left)) {
      this.at += 1;
      result = { kind: 'assign', operator: token.text, target: left, value: this.expression() };
    }
    this.#depth -= 1;
    return result;
  }

  #choice(): Expression {
    const condition = this.#binary(['||'], () => this.#and());
    if (!this.take('?')) return condition;
    const yes = this.expression();
    this.expect(':');
    return { kind: 'choose', condition, yes, no: this.expression() };
  }

  #binary(operators: readonly string[], next: () => Expression): Expression {
    let left = next();
    for (;;) {
      const token = this.peek();
      if (token.kind !== 'operator' || !operators.includes(token.text)) return left;
      this.at += 1;
      this.skipNewlines();
      left = { kind: 'binary', operator: token.text, left, right: next() };
    }
  }

  #and(): Expression {
    return this.#binary(['&&'], () => this.#membership());
  }

  #membership(): Expression {
    let left = this.#match();
    while (this.take('in')) {
      const token = this.peek();
      if (token.kind !== 'name') return this.fail();
      this.at += 1;
      left = { kind: 'in', key: left, array: token.text };
    }
    return left;
  }

  #match(): Expression {
    let value = this.#comparison();
    while (this.is('~', '!~')) {
      const isNegated = this.take('!~');
      if (!isNegated) this.take('~');
      value = { kind: 'match', isNegated, value, pattern: this.#comparison() };
    }
    return value;
  }

  #comparison(): Expression {
    const left = this.#concatenation();
    const token = this.peek();
    const isGreater = token.kind === 'operator' && token.text === '>' && !this.#takesGreater;
    if (token.kind !== 'operator' || !comparisons.includes(token.text) || isGreater) return left;
    this.at += 1;
    return { kind: 'binary', operator: token.text, left, right: this.#concatenation() };
  }

  #concatenation(): Expression {
    let left = this.#sum();
    while (this.#beginsValue()) {
      left = { kind: 'binary', operator: ' ', left, right: this.#sum() };
    }
    return left;
  }

  #beginsValue(): boolean {
    const token = this.peek();
    if (token.kind === 'end' || token.kind === 'newline') return false;
    return token.kind !== 'operator' || ['$', '(', '!', '++', '--'].includes(token.text);
  }

  #sum(): Expression {
    return this.#binary(['+', '-'], () => this.#product());
  }

  #product(): Expression {
    return this.#binary(['*', '/', '%'], () => this.#unary());
  }

  #unary(): Expression {
    for (const operator of ['!', '-', '+']) {
      if (this.take(operator)) return { kind: 'unary', operator, value: this.#unary() };
    }
    return this.#power();
  }

  #power(): Expression {
    const left = this.#stepped();
    if (!this.take('^')) return left;
    return { kind: 'binary', operator: '^', left, right: this.#unary() };
  }

  #stepped(): Expression {
    for (const [operator, by] of [
      ['++', 1],
      ['--', -1],
    ] as const) {
      if (!this.take(operator)) continue;
      const target = this.#primary();
      if (!isTarget(target)) return this.fail();
      return { kind: 'step', target, by, isBefore: true };
    }
    const value = this.#primary();
    if (isTarget(value) && this.is('++', '--')) {
      const by = this.take('++') ? 1 : -1;
      if (by < 0) this.take('--');
      return { kind: 'step', target: value, by, isBefore: false };
    }
    return value;
  }

  #primary(): Expression {
    const token = this.peek();
    this.at += 1;
    if (token.kind === 'number') return { kind: 'number', value: token.value };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'pattern') return parsePattern(token.text);
    if (token.kind === 'function') return this.#call(token.text);
    if (token.kind === 'name') return this.#named(token.text);
    if (token.kind === 'operator' && token.text === '$') {
      return { kind: 'field', index: this.#stepped() };
    }
    if (token.kind === 'operator' && token.text === '(') {
      const takesGreater = this.#takesGreater;
      this.#takesGreater = true;
      const inside = this.expression();
      this.#takesGreater = takesGreater;
      this.expect(')');
      // Brackets end a target: `(x)++` is none of ours.
      return isTarget(inside) ? { kind: 'unary', operator: '()', value: inside } : inside;
    }
    this.at -= 1;
    return this.fail();
  }

  #call(name: string): Expression {
    this.expect('(');
    const takesGreater = this.#takesGreater;
    this.#takesGreater = true;
    const values = this.#list([')']);
    this.#takesGreater = takesGreater;
    this.expect(')');
    return { kind: 'call', name, values };
  }

  #named(name: string): Expression {
    if (bare.includes(name)) return { kind: 'call', name, values: [] };
    if (!this.take('[')) return { kind: 'variable', name };
    const key = this.#list([']']);
    this.expect(']');
    return { kind: 'element', array: name, key };
  }
}

const isTarget = (one: Expression): one is Target =>
  one.kind === 'variable' || one.kind === 'field' || one.kind === 'element';
