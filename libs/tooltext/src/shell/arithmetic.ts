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
const operatorForm = /^(\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!~&|^?:()])/;

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

/**
 * The value of `$((...))`. Names stand for variables, unset ones for 0; there is no assignment.
 * @throws ArithmeticError
 */
export const evaluateArithmetic = (text: string, lookUp: (name: string) => string): number => {
  try {
    return evaluate(text, lookUp);
  } catch (error) {
    if (error instanceof Problem) throw new ArithmeticError(error.message, text.trim());
    throw error;
  }
};

const evaluate = (text: string, lookUp: (name: string) => string): number => {
  const tokens = tokenize(text);
  let at = 0;
  const take = (operator: string): boolean => {
    const token = tokens[at];
    if (token?.kind !== 'operator' || token.text !== operator) return false;
    at += 1;
    return true;
  };
  const primary = (depth: number): number => {
    if (depth > depthMax) throw new Problem('too deep');
    if (take('-')) return -primary(depth + 1);
    if (take('+')) return primary(depth + 1);
    if (take('!')) return primary(depth + 1) === 0 ? 1 : 0;
    if (take('~')) return ~primary(depth + 1);
    if (take('(')) {
      const value = ternary(depth + 1);
      if (!take(')')) throw new Problem("expecting ')'");
      return value;
    }
    const token = tokens[at];
    if (token === undefined || token.kind === 'operator') {
      throw new Problem('expecting primary');
    }
    at += 1;
    const value = Number(token.kind === 'number' ? token.text : lookUp(token.text) || '0');
    return Number.isFinite(value) ? Math.trunc(value) : 0;
  };
  const binary = (level: number, depth: number): number => {
    const operators = levels[level];
    if (operators === undefined) return primary(depth);
    let left = binary(level + 1, depth);
    for (;;) {
      const token = tokens[at];
      if (token?.kind !== 'operator' || !operators.includes(token.text)) return left;
      at += 1;
      left = apply(token.text, left, binary(level + 1, depth));
    }
  };
  const ternary = (depth: number): number => {
    const condition = binary(0, depth);
    if (!take('?')) return condition;
    const yes = ternary(depth + 1);
    if (!take(':')) throw new Problem("expecting ':'");
    const no = ternary(depth + 1);
    return condition === 0 ? no : yes;
  };
  const value = ternary(0);
  if (at < tokens.length) throw new Problem('expecting EOF');
  return value;
};
