import { BadPattern, compilePattern, findMatch } from '@netfold/tooltext';
import { EngineError } from './engine-error.ts';
import type { Filters } from './request.ts';

/**
 * Whether any value of a filter is a regular expression that occurs in the text, or the text
 * itself. Matching takes linear time whatever the expression.
 * @source moby/moby v20.10 api/types/filters/parse.go (Match)
 */
export const matchesFilter = (filters: Filters, name: string, text: string): boolean => {
  const values = filters[name];
  if (values === undefined || values.length === 0) return true;
  return values.some((value) => occursIn(value, text));
};

const occursIn = (expression: string, text: string): boolean => {
  if (expression === text) return true;
  try {
    const pattern = compilePattern(expression, { isExtended: true, ignoresCase: false });
    return findMatch(pattern, text) !== null;
  } catch (error) {
    if (error instanceof BadPattern) return false;
    throw error;
  }
};

/** Whether the labels have every `key` or `key=value` of the filter. */
export const matchesLabels = (
  filters: Filters,
  labels: Readonly<Record<string, string>>,
): boolean =>
  (filters['label'] ?? []).every((wanted) => {
    const at = wanted.indexOf('=');
    const key = at < 0 ? wanted : wanted.slice(0, at);
    if (!Object.hasOwn(labels, key)) return false;
    return at < 0 || labels[key] === wanted.slice(at + 1);
  });

/** One of the values exactly. No filter, no condition. */
export const isOneOf = (filters: Filters, name: string, text: string): boolean => {
  const values = filters[name];
  return values === undefined || values.length === 0 || values.includes(text);
};

/**
 * A filter that is true or false.
 * @source moby/moby v20.10 daemon/network/filter.go
 */
export const flagFilter = (filters: Filters, name: string): boolean | null => {
  const values = filters[name];
  if (values === undefined) return null;
  const [value = '', ...others] = values;
  if (others.length > 0) {
    throw new EngineError('invalidParameter', `got more than one value for filter key "${name}"`);
  }
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new EngineError(
    'invalidParameter',
    `invalid value for filter '${name}', must be "true" (or "1"), or "false" (or "0")`,
  );
};
