import type { Word, WordPart } from './syntax.ts';

/** Words that the braces of one word may come to. */
const wordsMax = 10_000;
const nestingMax = 16;

/** `{a,b}x` to `ax` and `bx`, `{1..3}` to three words, as bash does; other words stay. */
export const braceExpanded = (word: Word, depth = 0): readonly Word[] => {
  const found = depth > nestingMax ? null : findBraces(word);
  if (found === null) return [word];
  const { before, choices, after } = found;
  const words: Word[] = [];
  for (const choice of choices) {
    words.push(...braceExpanded([...before, ...choice, ...after], depth + 1));
    if (words.length >= wordsMax) break;
  }
  return words.slice(0, wordsMax);
};

type Braces = {
  readonly before: Word;
  readonly choices: readonly Word[];
  readonly after: Word;
};

/** Unquoted text letter by letter, all else as it is. */
const lettersOf = (word: Word): readonly WordPart[] =>
  word.flatMap((part) =>
    part.kind === 'text' && !part.isQuoted
      ? Array.from(part.text, (text) => ({ ...part, text }))
      : [part],
  );

const plain = (part: WordPart | undefined): string =>
  part?.kind === 'text' && !part.isQuoted ? part.text : '';

const findBraces = (word: Word): Braces | null => {
  if (!word.some((part) => plain(part).includes('{'))) return null;
  const parts = lettersOf(word);
  for (const [start, part] of parts.entries()) {
    if (plain(part) !== '{' || plain(parts[start - 1]) === '$') continue;
    const found = choicesFrom(parts, start + 1);
    if (found === null) continue;
    const { choices, end } = found;
    return {
      before: joined(parts.slice(0, start)),
      choices: choices.map(joined),
      after: joined(parts.slice(end + 1)),
    };
  }
  return null;
};

const choicesFrom = (
  parts: readonly WordPart[],
  start: number,
): { readonly choices: readonly Word[]; readonly end: number } | null => {
  const commas: number[] = [];
  let depth = 0;
  for (let at = start; at < parts.length; at += 1) {
    const letter = plain(parts[at]);
    if (letter === '{') depth += 1;
    else if (letter === ',' && depth === 0) commas.push(at);
    else if (letter === '}' && depth > 0) depth -= 1;
    else if (letter === '}') {
      const inside = parts.slice(start, at);
      if (commas.length === 0) {
        const range = rangeOf(inside);
        return range === null ? null : { choices: range, end: at };
      }
      const ends = [...commas, at];
      const choices = ends.map((end, index) =>
        parts.slice(index === 0 ? start : (ends[index - 1] ?? 0) + 1, end),
      );
      return { choices, end: at };
    }
  }
  return null;
};

const rangeForm = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/;

/** `1..5`, `a..e`, `01..10..2` */
const rangeOf = (inside: readonly WordPart[]): readonly Word[] | null => {
  const found = rangeForm.exec(inside.map(plain).join(''));
  if (found === null) return null;
  const [, from = '', to = '', by = '1'] = found;
  const isLetters = /[a-zA-Z]/.test(from);
  if (isLetters !== /[a-zA-Z]/.test(to)) return null;
  const first = isLetters ? from.charCodeAt(0) : Number(from);
  const last = isLetters ? to.charCodeAt(0) : Number(to);
  const step = (Math.abs(Number(by)) || 1) * (first <= last ? 1 : -1);
  const count = Math.min(wordsMax, Math.floor((last - first) / step) + 1);
  const isPadded = /^-?0\d/.test(from) || /^-?0\d/.test(to);
  const width = isPadded ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + index * step;
    const text = isLetters ? String.fromCharCode(value) : String(value).padStart(width, '0');
    return [{ kind: 'text', text, isQuoted: false } as const];
  });
};

/** Letters that stand beside each other as one text again. */
const joined = (parts: readonly WordPart[]): Word => {
  const all: WordPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    const isText = part.kind === 'text' && !part.isQuoted;
    if (isText && last?.kind === 'text' && !last.isQuoted) {
      all[all.length - 1] = { ...last, text: last.text + part.text };
    } else all.push(part);
  }
  return all;
};
