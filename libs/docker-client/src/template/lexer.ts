import { quoted } from './go-quote.ts';

export type TokenKind =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'dot'
  | 'keyword';

/** A piece of a template. `at` counts UTF-16 units from its start, `line` begins with 1. */
export type Token = {
  readonly kind: TokenKind;
  readonly at: number;
  readonly text: string;
  readonly line: number;
};

const keywords = new Set(
  'block break continue define else end if nil range template with'.split(' '),
);

/** A token as complaints show it. */
export const tokenText = ({ kind, text }: Token): string => {
  if (kind === 'eof') return 'EOF';
  if (kind === 'error') return text;
  if (kind === 'keyword' || kind === 'dot') return `<${text}>`;
  const letters = Array.from(text);
  // Go counts bytes here, and cuts characters there.
  return text.length > 10 ? `${quoted(letters.slice(0, 10).join(''))}...` : quoted(text);
};

/**
 * Cuts a template into its tokens; a mistake is the last one.
 *
 * @source Go text/template/parse lex.go
 */
export const tokensOf = (input: string): readonly Token[] => new Lexer(input).run();

const isSpace = (letter: string): boolean => /^[ \t\r\n]$/.test(letter);
const isWordLetter = (letter: string): boolean => /^[_\p{L}\p{Nd}]$/u.test(letter);

/** `U+0021 '!'` */
const shown = (letter: string): string => {
  const code = letter.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{C}\p{Z}]$/u.test(letter) && letter !== ' ' ? number : `${number} '${letter}'`;
};

class LexicalProblem extends Error {}

class Lexer {
  readonly #input: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #start = 0;
  #line = 1;
  #depth = 0;

  constructor(input: string) {
    this.#input = input;
  }

  run(): readonly Token[] {
    try {
      while (this.#text()) this.#action();
      this.#emit('eof');
    } catch (problem) {
      if (!(problem instanceof LexicalProblem)) throw problem;
      const { message: text } = problem;
      this.#tokens.push({ kind: 'error', at: this.#start, text, line: this.#line });
    }
    return this.#tokens;
  }

  /** @returns whether an action follows */
  #text(): boolean {
    for (;;) {
      const found = this.#input.indexOf('{{', this.#at);
      this.#at = found < 0 ? this.#input.length : found;
      const isTrimmed = found >= 0 && this.#hasLeftMarker(found + 2);
      if (isTrimmed) {
        while (this.#at > this.#start && isSpace(this.#input.charAt(this.#at - 1))) this.#at -= 1;
      }
      if (this.#at > this.#start) this.#emit('text');
      if (found < 0) return false;
      this.#skipTo(found);
      const inside = found + (isTrimmed ? 4 : 2);
      if (!this.#input.startsWith('/*', inside)) {
        this.#at = found + 2;
        this.#emit('leftDelim');
        this.#skipTo(inside);
        return true;
      }
      this.#skipTo(inside);
      this.#comment();
    }
  }

  #comment(): void {
    const end = this.#input.indexOf('*/', this.#at + 2);
    if (end < 0) throw new LexicalProblem('unclosed comment');
    this.#at = end + 2;
    const delimiter = this.#rightDelimiter();
    if (delimiter === null) throw new LexicalProblem('comment ends before closing delimiter');
    this.#skipTo(delimiter.end);
  }

  #hasLeftMarker(at: number): boolean {
    return this.#input.charAt(at) === '-' && isSpace(this.#input.charAt(at + 1));
  }

  /** Where the text behind a delimiter begins, if one stands here. */
  #rightDelimiter(): { readonly brace: number; readonly end: number } | null {
    const { input, at } = { input: this.#input, at: this.#at };
    const isTrimmed =
      isSpace(input.charAt(at)) && input.charAt(at + 1) === '-' && input.startsWith('}}', at + 2);
    if (!isTrimmed && !input.startsWith('}}', at)) return null;
    const brace = isTrimmed ? at + 2 : at;
    const behind = brace + 2;
    return { brace, end: isTrimmed ? this.#afterSpaces(behind) : behind };
  }

  #afterSpaces(at: number): number {
    let end = at;
    while (isSpace(this.#input.charAt(end))) end += 1;
    return end;
  }

  #action(): void {
    this.#depth = 0;
    for (;;) {
      const delimiter = this.#rightDelimiter();
      if (delimiter !== null) {
        if (this.#depth > 0) throw new LexicalProblem('unclosed left paren');
        this.#skipTo(delimiter.brace);
        this.#at = delimiter.brace + 2;
        this.#emit('rightDelim');
        this.#skipTo(delimiter.end);
        return;
      }
      const letter = this.#peek();
      if (letter === '') throw new LexicalProblem('unclosed action');
      if (isSpace(letter)) this.#space();
      else this.#operand(letter);
    }
  }

  #space(): void {
    do this.#at += 1;
    while (isSpace(this.#peek()) && this.#rightDelimiter() === null);
    this.#emit('space');
  }

  #operand(letter: string): void {
    const following = this.#input.charAt(this.#at + 1);
    if (letter === '.' && !/^[0-9]$/.test(following)) return this.#word('field');
    if (/^[-+.0-9]$/.test(letter)) return this.#number();
    if (isWordLetter(letter)) return this.#word('identifier');
    this.#at += letter.length;
    if (letter === '=') return this.#emit('assign');
    if (letter === '|') return this.#emit('pipe');
    if (letter === '"') return this.#quote('"', 'string', 'unterminated quoted string');
    if (letter === "'") return this.#quote("'", 'charConstant', 'unterminated character constant');
    if (letter === '`') return this.#rawQuote();
    if (letter === '$') return this.#word('variable');
    return this.#sign(letter);
  }

  #sign(letter: string): void {
    if (letter === ':') {
      const next = this.#peek();
      this.#at += next.length;
      if (next !== '=') throw new LexicalProblem('expected :=');
      return this.#emit('declare');
    }
    if (letter === '(') {
      this.#depth += 1;
      return this.#emit('leftParen');
    }
    if (letter === ')') {
      this.#emit('rightParen');
      this.#depth -= 1;
      if (this.#depth < 0) throw new LexicalProblem(`unexpected right paren ${shown(')')}`);
      return;
    }
    if (/^[!-~]$/.test(letter)) return this.#emit('char');
    throw new LexicalProblem(`unrecognized character in action: ${shown(letter)}`);
  }

  /** A name; the sign before a field or a variable belongs to it. */
  #word(kind: 'field' | 'identifier' | 'variable'): void {
    if (kind === 'field') this.#at += 1;
    while (isWordLetter(this.#peek())) this.#at += this.#peek().length;
    if (!this.#isAtEndOfWord()) throw new LexicalProblem(`bad character ${shown(this.#peek())}`);
    const text = this.#input.slice(this.#start, this.#at);
    if (text === '.') this.#emit('dot');
    else if (kind !== 'identifier') this.#emit(kind);
    else if (keywords.has(text)) this.#emit('keyword');
    else this.#emit(text === 'true' || text === 'false' ? 'bool' : 'identifier');
  }

  #isAtEndOfWord(): boolean {
    const letter = this.#peek();
    if (letter === '' || isSpace(letter)) return true;
    return '.,|:)('.includes(letter) || this.#input.startsWith('}}', this.#at);
  }

  #quote(end: string, kind: TokenKind, problem: string): void {
    for (;;) {
      const letter = this.#peek();
      this.#at += letter.length;
      if (letter === end) return this.#emit(kind);
      const escaped = letter === '\\' ? this.#peek() : 'x';
      if (letter === '' || letter === '\n' || escaped === '' || escaped === '\n') {
        throw new LexicalProblem(problem);
      }
      if (letter === '\\') this.#at += escaped.length;
    }
  }

  #rawQuote(): void {
    const end = this.#input.indexOf('`', this.#at);
    if (end < 0) throw new LexicalProblem('unterminated raw quoted string');
    this.#at = end + 1;
    this.#emit('rawString');
  }

  #number(): void {
    this.#scanNumber();
    const isComplex = /^[-+]$/.test(this.#peek());
    if (isComplex) this.#scanNumber();
    const text = this.#input.slice(this.#start, this.#at);
    if (isComplex && !text.endsWith('i')) throw new LexicalProblem(badNumber(text));
    this.#emit(isComplex ? 'complex' : 'number');
  }

  #scanNumber(): void {
    const rest = this.#input.slice(this.#at);
    const [found] = numberPattern.exec(rest) ?? [''];
    this.#at += found.length;
    const next = this.#peek();
    if (!isWordLetter(next)) return;
    this.#at += next.length;
    throw new LexicalProblem(badNumber(this.#input.slice(this.#start, this.#at)));
  }

  #peek(): string {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #emit(kind: TokenKind): void {
    const text = this.#input.slice(this.#start, this.#at);
    this.#tokens.push({ kind, at: this.#start, text, line: this.#line });
    this.#skipTo(this.#at);
  }

  /** Moves on; newlines in between count. */
  #skipTo(at: number): void {
    this.#line += this.#input.slice(this.#start, at).split('\n').length - 1;
    this.#start = at;
    this.#at = at;
  }
}

/** Which digits may follow depends on what the number begins with. */
const numberPattern = new RegExp(
  '^[-+]?(?:' +
    '0[xX][0-9a-fA-F_]*(?:\\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|' +
    '0[oO][0-7_]*(?:\\.[0-7_]*)?|' +
    '0[bB][01_]*(?:\\.[01_]*)?|' +
    '[0-9_]*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?' +
    ')i?',
);

const badNumber = (text: string): string => `bad number syntax: ${quoted(text)}`;
