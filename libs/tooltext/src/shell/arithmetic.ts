/** An expression without a value: the problem, and the expression as written. */
export class ArithmeticError extends Error {
  readonly text: string;

  constructor(problem: string, text: string) {
    super(problem);
    this.text = text;
  }
}

/** A problem before it is known in which expression it stands. */
class Problem extends Error {}

type Token = { readonly kind: 'number' | 'name' | 'operator'; readonly text: string };

const numberForm = /^(0[xX][0-9a-fA-F]+|\d+)/;
const nameForm = /^[A-Za-z_]\w*/;
const operatorForm =
  /^(\+\+|--|<<=|>>=|[-+*/%&|^]=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!~&|^?:()=,])/;

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  let rest = text.replace(/\$(?=[A-Za-z_])/g, '');
  for (rest = rest.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const number = numberForm.exec(rest)?.[0];
    const name = nameForm.exec(rest)?.[0];
    const operator = operatorForm.exec(rest)?.[0];
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else throw new Problem('expecting EOF');
    rest = rest.slice((number ?? name ?? operator ?? '').length);
  }
  return tokens;
};

const apply = (operator: string, left: number, right: number): number => {
  switch (operator) {
    case '||':
      return left !== 0 || right !== 0 ? 1 : 0;
    case '&&':
      return left !== 0 && right !== 0 ? 1 : 0;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '==':
      return left === right ? 1 : 0;
    case '!=':
      return left === right ? 0 : 1;
    case '<':
      return left < right ? 1 : 0;
    case '<=':
      return left <= right ? 1 : 0;
    case '>':
      return left > right ? 1 : 0;
    case '>=':
      return left >= right ? 1 : 0;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      break;
  }
  if (right === 0) throw new Problem('division by zero');
  return operator === '/' ? Math.trunc(left / right) : left % right;
};

/** Nesting of brackets and signs. */
const depthMax = 64;

/** The variables that an expression stands on and sets. */
export type Variables = {
  readonly get: (name: string) => string;
  readonly set: (name: string, value: number) => void;
  /** `++`, `--` and `**`, which dash has not. */
  readonly hasSteps: boolean;
};

/** For an expression of numbers alone. */
export const noVariables: Variables = { get: () => '', set: () => {}, hasSteps: false };

/**
 * The value of `$((...))`. Names stand for variables, unset ones for 0.
 * @throws ArithmeticError
 */
export const evaluateArithmetic = (text: string, variables: Variables): number => {
  try {
    return evaluate(text, variables);
  } catch (error) {
    if (error instanceof Problem) throw new ArithmeticError(error.message, text.trim());
    throw error;
  }
};

const stepOperators = ['++', '--', '**'];

/** `0x1f`, `017`, `12` */
const parsed = (text: string): number => {
  const isOctal = /^-?0[0-7]+$/.test(text);
  const value = isOctal ? Number.parseInt(text, 8) : Number(text);
  return Number.isFinite(value) ? Math.trunc(value) : 0;
};

const evaluate = (text: string, variables: Variables): number => {
  const tokens = tokenize(text);
  if (!variables.hasSteps && tokens.some((one) => stepOperators.includes(one.text))) {
    throw new Problem('expecting primary');
  }
  return new Expression(tokens, variables).value();
};

class Expression {
  readonly #tokens: readonly Token[];
  readonly #variables: Variables;
  #at = 0;

  constructor(tokens: readonly Token[], variables: Variables) {
    this.#tokens = tokens;
    this.#variables = variables;
  }

  value(): number {
    const value = this.#comma(0);
    if (this.#at < this.#tokens.length) throw new Problem('expecting EOF');
    return value;
  }

  #take(operator: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || token.text !== operator) return false;
    this.#at += 1;
    return true;
  }

  #numberOf(name: string): number {
    return parsed(this.#variables.get(name) || '0');
  }

  #step(name: string, by: number): number {
    const value = this.#numberOf(name) + by;
    this.#variables.set(name, value);
    return value;
  }

  #comma(depth: number): number {
    let value = this.#assignment(depth);
    while (this.#take(',')) value = this.#assignment(depth);
    return value;
  }

  #assignment(depth: number): number {
    if (depth > depthMax) throw new Problem('too deep');
    const name = this.#tokens[this.#at];
    const operator = this.#tokens[this.#at + 1];
    const isSet = name?.kind === 'name' && operator?.kind === 'operator';
    if (!isSet || !/^(?:<<|>>|[-+*/%&|^])?=$/.test(operator.text)) return this.#ternary(depth);
    this.#at += 2;
    const right = this.#assignment(depth + 1);
    const how = operator.text.slice(0, -1);
    const value = how === '' ? right : apply(how, this.#numberOf(name.text), right);
    this.#variables.set(name.text, value);
    return value;
  }

  #ternary(depth: number): number {
    const condition = this.#binary(0, depth);
    if (!this.#take('?')) return condition;
    const yes = this.#assignment(depth + 1);
    if (!this.#take(':')) throw new Problem("expecting ':'");
    const no = this.#assignment(depth + 1);
    return condition === 0 ? no : yes;
  }

  #binary(level: number, depth: number): number {
    const operators = levels[level];
    if (operators === undefined) return this.#power(depth);
    let left = this.#binary(level + 1, depth);
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'operator' || !operators.includes(token.text)) return left;
      this.#at += 1;
      left = apply(token.text, left, this.#binary(level + 1, depth));
    }
  }

  #power(depth: number): number {
    const base = this.#primary(depth);
    return this.#take('**') ? base ** this.#power(depth + 1) : base;
  }

  #primary(depth: number): number {
    if (depth > depthMax) throw new Problem('too deep');
    const stepped = this.#stepBefore();
    if (stepped !== null) return stepped;
    if (this.#take('-')) return -this.#primary(depth + 1);
    if (this.#take('+')) return this.#primary(depth + 1);
    if (this.#take('!')) return this.#primary(depth + 1) === 0 ? 1 : 0;
    if (this.#take('~')) return ~this.#primary(depth + 1);
    if (this.#take('(')) {
      const value = this.#comma(depth + 1);
      if (!this.#take(')')) throw new Problem("expecting ')'");
      return value;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'operator') throw new Problem('expecting primary');
    this.#at += 1;
    if (token.kind === 'number') return parsed(token.text);
    if (this.#take('++')) return this.#step(token.text, 1) - 1;
    if (this.#take('--')) return this.#step(token.text, -1) + 1;
    return this.#numberOf(token.text);
  }

  /** `++x` and `--x` */
  #stepBefore(): number | null {
    const name = this.#tokens[this.#at + 1];
    if (name?.kind !== 'name') return null;
    const by = this.#take('++') ? 1 : this.#take('--') ? -1 : 0;
    if (by === 0) return null;
    this.#at += 1;
    return this.#step(name.text, by);
  }
}
