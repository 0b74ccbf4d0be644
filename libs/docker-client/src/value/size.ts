import { readInteger } from '../command/integer.ts';
import { ValueProblem } from './value-problem.ts';

const size = /^(\d+(?:\.\d+)*) ?([kmgtp])?i?b?$/i;
const prefixes = 'kmgtp';

/**
 * `128m` as bytes; a unit is a power of 1024.
 *
 * @throws ValueProblem
 * @source docker/go-units size.go RAMInBytes
 */
export const readBytes = (text: string): number => {
  const found = size.exec(text);
  if (found === null) throw new ValueProblem(`invalid size: '${text}'`);
  const [, number = '', prefix = ''] = found;
  if (number.split('.').length > 2) {
    const told = JSON.stringify(number);
    throw new ValueProblem(`strconv.ParseFloat: parsing ${told}: invalid syntax`);
  }
  const power = prefix === '' ? 0 : prefixes.indexOf(prefix.toLowerCase()) + 1;
  const bytes = Math.trunc(Number(number) * 1024 ** power);
  // What is too much for 64 bits becomes the lowest number, as in Go on amd64.
  return bytes >= 2 ** 63 ? -(2 ** 63) : bytes;
};

/** As `readBytes`; -1 stands for no limit. */
export const readBytesOrUnlimited = (text: string): number =>
  text === '-1' ? -1 : readBytes(text);

const nanosPerCpu = 1_000_000_000n;
// @source Go math/big Rat.SetString
const exponentMax = 1_000_000;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * `1.5` as billionths of a processor.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/opts.go ParseCPUs
 */
export const readNanoCpus = (text: string): number => {
  const [numerator, denominator] = readRational(text);
  const scaled = numerator * nanosPerCpu;
  if (scaled % denominator !== 0n) throw new ValueProblem('value is too precise');
  return Number(BigInt.asIntN(64, scaled / denominator));
};

const readRational = (text: string): readonly [bigint, bigint] => {
  const [, numerator = '', denominator = ''] = /^([^/]*)\/([^-+].*)$/.exec(text) ?? [];
  const [first, second] = [readInteger(numerator), readInteger(denominator)];
  if (first !== null && second !== null && second !== 0n) return [first, second];
  const integer = readInteger(text);
  // A zero at the start makes no octal number here.
  if (integer !== null && !/^[-+]?0\d/.test(text)) return [integer, 1n];
  const found = decimal.exec(text);
  const [, sign = '', whole = '', part = '', exponent = '0'] = found ?? [];
  const isTooLarge = Math.abs(Number(exponent)) > exponentMax;
  if (found === null || whole + part === '' || isTooLarge) {
    throw new ValueProblem(`failed to parse ${text} as a rational number`);
  }
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  const power = Number(exponent) - part.length;
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
};
