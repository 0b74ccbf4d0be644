import { EngineError } from './engine-error.ts';
import { demandNothingElse, firstValue, JsonSyntaxFault, JsonTooDeep } from './go-json.ts';
import { typeMismatch } from './go-type.ts';
import type { GoType, NumberTexts } from './go-type.ts';

/** A body's type, and what class its faults are: routes of the engine differ in that. */
export type BodyForm = {
  readonly type: GoType;
  readonly faults: 'invalidParameter' | 'internal';
};

/**
 * The first JSON value of a body; what follows it is not looked at, as in the engine.
 * @throws EngineError in the words of Go's decoder
 */
export const parseBody = (text: string, { type, faults }: BodyForm): unknown => {
  const isBad = faults === 'invalidParameter';
  try {
    const { start, end } = firstValue(text);
    return parseTyped(text.slice(start, end), type, faults);
  } catch (error) {
    if (!(error instanceof JsonSyntaxFault)) throw refusalOf(error);
    const isEmpty = text.trim() === '';
    const ended = isEmpty ? (isBad ? 'got EOF while reading request body' : 'EOF') : null;
    throw new EngineError(faults, ended ?? (error.isEnd ? 'unexpected EOF' : error.message));
  }
};

/**
 * A text that is one JSON value and nothing else.
 * @throws EngineError in the words of Go's `json.Unmarshal`, as a fault of the engine
 */
export const parseWhole = (text: string): unknown => {
  try {
    const { start, end } = firstValue(text);
    demandNothingElse(text, end);
    return parsed(text.slice(start, end)).value;
  } catch (error) {
    if (error instanceof JsonSyntaxFault) throw new EngineError('internal', error.message);
    throw refusalOf(error);
  }
};

const parseTyped = (text: string, type: GoType, faults: BodyForm['faults']): unknown => {
  const { value, numbers, isEndless } = parsed(text);
  const mismatch = typeMismatch(value, type, numbers);
  if (mismatch !== null) throw new EngineError(faults, mismatch);
  if (isEndless) throw new EngineError(faults, 'netfold: a number is out of range');
  return value;
};

const refusalOf = (error: unknown): unknown =>
  error instanceof JsonTooDeep
    ? new EngineError('invalidParameter', 'netfold: the JSON is nested too deep')
    : error;

type Parsed = {
  readonly value: unknown;
  readonly numbers: NumberTexts;
  /** Some number is beyond what a double holds. */
  readonly isEndless: boolean;
};

/** Keys such as `__proto__` stay what they are, data: the parser defines them as own members. */
const parsed = (text: string): Parsed => {
  const numbers: NumberTexts = new WeakMap();
  if (!oddNumber.test(text)) {
    const value: unknown = JSON.parse(text);
    demandTexts(value);
    return { value, numbers, isEndless: false };
  }
  let isEndless = false;
  const value: unknown = JSON.parse(text, function keep(this: object, ...given: unknown[]) {
    const [key, one, context] = given;
    if (typeof one === 'number') {
      isEndless ||= !Number.isFinite(one);
      const known = numbers.get(this) ?? new Map<string, string>();
      numbers.set(this, known.set(String(key), sourceOf(context, one)));
    }
    return one;
  });
  demandTexts(value);
  return { value, numbers, isEndless };
};

/** Perhaps a number that is no whole one, or that a double does not hold. */
const oddNumber = /\d[.eE]|\d{16}/;

/** The depth is bounded: a scan came before. */
const demandTexts = (value: unknown): void => {
  if (typeof value === 'string') demandText(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    demandText(key);
    demandTexts(one);
  }
};

const sourceOf = (context: unknown, value: number): string => {
  const source = (context as { readonly source?: unknown } | undefined)?.source;
  return typeof source === 'string' ? source : String(value);
};

/** What no store takes. */
const demandText = (text: string): void => {
  if (!text.includes('\u0000') && text.isWellFormed()) return;
  throw new EngineError('invalidParameter', 'netfold: a text holds characters that are no text');
};
