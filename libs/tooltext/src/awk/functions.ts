import { format } from '../filters/echo.ts';
import { findMatch } from '../pattern/pattern.ts';
import type { Evaluator } from './evaluator.ts';
import { AwkSyntaxError } from './syntax.ts';
import type { Expression, Target } from './syntax.ts';
import { toNumber, toText } from './value.ts';
import type { Value } from './value.ts';

const wholeLine: Target = { kind: 'field', index: { kind: 'number', value: 0 } };

/** `&` in the new text is what was found. */
const fill = (replacement: string, found: string): string =>
  replacement.replaceAll(/\\?&/g, (sign) => (sign === '\\&' ? '&' : found));

const substitute = (
  machine: Evaluator,
  values: readonly Expression[],
  isGlobal: boolean,
): number => {
  const [what, by, where] = values;
  if (what === undefined || by === undefined) throw new AwkSyntaxError('wrong number of arguments');
  const target = where === undefined ? wholeLine : (where as Target);
  const pattern = machine.patternOf(what);
  const text = toText(machine.evaluate(target));
  const replacement = toText(machine.evaluate(by));
  let out = '';
  let at = 0;
  let count = 0;
  while (at <= text.length) {
    const match = findMatch(pattern, text, at);
    if (match === null) break;
    count += 1;
    out += text.slice(at, match.start) + fill(replacement, text.slice(match.start, match.end));
    at = match.end;
    if (match.end === match.start) {
      out += text[at] ?? '';
      at += 1;
    }
    if (!isGlobal) break;
  }
  if (count > 0) machine.assign(target, out + text.slice(at));
  return count;
};

const splitInto = (machine: Evaluator, values: readonly Expression[]): number => {
  const [text, array, separator] = values;
  if (text === undefined || array?.kind !== 'variable') {
    throw new AwkSyntaxError('wrong arguments of split');
  }
  const by =
    separator === undefined
      ? toText(machine.get('FS'))
      : separator.kind === 'pattern'
        ? null
        : toText(machine.evaluate(separator));
  const whole = toText(machine.evaluate(text));
  const parts = by === null ? byPattern(machine, whole, separator) : machine.split(whole, by);
  const target = machine.array(array.name);
  target.clear();
  parts.forEach((part, index) => target.set(String(index + 1), { input: part }));
  return parts.length;
};

const byPattern = (
  machine: Evaluator,
  text: string,
  separator: Expression | undefined,
): string[] => {
  if (separator === undefined) return [text];
  const pattern = machine.patternOf(separator);
  const parts: string[] = [];
  let from = 0;
  for (let match = findMatch(pattern, text); match !== null && match.end > match.start;) {
    parts.push(text.slice(from, match.start));
    from = match.end;
    match = findMatch(pattern, text, from);
  }
  return [...parts, text.slice(from)];
};

const substring = (text: string, from: number, length: number): string => {
  const start = Math.round(from);
  const end = start + Math.round(length);
  return text.slice(Math.max(0, start - 1), Math.max(0, end - 1));
};

const matchIn = (machine: Evaluator, values: readonly Expression[]): number => {
  const [text, pattern] = values;
  if (text === undefined || pattern === undefined)
    throw new AwkSyntaxError('wrong arguments of match');
  const found = findMatch(machine.patternOf(pattern), toText(machine.evaluate(text)));
  machine.variables.set('RSTART', found === null ? 0 : found.start + 1);
  machine.variables.set('RLENGTH', found === null ? -1 : found.end - found.start);
  return found === null ? 0 : found.start + 1;
};

/** One pass of a format. */
export const formatted = (machine: Evaluator, values: readonly Expression[]): string => {
  const [first, ...rest] = values;
  if (first === undefined) throw new AwkSyntaxError('printf without a format');
  let at = 0;
  const take = (): string | undefined => {
    const value = rest[at];
    at += 1;
    if (value === undefined) return undefined;
    return toText(machine.evaluate(value));
  };
  return format(toText(machine.evaluate(first)), take).text;
};

/** The functions of awk. @throws AwkSyntaxError for one that does not exist */
export const callFunction = (
  machine: Evaluator,
  name: string,
  values: readonly Expression[],
): Value => {
  const value = (index: number): Value => {
    const one = values[index];
    return one === undefined ? '' : machine.evaluate(one);
  };
  const text = (index: number): string => toText(value(index));
  const number = (index: number): number => toNumber(value(index));
  switch (name) {
    case 'length': {
      const [only] = values;
      if (only?.kind === 'variable' && machine.arrays.has(only.name)) {
        return machine.array(only.name).size;
      }
      return only === undefined ? machine.line.length : text(0).length;
    }
    case 'substr':
      return substring(text(0), number(1), values.length > 2 ? number(2) : Number.MAX_SAFE_INTEGER);
    case 'index':
      return text(0).indexOf(text(1)) + 1;
    case 'toupper':
      return text(0).toUpperCase();
    case 'tolower':
      return text(0).toLowerCase();
    case 'int':
      return Math.trunc(number(0));
    case 'sqrt':
      return Math.sqrt(number(0));
    case 'sub':
      return substitute(machine, values, false);
    case 'gsub':
      return substitute(machine, values, true);
    case 'split':
      return splitInto(machine, values);
    case 'match':
      return matchIn(machine, values);
    case 'sprintf':
      return formatted(machine, values);
    default:
      throw new AwkSyntaxError(`function ${name} never defined`);
  }
};
