import type { Flag } from './flag-table.ts';

const decimal = '[1-9](?:_?[0-9])*|0';
const prefixed = '0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+';
const integer = new RegExp(`^([-+]?)(${prefixed}|${decimal})$`);

/**
 * `10`, `0x10`, `010` or `1_000`.
 *
 * @returns `null`: it is none
 * @source Go strconv.ParseInt with base 0
 */
export const readInteger = (text: string): bigint | null => {
  const found = integer.exec(text);
  if (found === null) return null;
  const [, sign = '', digits = ''] = found;
  // Go writes octal numbers as C does.
  const number = digits.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o');
  return sign === '-' ? -BigInt(number) : BigInt(number);
};

/**
 * Why a number cannot be the value of a flag; `null`: it can.
 *
 * @source Go strconv; spf13/pflag int.go, uint16.go
 */
export const integerProblem = ({ type }: Flag, text: string): string | null => {
  const [, unsigned, width = '64'] = /^(u?)int(\d*)$/.exec(type) ?? [];
  if (unsigned === undefined) return null;
  const isSigned = unsigned === '';
  const refused = (told: string): string =>
    `strconv.${isSigned ? 'ParseInt' : 'ParseUint'}: parsing ${JSON.stringify(text)}: ${told}`;
  const value = isSigned || /^\d/.test(text) ? readInteger(text) : null;
  if (value === null) return refused('invalid syntax');
  const bits = BigInt(width === '' ? '64' : width);
  const max = 2n ** (isSigned ? bits - 1n : bits) - 1n;
  const min = isSigned ? -max - 1n : 0n;
  return value < min || value > max ? refused('value out of range') : null;
};

/**
 * A number of 64 bits, in decimal; a text: what is wrong with it.
 *
 * @source Go strconv.ParseInt, strconv.ParseUint
 */
export const readDecimal = (
  text: string,
  { isSigned } = { isSigned: true },
): number | 'invalid syntax' | 'value out of range' => {
  if (!(isSigned ? /^[-+]?\d+$/ : /^\d+$/).test(text)) return 'invalid syntax';
  const value = BigInt(text.replace(/^\+/, ''));
  const kept = isSigned ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  return kept === value ? Number(value) : 'value out of range';
};
