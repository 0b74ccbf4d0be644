import { quoted, unquoted } from './go-quote.ts';
import type { NumberNode } from './node.ts';
import type { Token } from './lexer.ts';

const int64Max = 2n ** 63n - 1n;
const uint64Max = 2n ** 64n - 1n;

/** Reads a number; a text: why it is none. @source Go text/template/parse node.go newNumber */
export const numberOf = ({ kind, text, at }: Token): NumberNode | string => {
  if (kind === 'charConstant') return letterNumber(text, at);
  const whole = integerOf(text);
  const base = { kind: 'number', text, at } as const;
  if (whole !== null) {
    const uint = whole >= 0n && whole <= uint64Max && !/^[+-]/.test(text) ? whole : null;
    const int = whole >= -int64Max - 1n && whole <= int64Max ? whole : null;
    if (int === 0n) return { ...base, int, uint: 0n, float: 0 };
    if (int !== null || uint !== null) return { ...base, int, uint, float: Number(whole) };
  }
  const float = floatOf(text);
  if (float === null) return `illegal number syntax: ${quoted(text)}`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: ${quoted(text)}`;
  const same = Number.isInteger(float) ? BigInt(float) : null;
  const int = same !== null && same >= -int64Max - 1n && same <= int64Max ? same : null;
  const uint = same !== null && same >= 0n && same <= uint64Max ? same : null;
  return { ...base, int, uint, float };
};

const letterNumber = (text: string, at: number): NumberNode | string => {
  const letter = text.length > 2 ? unquoted(text) : null;
  if (letter === null) return 'invalid syntax';
  if (Array.from(letter).length !== 1) return `malformed character constant: ${text}`;
  const code = letter.codePointAt(0) ?? 0;
  return { kind: 'number', text, at, int: BigInt(code), uint: BigInt(code), float: code };
};

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/;

const integerOf = (text: string): bigint | null => {
  const isGrouped = /^[-+]?\w*(?<![_.])$/.test(text) && !text.includes('__');
  const [, sign, digits = ''] = integer.exec(isGrouped ? text.replaceAll('_', '') : text) ?? [];
  if (sign === undefined) return null;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
};

const floatOf = (text: string): number | null =>
  /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : null;
