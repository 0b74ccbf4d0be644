/** A field or `-v` value: a text that counts as a number when it looks like one. */
type InputText = { readonly input: string };

export type Value = number | string | InputText;

const numeric = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;

export const toNumber = (value: Value): number => {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : value.input;
  return Number(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(text)?.[0] ?? '0');
};

/** Whole numbers without a point, others with six digits, as `%.6g`. */
export const toText = (value: Value): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return value.input;
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
};

const looksNumeric = (value: Value): boolean =>
  typeof value === 'number' || (typeof value === 'object' && numeric.test(value.input));

export const isTrue = (value: Value): boolean => {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  return numeric.test(value.input) ? Number(value.input) !== 0 : value.input !== '';
};

/** Numbers compare as numbers, anything with a text as text. */
export const compare = (left: Value, right: Value): number => {
  if (looksNumeric(left) && looksNumeric(right)) return toNumber(left) - toNumber(right);
  const [a, b] = [toText(left), toText(right)];
  return a < b ? -1 : a > b ? 1 : 0;
};
