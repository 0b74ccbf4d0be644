import { ShellSyntaxError } from './syntax.ts';
import type { Change, ChangeOperator, Script, Word, WordPart } from './syntax.ts';

/** Where the readers of words and commands stand in the line. */
export type Cursor = {
  readonly text: string;
  at: number;
  /** Commands, substitutions and `${...}` that stand around it. */
  depth: number;
  /** Whether `$'...'` and the operators that bash has added mean something. */
  readonly hasBashWords?: boolean;
};

/** How deep they may stand in each other; a line of a million brackets must not end the stack. */
const nestingMax = 64;

/** One level further in. @throws ShellSyntaxError beyond the deepest one */
export const deeper = (depth: number): number => {
  if (depth >= nestingMax) throw new ShellSyntaxError('Maximum nesting exceeded');
  return depth + 1;
};

/** Reads the script of a `$(...)`; the command parser hands itself in. */
export type ScriptReader = (text: string, depth: number) => Script;

const isNameStart = (letter: string): boolean => /[A-Za-z_]/.test(letter);

const endsWord = ' \t\n;&|<>()';

const readName = (cursor: Cursor): string => {
  const start = cursor.at;
  while (/[A-Za-z0-9_]/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
  return cursor.text.slice(start, cursor.at);
};

/** The text up to the bracket that closes the one before the cursor; quotes are stepped over. */
const readBalanced = (cursor: Cursor, open: string, close: string): string => {
  const start = cursor.at;
  let depth = 1;
  let quote = '';
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const letter = cursor.text[cursor.at] ?? '';
    if (letter === '\\' && quote !== "'") cursor.at += 1;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === open) depth += 1;
    else if (letter === close) {
      depth -= 1;
      if (depth > 0) continue;
      cursor.at += 1;
      return cursor.text.slice(start, cursor.at - 1);
    }
  }
  throw new ShellSyntaxError(`end of file unexpected (expecting "${close}")`);
};

const changeForm = /^(:[-=+?]|[-=+?]|##?|%%?|\/\/?|\^\^?|,,?|:)/;

const readBraces = (cursor: Cursor, isQuoted: boolean, read: ScriptReader): WordPart => {
  const inside = readBalanced(cursor, '{', '}');
  if (/^#[A-Za-z_0-9@*]+$/.test(inside)) {
    const change: Change = { operator: 'length', word: [] };
    return { kind: 'variable', name: inside.slice(1), isQuoted, change };
  }
  const indirect = /^!([A-Za-z_]\w*)$/.exec(inside)?.[1];
  if (indirect !== undefined) {
    return {
      kind: 'variable',
      name: indirect,
      isQuoted,
      change: { operator: 'indirect', word: [] },
    };
  }
  const name = /^([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[?#@*$!])/.exec(inside)?.[0] ?? '';
  const rest = inside.slice(name.length);
  if (name === '') throw new ShellSyntaxError('Bad substitution');
  if (rest === '') return { kind: 'variable', name, isQuoted, change: null };
  const operator = changeForm.exec(rest)?.[0];
  if (operator === undefined) throw new ShellSyntaxError('Bad substitution');
  const inner = { text: rest.slice(operator.length), at: 0, depth: deeper(cursor.depth) };
  // It is one word whatever blanks it has.
  const isReplacing = operator === '/' || operator === '//';
  const word = readWord(inner, read, isReplacing ? '/' : '');
  const kind = operator === ':' ? 'slice' : (operator as ChangeOperator);
  if (!isReplacing) return { kind: 'variable', name, isQuoted, change: { operator: kind, word } };
  inner.at += 1;
  const change = { operator: kind, word, other: readWord(inner, read, '') };
  return { kind: 'variable', name, isQuoted, change };
};

/** What follows a dollar sign. The cursor stands behind it. */
const readDollar = (cursor: Cursor, isQuoted: boolean, read: ScriptReader): WordPart => {
  const letter = cursor.text[cursor.at] ?? '';
  if (cursor.text.startsWith('((', cursor.at)) {
    cursor.at += 2;
    const text = readBalanced(cursor, '(', ')');
    if (cursor.text[cursor.at] !== ')') throw new ShellSyntaxError('Missing "))"');
    cursor.at += 1;
    const word = readHereText(text, deeper(cursor.depth), read);
    return { kind: 'arithmetic', word, isQuoted };
  }
  if (letter === "'" && !isQuoted && cursor.hasBashWords) return readEscaped(cursor);
  if (letter === '(') {
    cursor.at += 1;
    const inside = readBalanced(cursor, '(', ')');
    return { kind: 'command', script: read(inside, deeper(cursor.depth)), isQuoted };
  }
  if (letter === '{') {
    cursor.at += 1;
    return readBraces(cursor, isQuoted, read);
  }
  if (/[0-9?#@*$!]/.test(letter)) {
    cursor.at += 1;
    return { kind: 'variable', name: letter, isQuoted, change: null };
  }
  if (!isNameStart(letter)) return { kind: 'text', text: '$', isQuoted };
  return { kind: 'variable', name: readName(cursor), isQuoted, change: null };
};

const readBackquoted = (cursor: Cursor, isQuoted: boolean, read: ScriptReader): WordPart => {
  let end = cursor.text.indexOf('`', cursor.at);
  while (end > 0 && cursor.text[end - 1] === '\\') end = cursor.text.indexOf('`', end + 1);
  if (end < 0) throw new ShellSyntaxError('EOF in backquote substitution');
  const inside = cursor.text.slice(cursor.at, end).replaceAll('\\`', '`');
  const script = read(inside, deeper(cursor.depth));
  cursor.at = end + 1;
  return { kind: 'command', script, isQuoted };
};

/** The text of a here-document whose end is not quoted: as in double quotes, which mean nothing. */
export const readHereText = (text: string, depth: number, read: ScriptReader): Word =>
  readDoubleQuoted({ text, at: 0, depth }, read, false);

const readDoubleQuoted = (cursor: Cursor, read: ScriptReader, isClosed = true): WordPart[] => {
  const parts: WordPart[] = [{ kind: 'text', text: '', isQuoted: true }];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text, isQuoted: true });
    text = '';
  };
  while (cursor.at < cursor.text.length) {
    const letter = cursor.text[cursor.at] ?? '';
    cursor.at += 1;
    if (letter === '"' && isClosed) {
      flush();
      return parts;
    }
    const next = cursor.text[cursor.at] ?? '';
    const isEscape = letter === '\\' && next !== '' && (isClosed || next !== '"');
    if (isEscape && '$`"\\\n'.includes(next)) {
      text += next === '\n' ? '' : next;
      cursor.at += 1;
    } else if (letter === '$' || letter === '`') {
      flush();
      const reader = letter === '$' ? readDollar : readBackquoted;
      parts.push(reader(cursor, true, read));
    } else text += letter;
  }
  if (isClosed) throw new ShellSyntaxError('Unterminated quoted string');
  flush();
  return parts;
};

/** `$'a\tb'` of bash and BusyBox. */
const readEscaped = (cursor: Cursor): WordPart => {
  const found = /^'((?:[^'\\]|\\[^])*)'/.exec(cursor.text.slice(cursor.at));
  if (found === null) throw new ShellSyntaxError('Unterminated quoted string');
  cursor.at += found[0].length;
  const letters: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    e: '\u001B',
    a: '\u0007',
  };
  const text = (found[1] ?? '').replaceAll(/\\([^])/g, (_, one: string) => letters[one] ?? one);
  return { kind: 'text', text, isQuoted: true };
};

const readSingleQuoted = (cursor: Cursor): WordPart => {
  const end = cursor.text.indexOf("'", cursor.at);
  if (end < 0) throw new ShellSyntaxError('Unterminated quoted string');
  const text = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  return { kind: 'text', text, isQuoted: true };
};

/** Reads one word from the cursor on, up to a blank or an operator. */
export const readWord = (cursor: Cursor, read: ScriptReader, stops = endsWord): Word => {
  const parts: WordPart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text, isQuoted: false });
    text = '';
  };
  while (cursor.at < cursor.text.length) {
    const letter = cursor.text[cursor.at] ?? '';
    if (stops.includes(letter)) break;
    cursor.at += 1;
    if (letter === '\\') {
      const next = cursor.text[cursor.at] ?? '';
      cursor.at += 1;
      flush();
      if (next !== '\n') parts.push({ kind: 'text', text: next || '\\', isQuoted: true });
    } else if (letter === "'") {
      flush();
      parts.push(readSingleQuoted(cursor));
    } else if (letter === '"') {
      flush();
      parts.push(...readDoubleQuoted(cursor, read));
    } else if (letter === '$' || letter === '`') {
      flush();
      const reader = letter === '$' ? readDollar : readBackquoted;
      parts.push(reader(cursor, false, read));
    } else text += letter;
  }
  flush();
  return parts;
};
