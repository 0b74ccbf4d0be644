import { HereDocuments } from './here-document.ts';
import { ShellSyntaxError } from './syntax.ts';
import type { Redirection, Word } from './syntax.ts';
import type { ShellFlavour } from './session.ts';
import { readHereText, readWord } from './word-parser.ts';
import type { Cursor, ScriptReader } from './word-parser.ts';

/** Words that are no command where one may begin. */
export const reserved = [
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'in',
  'do',
  'done',
  'while',
  'until',
  'case',
  'esac',
  '{',
  '}',
  '!',
];

/** The word as typed when it is plain unquoted text: only such a word can be reserved. */
export const plain = (word: Word): string | null => {
  const [only, more] = word;
  if (only?.kind !== 'text' || only.isQuoted || more !== undefined) return null;
  return only.text;
};

/** Blanks, operators, words and redirections, as the parser of commands asks for them. */
export class TokenReader {
  readonly #cursor: Cursor;
  readonly #flavour: ShellFlavour;
  readonly #inner: ScriptReader;
  readonly #here: HereDocuments;
  /** What has been counted: lines up to that letter. */
  #counted = { at: 0, line: 1 };

  constructor(cursor: Cursor, flavour: ShellFlavour, inner: ScriptReader) {
    this.#cursor = cursor;
    this.#flavour = flavour;
    this.#inner = inner;
    this.#here = new HereDocuments(cursor, inner);
  }

  get lineText(): string {
    return this.#cursor.text.split('\n')[this.line - 1] ?? '';
  }

  /** Of the next letter, from 1. */
  get line(): number {
    const { text, at } = this.#cursor;
    const from = at < this.#counted.at ? { at: 0, line: 1 } : this.#counted;
    let { line } = from;
    for (let place = from.at; place < at; place += 1) if (text[place] === '\n') line += 1;
    this.#counted = { at, line };
    return line;
  }

  rest(): string {
    return this.#cursor.text.slice(this.#cursor.at);
  }

  nextName(): string {
    const rest = this.rest();
    if (rest === '') return 'end of file';
    const token = /^(&&|\|\||;;|[;&|<>()\n]|[^\s;&|<>()]+)/.exec(rest)?.[0] ?? rest;
    if (token === '\n') return 'newline';
    const isOperator = /^[;&|<>()]/.test(token);
    return isOperator || reserved.includes(token) ? `"${token}"` : 'word';
  }

  skipBlank(): void {
    for (;;) {
      const letter = this.#cursor.text[this.#cursor.at] ?? '';
      if (letter === ' ' || letter === '\t') this.#cursor.at += 1;
      else if (letter === '\\' && this.#cursor.text[this.#cursor.at + 1] === '\n') {
        this.#cursor.at += 2;
      } else if (letter === '#') {
        const end = this.#cursor.text.indexOf('\n', this.#cursor.at);
        this.#cursor.at = end < 0 ? this.#cursor.text.length : end;
      } else return;
    }
  }

  skipNewlines(): void {
    this.skipBlank();
    while (this.take('\n')) this.skipBlank();
  }

  /** Between a `for` with its words and its body stands one semicolon or a new line. */
  skipSeparator(): void {
    if (this.rest() === '' || this.startsWith(';;')) {
      throw new ShellSyntaxError(`${this.nextName()} unexpected`);
    }
    this.take(';');
    this.skipNewlines();
  }

  startsWith(operator: string): boolean {
    this.skipBlank();
    return this.#cursor.text.startsWith(operator, this.#cursor.at);
  }

  take(operator: string): boolean {
    if (!this.startsWith(operator)) return false;
    this.#cursor.at += operator.length;
    if (operator === '\n') this.#here.readAll();
    return true;
  }

  peekWord(): string | null {
    this.skipBlank();
    const ahead = { ...this.#cursor };
    return plain(readWord(ahead, () => []));
  }

  expect(keyword: string): void {
    this.skipNewlines();
    if (this.peekWord() !== keyword) {
      throw new ShellSyntaxError(`${this.nextName()} unexpected (expecting "${keyword}")`);
    }
    this.#cursor.at += keyword.length;
  }

  expression(text: string): Word {
    return readHereText(text, this.#cursor.depth, this.#inner);
  }

  /** The text of a `((...))`. */
  arithmetic(): string {
    this.#cursor.at += 2;
    const end = this.#cursor.text.indexOf('))', this.#cursor.at);
    if (end < 0) throw new ShellSyntaxError('end of file unexpected (expecting "))")');
    const text = this.#cursor.text.slice(this.#cursor.at, end);
    this.#cursor.at = end + 2;
    return text;
  }

  redirections(): Redirection[] {
    const all: Redirection[] = [];
    for (let one = this.redirection(); one !== null; one = this.redirection()) all.push(one);
    return all;
  }

  nextWord(): Word {
    this.skipBlank();
    return this.word();
  }

  word(): Word {
    const start = this.#cursor.at;
    const word = readWord(this.#cursor, this.#inner);
    if (this.#cursor.at === start) throw new ShellSyntaxError(`${this.nextName()} unexpected`);
    return word;
  }

  redirection(): Redirection | null {
    this.skipBlank();
    const found = /^(\d?)(&>|>>|>&|>\||<<<|<<-|<<|<&|>|<)/.exec(this.rest());
    if (found === null) return null;
    const [whole, digit = '', sign = ''] = found;
    if (sign === '<<<' && this.#flavour !== 'bash') {
      throw new ShellSyntaxError('redirection unexpected');
    }
    this.#cursor.at += whole.length;
    const descriptor = digit === '' ? Number(!sign.startsWith('<')) : Number(digit);
    const word = this.nextWord();
    if (sign === '<<' || sign === '<<-') {
      return { descriptor, operator: '<<', target: this.#here.expect(word, sign === '<<-') };
    }
    const operator = sign === '>|' ? '>' : (sign as Redirection['operator']);
    return { descriptor, operator, target: word };
  }
}
