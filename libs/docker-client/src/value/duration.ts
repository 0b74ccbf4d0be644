import { ValueProblem } from './value-problem.ts';

const nanosOf: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/**
 * `1h30m` as nanoseconds.
 *
 * @throws ValueProblem
 * @source Go time ParseDuration
 */
export const readDuration = (text: string): number => {
  const told = JSON.stringify(text);
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw new ValueProblem(`time: invalid duration ${told}`);
  let nanos = 0;
  while (rest !== '') {
    const [amount = ''] = /^\d*(?:\.\d*)?/.exec(rest) ?? [];
    if (!/\d/.test(amount)) throw new ValueProblem(`time: invalid duration ${told}`);
    const [unit = ''] = /^[^\d.]*/.exec(rest.slice(amount.length)) ?? [];
    if (unit === '') throw new ValueProblem(`time: missing unit in duration ${told}`);
    const scale = nanosOf[unit];
    if (scale === undefined) {
      throw new ValueProblem(`time: unknown unit ${JSON.stringify(unit)} in duration ${told}`);
    }
    nanos += Math.trunc(Number(amount) * scale);
    if (nanos >= 2 ** 63) throw new ValueProblem(`time: invalid duration ${told}`);
    rest = rest.slice(amount.length + unit.length);
  }
  return sign * nanos;
};
