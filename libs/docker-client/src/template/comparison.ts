import { FunctionProblem } from './function.ts';
import type { GoFunction } from './function.ts';
import { byBytes } from './go-quote.ts';
import { goText } from './go-text.ts';
import { goBool, unwrapped } from './go-value.ts';
import type { GoValue } from './go-value.ts';

const basicKinds = new Set(['bool', 'string', 'int', 'uint', 'float']);

const basicKind = (value: GoValue | null): string | null =>
  value !== null && basicKinds.has(value.kind) ? value.kind : null;

const isInteger = (kind: string | null): boolean => kind === 'int' || kind === 'uint';

const incompatible = 'incompatible types for comparison';
const invalid = 'invalid type for comparison';

/** @source Go text/template funcs.go eq */
const equal = (given: GoValue | null, others: readonly (GoValue | null)[]): boolean => {
  if (others.length === 0) throw new FunctionProblem('missing argument for comparison');
  const first = unwrapped(given);
  return others.some((other) => isSame(first, unwrapped(other)));
};

const isSame = (a: GoValue | null, b: GoValue | null): boolean => {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left !== right && !(isInteger(left) && isInteger(right))) {
    if (a !== null && b !== null) throw new FunctionProblem(incompatible);
    return false;
  }
  if (a !== null && b !== null && left !== null) return compared(a, b) === 0;
  if (a !== null && b !== null && a.kind !== b.kind) {
    const told = `${goText(a)}: ${a.type}, ${b.type}: ${goText(b)}`;
    throw new FunctionProblem(`non-comparable types ${told}`);
  }
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (b !== null && (b.kind === 'list' || b.kind === 'map')) {
    throw new FunctionProblem(`non-comparable type ${goText(b)}: ${b.type}`);
  }
  return a?.type === b?.type && goText(a) === goText(b);
};

const isNil = (value: GoValue | null): boolean => {
  if (value === null) return true;
  if (value.kind === 'pointer') return value.to === null;
  if (value.kind === 'list') return value.items === null;
  return value.kind === 'map' && value.entries === null;
};

const compared = (a: GoValue, b: GoValue): number => {
  if (a.kind === 'string' && b.kind === 'string') return byBytes(a.value, b.value);
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  if (a.kind === 'float' && b.kind === 'float') return a.value - b.value;
  const isWhole = (value: GoValue) => value.kind === 'int' || value.kind === 'uint';
  if (!isWhole(a) || !isWhole(b)) throw new FunctionProblem(incompatible);
  const [left, right] = [BigInt(goText(a)), BigInt(goText(b))];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** @source Go text/template funcs.go lt */
const isLess = (given: GoValue | null, other: GoValue | null): boolean => {
  const [a, b] = [unwrapped(given), unwrapped(other)];
  const [left, right] = [basicKind(a), basicKind(b)];
  if (a === null || b === null || left === null || right === null) {
    throw new FunctionProblem(invalid);
  }
  if (left !== right && !(isInteger(left) && isInteger(right))) {
    throw new FunctionProblem(incompatible);
  }
  if (left === 'bool') throw new FunctionProblem(invalid);
  return compared(a, b) < 0;
};

type Pair = (a: GoValue | null, b: GoValue | null) => boolean;

const pair = (decide: Pair): GoFunction => ({
  takes: ['reflect.Value', 'reflect.Value'],
  call: ([a = null, b = null]) => goBool(decide(a, b)),
});

const isLessOrEqual: Pair = (a, b) => isLess(a, b) || equal(a, [b]);

export const comparisons: Readonly<Record<string, GoFunction>> = {
  eq: {
    takes: ['reflect.Value'],
    more: 'reflect.Value',
    call: ([first = null, ...others]) => goBool(equal(first, others)),
  },
  ne: pair((a, b) => !equal(a, [b])),
  lt: pair(isLess),
  le: pair(isLessOrEqual),
  gt: pair((a, b) => !isLessOrEqual(a, b)),
  ge: pair((a, b) => !isLess(a, b)),
};
