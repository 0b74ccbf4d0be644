/**
 * Whether a shell pattern (`*`, `?`, `[a-z]`) covers the whole text. Linear in the product of the
 * lengths: two cursors, no recursion.
 */
export const globMatches = (pattern: string, text: string): boolean => {
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const step = matchOne(pattern, from, text[at] ?? '');
    if (pattern[from] === '*') {
      star = from;
      mark = at;
      from += 1;
    } else if (step > 0) {
      from += step;
      at += 1;
    } else if (star >= 0) {
      from = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[from] === '*') from += 1;
  return from === pattern.length;
};

/** How many letters of the pattern take this one letter of the text; 0 when they do not. */
const matchOne = (pattern: string, from: number, letter: string): number => {
  const wanted = pattern[from];
  if (wanted === undefined || wanted === '*') return 0;
  if (wanted === '?') return 1;
  if (wanted === '\\') return pattern[from + 1] === letter ? 2 : 0;
  if (wanted !== '[') return wanted === letter ? 1 : 0;
  const end = pattern.indexOf(']', from + 2);
  if (end < 0) return letter === '[' ? 1 : 0;
  return inSet(pattern.slice(from + 1, end), letter) ? end - from + 1 : 0;
};

const inSet = (set: string, letter: string): boolean => {
  const isNegated = set.startsWith('!') || set.startsWith('^');
  const body = isNegated ? set.slice(1) : set;
  for (let at = 0; at < body.length; at += 1) {
    const low = body[at] ?? '';
    const high = body[at + 1] === '-' ? body[at + 2] : undefined;
    const isIn = high === undefined ? low === letter : low <= letter && letter <= high;
    if (isIn) return !isNegated;
    if (high !== undefined) at += 2;
  }
  return isNegated;
};

export const hasGlob = (text: string): boolean => /[*?[]/.test(text);
