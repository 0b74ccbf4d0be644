import { unescape } from '../filters/echo.ts';
import { AwkSyntaxError } from './syntax.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text' | 'pattern' | 'name' | 'function' | 'operator'; readonly text: string }
  | { readonly kind: 'newline' | 'end' };

const keywords = [
  'BEGIN',
  'END',
  'if',
  'else',
  'while',
  'do',
  'for',
  'in',
  'next',
  'exit',
  'delete',
  'print',
  'printf',
  'break',
  'continue',
];

const operators = [
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '**',
  '!~',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '<',
  '>',
  '~',
  '?',
  ':',
  '=',
  '$',
  '|',
];

/** After one of these a slash divides; anywhere else it begins a pattern. */
const endsValue = (token: Token | undefined): boolean => {
  if (token === undefined) return false;
  if (token.kind === 'number' || token.kind === 'text' || token.kind === 'name') return true;
  return token.kind === 'operator' && [')', ']', '++', '--'].includes(token.text);
};

const quoted = (text: string, at: number): number => {
  const quote = text[at];
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) throw new AwkSyntaxError('runaway string constant');
  return end;
};

/** Words of an awk program. @throws AwkSyntaxError */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at] ?? '';
    const rest = text.slice(at);
    if (/[ \t\r]/.test(letter) || rest.startsWith('\\\n')) {
      at += letter === '\\' ? 2 : 1;
      continue;
    }
    if (letter === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    const number = /^(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(rest)?.[0];
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (letter === '\n') {
      tokens.push({ kind: 'newline' });
      at += 1;
    } else if (letter === '"') {
      const end = quoted(text, at);
      const inside = text
        .slice(at + 1, end)
        .replaceAll('\\"', '"')
        .replaceAll('\\/', '/');
      tokens.push({ kind: 'text', text: unescape(inside) });
      at = end + 1;
    } else if (letter === '/' && !endsValue(tokens.at(-1))) {
      const end = quoted(text, at);
      tokens.push({ kind: 'pattern', text: text.slice(at + 1, end).replaceAll('\\/', '/') });
      at = end + 1;
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', value: Number(number) });
      at += number.length;
    } else if (name !== undefined) {
      at += name.length;
      const isCall = text[at] === '(' && !keywords.includes(name);
      const kind = keywords.includes(name) ? 'operator' : isCall ? 'function' : 'name';
      tokens.push({ kind, text: name });
    } else {
      const operator = operators.find((one) => rest.startsWith(one));
      if (operator === undefined) throw new AwkSyntaxError(`syntax error at or near ${letter}`);
      tokens.push({ kind: 'operator', text: operator === '**' ? '^' : operator });
      at += operator.length;
    }
  }
  return [...tokens, { kind: 'end' }];
};
