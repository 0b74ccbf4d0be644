import { assign } from './session.ts';
import type { Io, Session } from './session.ts';

/** Letters of a line; what a backslash stood before is neither split at nor cut off. */
type Letter = { readonly text: string; readonly isKept: boolean };

/** `read [-r] [-p PROMPT] NAME...`: one line of the input; the last name gets the rest of it. */
export const read = (session: Session, argv: readonly string[], io: Io): number => {
  const { isRaw, prompt, names } = optionsOf(argv.slice(1));
  if (prompt !== '') io.print('stderr', prompt);
  const { letters, hasEnded } = nextLine(io, isRaw);
  const separators = session.variables.get('IFS') ?? ' \t\n';
  const isSeparator = (one: Letter): boolean => !one.isKept && separators.includes(one.text);
  const isBlank = (one: Letter): boolean => isSeparator(one) && /\s/.test(one.text);
  let rest = trimmed(letters, isBlank);
  for (const [at, name] of names.entries()) {
    const end = rest.findIndex(isSeparator);
    const isLast = at === names.length - 1;
    if (isLast || end < 0) {
      assign(session, name, textOf(isLast ? withoutLastSeparator(rest, isSeparator) : rest));
      rest = [];
      continue;
    }
    assign(session, name, textOf(rest.slice(0, end)));
    const behind = trimmed(rest.slice(end), isBlank);
    const [next] = behind;
    const isOther = next !== undefined && isSeparator(next);
    rest = isOther ? trimmed(behind.slice(1), isBlank) : behind;
  }
  return hasEnded ? 1 : 0;
};

const optionsOf = (
  words: readonly string[],
): { readonly isRaw: boolean; readonly prompt: string; readonly names: readonly string[] } => {
  let isRaw = false;
  let prompt = '';
  let at = 0;
  for (; /^-[a-z]/.test(words[at] ?? ''); at += 1) {
    const word = words[at] ?? '';
    if (word.includes('r')) isRaw = true;
    if (!/[pntdu]$/.test(word)) continue;
    at += 1;
    if (word.endsWith('p')) prompt = words[at] ?? '';
  }
  const names = words.slice(at);
  return { isRaw, prompt, names: names.length === 0 ? ['REPLY'] : names };
};

const nextLine = (
  io: Io,
  isRaw: boolean,
): { readonly letters: readonly Letter[]; readonly hasEnded: boolean } => {
  const { rest } = io.input;
  const letters: Letter[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const text = rest[at] ?? '';
    if (text === '\n') {
      io.input.rest = rest.slice(at + 1);
      return { letters, hasEnded: false };
    }
    if (text !== '\\' || isRaw) {
      letters.push({ text, isKept: false });
      continue;
    }
    at += 1;
    const next = rest[at] ?? '';
    if (next !== '\n') letters.push({ text: next, isKept: true });
  }
  io.input.rest = '';
  return { letters, hasEnded: true };
};

const trimmed = (
  letters: readonly Letter[],
  isBlank: (one: Letter) => boolean,
): readonly Letter[] => {
  const start = letters.findIndex((one) => !isBlank(one));
  const end = letters.findLastIndex((one) => !isBlank(one));
  return start < 0 ? [] : letters.slice(start, end + 1);
};

/** One that stands alone at the very end belongs to the field before it. */
const withoutLastSeparator = (
  letters: readonly Letter[],
  isSeparator: (one: Letter) => boolean,
): readonly Letter[] => {
  const last = letters.at(-1);
  const isAlone = letters.filter(isSeparator).length === 1;
  return last !== undefined && isSeparator(last) && isAlone ? letters.slice(0, -1) : letters;
};

const textOf = (letters: readonly Letter[]): string => letters.map(({ text }) => text).join('');
