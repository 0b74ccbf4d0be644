import { evaluateArithmetic } from './arithmetic.ts';
import { globMatches, hasGlob } from './glob.ts';
import { resolvePath } from './session.ts';
import type { Session } from './session.ts';
import type { Change, Script, Word, WordPart } from './syntax.ts';

/** Runs a substitution and answers what it printed on stdout. */
export type Substitute = (session: Session, script: Script) => string;

/** A piece of a field: quoted text is neither split nor globbed. */
type Piece = { readonly text: string; readonly isQuoted: boolean; readonly isSplit: boolean };

const special = (session: Session, name: string): string | undefined => {
  if (name === '?') return String(session.lastStatus);
  if (name === '#') return String(session.positional.length);
  if (name === '@' || name === '*') return session.positional.join(' ');
  if (name === '$') return '1';
  if (name === '!') return '';
  if (name === '0') return session.name;
  if (/^[0-9]+$/.test(name)) return session.positional[Number(name) - 1];
  return session.variables.get(name);
};

/** The shortest or longest beginning or end of `value` that the pattern covers, cut off. */
const cut = (value: string, pattern: string, operator: string): string => {
  const isPrefix = operator.startsWith('#');
  const isLongest = operator.length === 2;
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  for (const length of isLongest ? lengths.toReversed() : lengths) {
    const part = isPrefix ? value.slice(0, length) : value.slice(value.length - length);
    if (!globMatches(pattern, part)) continue;
    return isPrefix ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
};

const changed = (
  session: Session,
  name: string,
  change: Change,
  substitute: Substitute,
): string => {
  const value = special(session, name);
  const word = (): string => expandToText(session, change.word, substitute);
  const isUnset = value === undefined || (change.operator.startsWith(':') && value === '');
  switch (change.operator) {
    case 'length':
      return String((value ?? '').length);
    case '-':
    case ':-':
      return isUnset ? word() : (value ?? '');
    case '=':
    case ':=':
      if (isUnset) session.variables.set(name, word());
      return session.variables.get(name) ?? '';
    case '+':
    case ':+':
      return isUnset ? '' : word();
    case '#':
    case '##':
    case '%':
    case '%%':
      return cut(value ?? '', word(), change.operator);
    default:
      return change.operator satisfies never;
  }
};

const expandPart = (session: Session, part: WordPart, substitute: Substitute): string => {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return part.change === null
        ? (special(session, part.name) ?? '')
        : changed(session, part.name, part.change, substitute);
    case 'command':
      return substitute(session, part.script).replace(/\n+$/, '');
    case 'arithmetic':
      return String(evaluateArithmetic(part.text, (name) => special(session, name) ?? ''));
    default:
      return part satisfies never;
  }
};

/** A word as one text, without splitting: assignments, redirections, `case`. */
export const expandToText = (session: Session, word: Word, substitute: Substitute): string =>
  word.map((part) => expandPart(session, part, substitute)).join('');

const splitPieces = (pieces: readonly Piece[]): Piece[][] => {
  const fields: Piece[][] = [];
  let field: Piece[] | null = null;
  for (const piece of pieces) {
    if (!piece.isSplit) {
      field = [...(field ?? []), piece];
      continue;
    }
    const parts = piece.text.split(/[ \t\n]+/);
    parts.forEach((text, index) => {
      if (index > 0 && field !== null) {
        fields.push(field);
        field = null;
      }
      if (text !== '') field = [...(field ?? []), { ...piece, text }];
    });
  }
  if (field !== null) fields.push(field);
  return fields;
};

const globField = (session: Session, field: readonly Piece[]): string[] => {
  const text = field.map((piece) => piece.text).join('');
  const isPattern = field.some((piece) => !piece.isQuoted && hasGlob(piece.text));
  if (!isPattern) return [text];
  const pattern = field
    .map((piece) => (piece.isQuoted ? piece.text.replaceAll(/[*?[\\]/g, '\\$&') : piece.text))
    .join('');
  const found = matchingPaths(session, pattern);
  return found.length === 0 ? [text] : [...found];
};

/** Paths that one pattern may come to. */
const pathsMax = 10_000;

/** Part by part: each folder that the pattern has come to is looked into. */
const matchingPaths = (session: Session, pattern: string): readonly string[] => {
  const parts = pattern.split('/');
  let found: readonly string[] = [''];
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    const end = isLast ? '' : '/';
    found = found.flatMap((start) => {
      if (!hasGlob(part)) {
        const name = part.replaceAll(/\\(.)/g, '$1');
        const path = start + name;
        const isKept = isLast ? isThere(session, path) : isFolder(session, path || '/');
        return isKept ? [path + end] : [];
      }
      const names = session.world.listDirectory(resolvePath(session.directory, start || '.')) ?? [];
      return names
        .filter((name) => globMatches(part, name))
        .filter((name) => !name.startsWith('.') || part.startsWith('.'))
        .filter((name) => isLast || isFolder(session, start + name))
        .map((name) => start + name + end);
    });
    found = found.slice(0, pathsMax);
  });
  return found;
};

const isFolder = (session: Session, path: string): boolean =>
  session.world.listDirectory(resolvePath(session.directory, path)) !== null;

const isThere = (session: Session, path: string): boolean => {
  const place = resolvePath(session.directory, path);
  const { world } = session;
  return (
    isFolder(session, path) ||
    world.readFile(place) !== null ||
    (world.files?.find(place) ?? null) !== null
  );
};

const expandWord = (session: Session, word: Word, substitute: Substitute): string[] => {
  const [only] = word;
  if (word.length === 0) return [];
  const isAll = only?.kind === 'variable' && only.name === '@' && only.isQuoted;
  if (isAll && word.filter((part) => part.kind !== 'text' || part.text !== '').length === 1) {
    return [...session.positional];
  }
  const pieces = word.map((part) => ({
    text: expandPart(session, part, substitute),
    isQuoted: part.isQuoted,
    isSplit: part.kind !== 'text' && !part.isQuoted,
  }));
  return splitPieces(pieces).flatMap((field) => globField(session, field));
};

/** Words to arguments: expansion, splitting of unquoted results, file names. */
export const expandWords = (
  session: Session,
  words: readonly Word[],
  substitute: Substitute,
): string[] => words.flatMap((word) => expandWord(session, quotedAll(word), substitute));

/** `"$@"` is read as an empty quoted text and the variable: the empty text goes. */
const quotedAll = (word: Word): Word => {
  const rest = word.filter((part) => part.kind !== 'text' || part.text !== '');
  const [only, more] = rest;
  const isAll = only?.kind === 'variable' && only.name === '@' && more === undefined;
  return isAll && only.isQuoted ? rest : word;
};
