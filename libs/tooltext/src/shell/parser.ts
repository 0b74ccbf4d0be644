import { ShellSyntaxError } from './syntax.ts';
import type { AndOr, Command, Pipeline, Redirection, Script, Word } from './syntax.ts';
import { deeper, readWord } from './word-parser.ts';
import type { Cursor } from './word-parser.ts';

/** Length of one line, characters. */
const lineMax = 64 * 1024;

const reserved = [
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
const plain = (word: Word): string | null => {
  const [only, more] = word;
  if (only?.kind !== 'text' || only.isQuoted || more !== undefined) return null;
  return only.text;
};

class Parser {
  readonly #cursor: Cursor;

  constructor(text: string, depth: number) {
    this.#cursor = { text, at: 0, depth };
  }

  parseAll(): Script {
    const script = this.#script([], true);
    this.#skipBlank();
    if (this.#rest() !== '') throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
    return script;
  }

  #rest(): string {
    return this.#cursor.text.slice(this.#cursor.at);
  }

  #nextName(): string {
    const rest = this.#rest();
    if (rest === '') return 'end of file';
    const token = /^(&&|\|\||;;|[;&|<>()\n]|[^\s;&|<>()]+)/.exec(rest)?.[0] ?? rest;
    if (token === '\n') return 'newline';
    const isOperator = /^[;&|<>()]/.test(token);
    return isOperator || reserved.includes(token) ? `"${token}"` : 'word';
  }

  #skipBlank(): void {
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

  #skipNewlines(): void {
    this.#skipBlank();
    while (this.#take('\n')) this.#skipBlank();
  }

  /** Between a `for` with its words and its body stands one semicolon or a new line. */
  #skipSeparator(): void {
    if (this.#rest() === '' || this.#startsWith(';;')) {
      throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
    }
    this.#take(';');
    this.#skipNewlines();
  }

  #startsWith(operator: string): boolean {
    this.#skipBlank();
    return this.#cursor.text.startsWith(operator, this.#cursor.at);
  }

  #take(operator: string): boolean {
    if (!this.#startsWith(operator)) return false;
    this.#cursor.at += operator.length;
    return true;
  }

  #peekWord(): string | null {
    this.#skipBlank();
    const ahead = { ...this.#cursor };
    return plain(readWord(ahead, () => []));
  }

  #expect(keyword: string): void {
    this.#skipNewlines();
    if (this.#peekWord() !== keyword) {
      throw new ShellSyntaxError(`${this.#nextName()} unexpected (expecting "${keyword}")`);
    }
    this.#cursor.at += keyword.length;
  }

  /**
   * Commands up to one of the closing words, which stays unread. Each ends with a `;`, a `&` or a
   * new line, and there is at least one, but where a script may be empty.
   */
  #script(closing: readonly string[], mayBeEmpty = false): Script {
    const all: AndOr[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#isAtEnd(closing) && (mayBeEmpty || all.length > 0)) return all;
      if (this.#rest() === '') return all;
      all.push(this.#andOr());
      // A background job has ended by the time the next command runs: nothing runs in parallel.
      const isEnded = (!this.#startsWith(';;') && this.#take(';')) || this.#take('&');
      if (isEnded || this.#startsWith('\n')) continue;
      if (this.#isAtEnd(closing)) return all;
      throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
    }
  }

  /** At the end of a list: of the text, a bracket, a branch, or at a word that closes it. */
  #isAtEnd(closing: readonly string[]): boolean {
    const word = this.#peekWord();
    if (word !== null && closing.includes(word)) return true;
    return this.#rest() === '' || this.#startsWith(')') || this.#startsWith(';;');
  }

  #andOr(): AndOr {
    const first = this.#pipeline();
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      const operator = this.#take('&&') ? '&&' : this.#take('||') ? '||' : null;
      if (operator === null) return { first, rest };
      while (this.#take('\n'));
      rest.push({ operator, pipeline: this.#pipeline() });
    }
  }

  #pipeline(): Pipeline {
    const isNegated = this.#peekWord() === '!';
    if (isNegated) this.#cursor.at += 1;
    const commands = [this.#command()];
    for (;;) {
      this.#skipBlank();
      if (this.#rest().startsWith('||') || !this.#take('|')) return { isNegated, commands };
      while (this.#take('\n'));
      commands.push(this.#command());
    }
  }

  #command(): Command {
    this.#cursor.depth = this.#oneDeeper();
    const command = this.#anyCommand();
    this.#cursor.depth -= 1;
    return command;
  }

  /** Too many brackets that nothing closes are a line cut off, however deep they stand. */
  #oneDeeper(): number {
    try {
      return deeper(this.#cursor.depth);
    } catch (error) {
      const isCutOff = /^[^)]*\(\s*$/.test(this.#rest());
      throw isCutOff ? new ShellSyntaxError(`end of file unexpected (expecting ")")`) : error;
    }
  }

  #anyCommand(): Command {
    if (this.#take('(')) return this.#group(')');
    const word = this.#peekWord();
    if (word === '{') {
      this.#cursor.at += 1;
      return this.#group('}');
    }
    const compound = this.#compound(word);
    if (compound === null) {
      if (word === null || !reserved.includes(word)) return this.#simple();
      throw new ShellSyntaxError(`"${word}" unexpected`);
    }
    const redirections = this.#redirections();
    if (redirections.length === 0) return compound;
    const pipeline = { isNegated: false, commands: [compound] };
    return {
      kind: 'group',
      isSubshell: false,
      body: [{ first: pipeline, rest: [] }],
      redirections,
    };
  }

  #compound(word: string | null): Command | null {
    if (word === 'if') return this.#ifCommand();
    if (word === 'for') return this.#forCommand();
    if (word === 'while' || word === 'until') return this.#whileCommand(word);
    return word === 'case' ? this.#caseCommand() : null;
  }

  #group(close: ')' | '}'): Command {
    const body = this.#script(close === '}' ? ['}'] : []);
    if (!this.#take(close)) {
      throw new ShellSyntaxError(`${this.#nextName()} unexpected (expecting "${close}")`);
    }
    return { kind: 'group', isSubshell: close === ')', body, redirections: this.#redirections() };
  }

  #redirections(): Redirection[] {
    const all: Redirection[] = [];
    for (let one = this.#redirection(); one !== null; one = this.#redirection()) all.push(one);
    return all;
  }

  #ifCommand(): Command {
    const branches: { condition: Script; body: Script }[] = [];
    this.#expect('if');
    for (;;) {
      const condition = this.#script(['then']);
      this.#expect('then');
      branches.push({ condition, body: this.#script(['elif', 'else', 'fi']) });
      if (this.#peekWord() !== 'elif') break;
      this.#expect('elif');
    }
    let otherwise: Script = [];
    if (this.#peekWord() === 'else') {
      this.#expect('else');
      otherwise = this.#script(['fi']);
    }
    this.#expect('fi');
    return { kind: 'if', branches, otherwise };
  }

  #forCommand(): Command {
    this.#expect('for');
    this.#skipBlank();
    const name = plain(this.#word()) ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellSyntaxError('Bad for loop variable');
    if (!this.#startsWith(';;')) this.#take(';');
    this.#skipNewlines();
    let words: Word[] | null = null;
    if (this.#peekWord() === 'in') {
      this.#expect('in');
      words = [];
      for (;;) {
        this.#skipBlank();
        const letter = this.#cursor.text[this.#cursor.at];
        if (letter === undefined || letter === ';' || letter === '\n') break;
        words.push(this.#word());
      }
      this.#skipSeparator();
    }
    this.#expect('do');
    const body = this.#script(['done']);
    this.#expect('done');
    return { kind: 'for', name, words, body };
  }

  #whileCommand(keyword: 'while' | 'until'): Command {
    this.#expect(keyword);
    const condition = this.#script(['do']);
    this.#expect('do');
    const body = this.#script(['done']);
    this.#expect('done');
    return { kind: 'while', isUntil: keyword === 'until', condition, body };
  }

  #caseCommand(): Command {
    this.#expect('case');
    this.#skipBlank();
    const subject = this.#word();
    this.#expect('in');
    const branches: { patterns: Word[]; body: Script }[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#peekWord() === 'esac') break;
      this.#take('(');
      const patterns = [this.#nextWord()];
      while (this.#take('|')) patterns.push(this.#nextWord());
      if (!this.#take(')')) throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
      branches.push({ patterns, body: this.#script(['esac'], true) });
      if (!this.#take(';;')) break;
    }
    this.#expect('esac');
    return { kind: 'case', subject, branches };
  }

  #nextWord(): Word {
    this.#skipBlank();
    return this.#word();
  }

  #word(): Word {
    const start = this.#cursor.at;
    const word = readWord(this.#cursor, (text, depth) => new Parser(text, depth).parseAll());
    if (this.#cursor.at === start) throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
    return word;
  }

  #redirection(): Redirection | null {
    this.#skipBlank();
    const found = /^(\d?)(&>|>>|>&|<<|>|<)/.exec(this.#rest());
    if (found === null) return null;
    const [whole, digit, operator] = found;
    if (operator === '<<') throw new ShellSyntaxError('here-documents are not simulated');
    this.#cursor.at += whole.length;
    const usual = operator === '<' ? 0 : 1;
    return {
      descriptor: digit === '' ? usual : Number(digit),
      operator: operator as Redirection['operator'],
      target: this.#nextWord(),
    };
  }

  #simple(): Command {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      const redirection = this.#redirection();
      if (redirection !== null) {
        redirections.push(redirection);
        continue;
      }
      const letter = this.#cursor.text[this.#cursor.at];
      if (letter === undefined || ';&|()\n'.includes(letter)) break;
      const assignment = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(this.#rest()) : null;
      if (assignment !== null) {
        this.#cursor.at += assignment[0].length;
        const next = this.#cursor.text[this.#cursor.at] ?? ' ';
        const isEmpty = ' \t\n;&|'.includes(next);
        assignments.push({ name: assignment[1] ?? '', value: isEmpty ? [] : this.#word() });
      } else words.push(this.#word());
    }
    if (words.length === 0 && assignments.length === 0 && redirections.length === 0) {
      throw new ShellSyntaxError(`${this.#nextName()} unexpected`);
    }
    return { kind: 'simple', assignments, words, redirections };
  }
}

/** @throws ShellSyntaxError with the words the shell prints after `Syntax error: ` */
export const parseScript = (text: string): Script => {
  if (text.length > lineMax) throw new ShellSyntaxError('line too long');
  return new Parser(text, 0).parseAll();
};
