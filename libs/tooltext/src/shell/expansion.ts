import { evaluateArithmetic } from './arithmetic.ts';
import type { Variables } from './arithmetic.ts';
import { braceExpanded } from './brace-expansion.ts';
import { globMatches, hasGlob } from './glob.ts';
import { lastJob, ownNumber } from './jobs.ts';
import { ExpansionProblem, Leave, assign, resolvePath, shellLimits } from './session.ts';
import type { Session } from './session.ts';
import type { Change, Script, Word, WordPart } from './syntax.ts';

/** Runs a substitution and answers what it printed on stdout. */
export type Substitute = (session: Session, script: Script) => string;

/** A piece of a field: quoted text is neither split nor globbed. */
type Piece = { readonly text: string; readonly isQuoted: boolean; readonly isSplit: boolean };

const special = (session: Session, name: string): string | undefined => {
  if (name === '?') return String(session.lastStatus);
  if (name === '#') return String(session.positional.length);
  if (name === '@') return session.positional.join(' ');
  if (name === '*') return session.positional.join(separatorsOf(session).slice(0, 1));
  if (name === '$') return String(ownNumber(session));
  if (name === '!') return String(lastJob(session)?.processId ?? '');
  if (name === '-') return [...session.options].join('');
  if (name === '0') return session.name;
  if (/^[0-9]+$/.test(name)) return session.positional[Number(name) - 1];
  return session.variables.get(name);
};

/** What unquoted results are split at. */
const separatorsOf = ({ variables }: Session): string => variables.get('IFS') ?? ' \t\n';

/** The value of a name; with `set -u` there must be one. */
const valueOf = (session: Session, name: string): string => {
  const value = special(session, name);
  if (value !== undefined || '@*'.includes(name)) return value ?? '';
  if (!session.options.has('u')) return '';
  const isBash = session.flavour === 'bash';
  throw new ExpansionProblem(`${name}: ${isBash ? 'unbound variable' : 'parameter not set'}`);
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
  requireOperator(session, change);
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
      if (isUnset) assign(session, name, word());
      return session.variables.get(name) ?? '';
    case '+':
    case ':+':
      return isUnset ? '' : word();
    case '?':
    case ':?':
      if (!isUnset) return value ?? '';
      throw new ExpansionProblem(`${name}: ${word() || 'parameter not set'}`);
    case 'indirect':
      return special(session, value ?? '') ?? '';
    case 'slice':
      return slice(session, value ?? '', word());
    case '/':
    case '//':
      return replaced(session, value ?? '', change, substitute);
    case '^':
    case '^^':
    case ',':
    case ',,':
      return recased(value ?? '', change.operator);
    case '#':
    case '##':
    case '%':
    case '%%':
      return cut(value ?? '', expandToPattern(session, change.word, substitute), change.operator);
    default:
      return change.operator satisfies never;
  }
};

/** Those that the shell has: dash only the ones of POSIX, BusyBox some more. */
const requireOperator = ({ flavour }: Session, { operator }: Change): void => {
  const isOfBusybox = ['/', '//', 'slice'].includes(operator);
  const isOfBash = ['^', '^^', ',', ',,', 'indirect'].includes(operator);
  const isKnown = flavour === 'bash' || (!isOfBash && (flavour === 'busybox' || !isOfBusybox));
  if (isKnown) return;
  throw new ExpansionProblem(
    flavour === 'dash' ? 'Bad substitution' : 'syntax error: bad substitution',
  );
};

/** `FROM` or `FROM:LENGTH`; below 0 they count from the end. */
const slice = (session: Session, value: string, text: string): string => {
  const [from = '', length] = text.split(':');
  const count = (one: string): number =>
    one.trim() === '' ? 0 : evaluateArithmetic(one, numbersOf(session));
  const start = count(from);
  const first = start < 0 ? Math.max(0, value.length + start) : start;
  if (length === undefined) return value.slice(first);
  const size = count(length);
  return value.slice(first, size < 0 ? size : first + size);
};

/** The longest match at each place; bash knows `#` and `%` for the beginning and the end. */
const replaced = (
  session: Session,
  value: string,
  { operator, word, other = [] }: Change,
  substitute: Substitute,
): string => {
  const whole = expandToPattern(session, word, substitute);
  const anchor = session.flavour === 'bash' ? /^[#%]/.exec(whole)?.[0] : undefined;
  const pattern = anchor === undefined ? whole : whole.slice(1);
  const text = expandToText(session, other, substitute);
  let result = '';
  let at = 0;
  while (at < value.length) {
    const end = pattern === '' ? null : endOfMatch(value, pattern, { at, anchor });
    if (end === null) {
      result += value[at] ?? '';
      at += 1;
    } else {
      result += text;
      at = end;
      if (operator === '/') return result + value.slice(at);
    }
  }
  return result;
};

/** Characters of a value that a pattern with `*` is looked for in. */
const longMax = 2_000;

const endOfMatch = (
  value: string,
  pattern: string,
  { at, anchor }: { readonly at: number; readonly anchor: string | undefined },
): number | null => {
  if (anchor === '#' && at > 0) return null;
  const isLong = pattern.includes('*') || anchor === '%';
  if (isLong && value.length > longMax) throw new Leave('stopped', 1);
  const last = isLong ? value.length : Math.min(value.length, at + pattern.length);
  for (let end = last; end > at; end -= 1) {
    if (globMatches(pattern, value.slice(at, end))) return end;
    if (anchor === '%') return null;
  }
  return null;
};

const recased = (value: string, operator: '^' | '^^' | ',' | ',,'): string => {
  const change = (text: string): string =>
    operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();
  return operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
};

/** The variables of a shell as an expression sees them. */
export const numbersOf = (session: Session): Variables => ({
  get: (name) => special(session, name) ?? '',
  set: (name, value) => assign(session, name, String(value)),
  hasSteps: session.flavour !== 'dash',
});

const expandPart = (session: Session, part: WordPart, substitute: Substitute): string => {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return part.change === null
        ? valueOf(session, part.name)
        : changed(session, part.name, part.change, substitute);
    case 'command':
      return substitute(session, part.script).replace(/\n+$/, '');
    case 'arithmetic':
      return String(
        evaluateArithmetic(expandToText(session, part.word, substitute), numbersOf(session)),
      );
    default:
      return part satisfies never;
  }
};

/** A word as one text, without splitting: assignments, redirections, `case`. */
export const expandToText = (session: Session, word: Word, substitute: Substitute): string =>
  joined(withHome(session, word), (part) => expandPart(session, part, substitute));

/** @throws Leave when it comes to more than a word may hold */
const joined = (word: Word, textOf: (part: WordPart) => string): string => {
  let text = '';
  for (const part of word) {
    text += textOf(part);
    if (text.length > shellLimits.textMax) throw new Leave('stopped', 1);
  }
  return text;
};

/** The same for a pattern: what is quoted stands for itself. */
export const expandToPattern = (session: Session, word: Word, substitute: Substitute): string =>
  joined(word, (part) => {
    const text = expandPart(session, part, substitute);
    return part.isQuoted ? text.replaceAll(/[*?[\]\\]/g, '\\$&') : text;
  });

/** `~` and `~/x` */
const withHome = (session: Session, word: Word): Word => {
  const [first, ...rest] = word;
  const isHome = first?.kind === 'text' && !first.isQuoted && /^~(\/|$)/.test(first.text);
  if (!isHome || (first.text === '~' && rest.length > 0)) return word;
  const home = session.variables.get('HOME') ?? '~';
  const path = { kind: 'text', text: home + first.text.slice(1), isQuoted: true } as const;
  return [path, ...rest];
};

const splitPieces = (pieces: readonly Piece[], separators: string): Piece[][] => {
  const fields: Piece[][] = [];
  let field: Piece[] | null = null;
  for (const piece of pieces) {
    if (!piece.isSplit) {
      field = [...(field ?? []), piece];
      continue;
    }
    const parts = separators === '' ? [piece.text] : piece.text.split(splitterOf(separators));
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

/** Blanks count once however many; any other separator ends a field each time. */
const splitterOf = (separators: string): RegExp => {
  const escaped = (text: string): string => text.replaceAll(/[\\\]^-]/g, '\\$&');
  const blanks = escaped(separators.replaceAll(/[^ \t\n]/g, ''));
  const others = escaped(separators.replaceAll(/[ \t\n]/g, ''));
  if (others === '') return new RegExp(`[${blanks}]+`);
  const blank = blanks === '' ? '' : `[${blanks}]*`;
  return new RegExp(`${blank}[${others}]${blank}${blanks === '' ? '' : `|[${blanks}]+`}`);
};

const globField = (session: Session, field: readonly Piece[]): string[] => {
  const text = field.map((piece) => piece.text).join('');
  if (session.options.has('f')) return [text];
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
  if (word.length === 0) return [];
  const place = word.findIndex(isAllQuoted);
  if (place >= 0) return aroundAll(session, word, place, substitute);
  let length = 0;
  const pieces = word.map((part) => {
    const text = expandPart(session, part, substitute);
    length += text.length;
    if (length > shellLimits.textMax) throw new Leave('stopped', 1);
    return { text, isQuoted: part.isQuoted, isSplit: part.kind !== 'text' && !part.isQuoted };
  });
  return splitPieces(pieces, separatorsOf(session)).flatMap((field) => globField(session, field));
};

const isAllQuoted = (part: WordPart): boolean =>
  part.kind === 'variable' && part.name === '@' && part.isQuoted && part.change === null;

/** `"x$@y"`: what stands around goes to the first and the last one. */
const aroundAll = (
  session: Session,
  word: Word,
  place: number,
  substitute: Substitute,
): string[] => {
  const before = expandToText(session, word.slice(0, place), substitute);
  const after = expandToText(session, word.slice(place + 1), substitute);
  const all = [...session.positional];
  if (all.length === 0) return before + after === '' ? [] : [before + after];
  all[0] = before + (all[0] ?? '');
  all[all.length - 1] = (all.at(-1) ?? '') + after;
  return all;
};

/** Words to arguments: braces, expansion, splitting of unquoted results, file names. */
export const expandWords = (
  session: Session,
  words: readonly Word[],
  substitute: Substitute,
): string[] => {
  const all = session.flavour === 'bash' ? words.flatMap((word) => braceExpanded(word)) : words;
  return all.flatMap((word) => expandWord(session, withHome(session, word), substitute));
};
