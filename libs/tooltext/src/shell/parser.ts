import { ShellSyntaxError } from './syntax.ts';
import type {
  AndOr,
  Assignment,
  Command,
  Pipeline,
  Redirection,
  Script,
  TestToken,
  Word,
} from './syntax.ts';
import type { ShellFlavour } from './session.ts';
import { TokenReader, plain, reserved } from './token-reader.ts';
import { deeper } from './word-parser.ts';
import type { Cursor } from './word-parser.ts';

/** Length of one line, characters. */
const lineMax = 64 * 1024;

class Parser {
  readonly #cursor: Cursor;
  readonly #flavour: ShellFlavour;
  readonly #tokens: TokenReader;

  constructor(text: string, depth: number, flavour: ShellFlavour) {
    this.#cursor = { text, at: 0, depth, hasBashWords: flavour !== 'dash' };
    this.#flavour = flavour;
    const inner = (script: string, level: number): Script =>
      new Parser(script, level, flavour).parseAll();
    this.#tokens = new TokenReader(this.#cursor, flavour, inner);
  }

  /** Where it stands. */
  get tokens(): TokenReader {
    return this.#tokens;
  }

  parseAll(): Script {
    const script = this.#script([], true);
    this.#tokens.skipBlank();
    if (this.#tokens.rest() !== '')
      throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected`);
    return script;
  }

  /** The commands up to the end of a line; `null`: there are no more. */
  parseLine(): Script | null {
    this.#tokens.skipNewlines();
    if (this.#tokens.rest() === '') return null;
    const all: AndOr[] = [];
    while (this.#tokens.rest() !== '' && !this.#tokens.startsWith('\n')) {
      all.push(this.#ended(this.#andOr()));
      const hasMore = !this.#tokens.startsWith('\n') && this.#tokens.rest() !== '';
      if (hasMore && !this.#isEnded) {
        throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected`);
      }
    }
    this.#tokens.take('\n');
    return all;
  }

  /**
   * Commands up to one of the closing words, which stays unread. Each ends with a `;`, a `&` or a
   * new line, and there is at least one, but where a script may be empty.
   */
  #script(closing: readonly string[], mayBeEmpty = false): Script {
    const all: AndOr[] = [];
    for (;;) {
      this.#tokens.skipNewlines();
      if (this.#isAtEnd(closing) && (mayBeEmpty || all.length > 0)) return all;
      if (this.#tokens.rest() === '') return all;
      all.push(this.#ended(this.#andOr()));
      if (this.#isEnded || this.#tokens.startsWith('\n')) continue;
      if (this.#isAtEnd(closing)) return all;
      throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected`);
    }
  }

  /** Whether the last command had a `;` or a `&` behind it. */
  #isEnded = false;

  #ended(one: AndOr): AndOr {
    const isShut = !this.#tokens.startsWith(';;') && this.#tokens.take(';');
    const isBackground = !isShut && this.#tokens.take('&');
    this.#isEnded = isShut || isBackground;
    return { ...one, isBackground };
  }

  /** At the end of a list: of the text, a bracket, a branch, or at a word that closes it. */
  #isAtEnd(closing: readonly string[]): boolean {
    const word = this.#tokens.peekWord();
    if (word !== null && closing.includes(word)) return true;
    return (
      this.#tokens.rest() === '' || this.#tokens.startsWith(')') || this.#tokens.startsWith(';;')
    );
  }

  #andOr(): AndOr {
    const first = this.#pipeline();
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      const operator = this.#tokens.take('&&') ? '&&' : this.#tokens.take('||') ? '||' : null;
      if (operator === null) return { first, rest, isBackground: false };
      while (this.#tokens.take('\n'));
      rest.push({ operator, pipeline: this.#pipeline() });
    }
  }

  #pipeline(): Pipeline {
    const isNegated = this.#tokens.peekWord() === '!';
    if (isNegated) this.#cursor.at += 1;
    const commands = [this.#command()];
    for (;;) {
      this.#tokens.skipBlank();
      if (this.#tokens.rest().startsWith('||') || !this.#tokens.take('|'))
        return { isNegated, commands };
      while (this.#tokens.take('\n'));
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
      const isCutOff = /^[^)]*\(\s*$/.test(this.#tokens.rest());
      throw isCutOff ? new ShellSyntaxError(`end of file unexpected (expecting ")")`) : error;
    }
  }

  #anyCommand(): Command {
    const isArithmetic = this.#flavour === 'bash' && this.#tokens.startsWith('((');
    if (isArithmetic)
      return { kind: 'arithmetic', word: this.#tokens.expression(this.#tokens.arithmetic()) };
    if (this.#tokens.take('(')) return this.#group(')');
    const word = this.#tokens.peekWord();
    if (word === '{') {
      this.#cursor.at += 1;
      return this.#group('}');
    }
    const compound = this.#compound(word);
    if (compound === null) {
      if (word === null || !reserved.includes(word)) return this.#simple();
      throw new ShellSyntaxError(`"${word}" unexpected`);
    }
    const redirections = this.#tokens.redirections();
    if (redirections.length === 0) return compound;
    const pipeline = { isNegated: false, commands: [compound] };
    return {
      kind: 'group',
      isSubshell: false,
      body: [{ first: pipeline, rest: [], isBackground: false }],
      redirections,
    };
  }

  #compound(word: string | null): Command | null {
    if (word === 'if') return this.#ifCommand();
    if (word === 'for') return this.#forCommand();
    if (word === 'while' || word === 'until') return this.#whileCommand(word);
    if (word === 'case') return this.#caseCommand();
    if (this.#flavour === 'dash') return null;
    if (word === '[[') return this.#testCommand();
    return word === 'function' ? this.#functionCommand() : null;
  }

  #testCommand(): Command {
    this.#cursor.at += 2;
    const tokens: TestToken[] = [];
    for (;;) {
      this.#tokens.skipNewlines();
      if (this.#tokens.peekWord() === ']]') break;
      const text = (['&&', '||', '(', ')', '<', '>'] as const).find((one) =>
        this.#tokens.take(one),
      );
      tokens.push(
        text === undefined
          ? { kind: 'word', word: this.#tokens.word() }
          : { kind: 'operator', text },
      );
    }
    this.#cursor.at += 2;
    return { kind: 'test', tokens };
  }

  /** `function NAME {` of bash and BusyBox. */
  #functionCommand(): Command {
    this.#tokens.expect('function');
    const name = plain(this.#tokens.nextWord()) ?? '';
    if (this.#tokens.take('(')) this.#tokens.take(')');
    this.#tokens.skipNewlines();
    return { kind: 'function', name, body: this.#command() };
  }

  #group(close: ')' | '}'): Command {
    const body = this.#script(close === '}' ? ['}'] : []);
    if (!this.#tokens.take(close)) {
      throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected (expecting "${close}")`);
    }
    return {
      kind: 'group',
      isSubshell: close === ')',
      body,
      redirections: this.#tokens.redirections(),
    };
  }

  #ifCommand(): Command {
    const branches: { condition: Script; body: Script }[] = [];
    this.#tokens.expect('if');
    for (;;) {
      const condition = this.#script(['then']);
      this.#tokens.expect('then');
      branches.push({ condition, body: this.#script(['elif', 'else', 'fi']) });
      if (this.#tokens.peekWord() !== 'elif') break;
      this.#tokens.expect('elif');
    }
    let otherwise: Script = [];
    if (this.#tokens.peekWord() === 'else') {
      this.#tokens.expect('else');
      otherwise = this.#script(['fi']);
    }
    this.#tokens.expect('fi');
    return { kind: 'if', branches, otherwise };
  }

  #forCommand(): Command {
    this.#tokens.expect('for');
    this.#tokens.skipBlank();
    const isCounting = this.#flavour === 'bash' && this.#tokens.startsWith('((');
    if (isCounting) return this.#countingCommand();
    if (this.#tokens.startsWith('(')) throw new ShellSyntaxError('Bad for loop variable');
    const name = plain(this.#tokens.word()) ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellSyntaxError('Bad for loop variable');
    if (!this.#tokens.startsWith(';;')) this.#tokens.take(';');
    this.#tokens.skipNewlines();
    let words: Word[] | null = null;
    if (this.#tokens.peekWord() === 'in') {
      this.#tokens.expect('in');
      words = [];
      for (;;) {
        this.#tokens.skipBlank();
        const letter = this.#cursor.text[this.#cursor.at];
        if (letter === undefined || letter === ';' || letter === '\n') break;
        words.push(this.#tokens.word());
      }
      this.#tokens.skipSeparator();
    }
    this.#tokens.expect('do');
    const body = this.#script(['done']);
    this.#tokens.expect('done');
    return { kind: 'for', name, words, body };
  }

  #countingCommand(): Command {
    const texts = this.#tokens.arithmetic().split(';');
    const [first = [], condition = [], next = []] = texts.map((one) =>
      this.#tokens.expression(one),
    );
    this.#tokens.skipSeparator();
    this.#tokens.expect('do');
    const body = this.#script(['done']);
    this.#tokens.expect('done');
    return { kind: 'counting', first, condition, next, body };
  }

  #whileCommand(keyword: 'while' | 'until'): Command {
    this.#tokens.expect(keyword);
    const condition = this.#script(['do']);
    this.#tokens.expect('do');
    const body = this.#script(['done']);
    this.#tokens.expect('done');
    return { kind: 'while', isUntil: keyword === 'until', condition, body };
  }

  #caseCommand(): Command {
    this.#tokens.expect('case');
    this.#tokens.skipBlank();
    const subject = this.#tokens.word();
    this.#tokens.expect('in');
    const branches: { patterns: Word[]; body: Script }[] = [];
    for (;;) {
      this.#tokens.skipNewlines();
      if (this.#tokens.peekWord() === 'esac') break;
      this.#tokens.take('(');
      const patterns = [this.#tokens.nextWord()];
      while (this.#tokens.take('|')) patterns.push(this.#tokens.nextWord());
      if (!this.#tokens.take(')'))
        throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected`);
      branches.push({ patterns, body: this.#script(['esac'], true) });
      if (!this.#tokens.take(';;')) break;
    }
    this.#tokens.expect('esac');
    return { kind: 'case', subject, branches };
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const { line } = this.#tokens;
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      const redirection = this.#tokens.redirection();
      if (redirection !== null) {
        redirections.push(redirection);
        continue;
      }
      const letter = this.#cursor.text[this.#cursor.at];
      if (letter === undefined || ';&|()\n'.includes(letter)) break;
      const assignment = words.length === 0 ? this.#assignmentForm.exec(this.#tokens.rest()) : null;
      if (assignment !== null) {
        this.#cursor.at += assignment[0].length;
        const next = this.#cursor.text[this.#cursor.at] ?? ' ';
        const isEmpty = ' \t\n;&|'.includes(next);
        const [, name = '', sign] = assignment;
        const value = isEmpty ? [] : this.#tokens.word();
        assignments.push({ name, value, isAppended: sign === '+=' });
      } else words.push(this.#tokens.word());
      const isDefinition =
        words.length === 1 && assignments.length === 0 && this.#tokens.startsWith('(');
      if (isDefinition) return this.#definition(plain(words[0] ?? []));
    }
    if (words.length === 0 && assignments.length === 0 && redirections.length === 0) {
      throw new ShellSyntaxError(`${this.#tokens.nextName()} unexpected`);
    }
    return { kind: 'simple', line, assignments, words, redirections };
  }

  get #assignmentForm(): RegExp {
    return this.#flavour === 'bash' ? /^([A-Za-z_]\w*)(\+?=)/ : /^([A-Za-z_]\w*)(=)/;
  }

  /** `NAME() COMMAND` */
  #definition(name: string | null): Command {
    const start = this.#cursor.at;
    this.#tokens.take('(');
    if (name === null || !this.#tokens.take(')')) {
      this.#cursor.at = start;
      throw new ShellSyntaxError('"(" unexpected');
    }
    this.#tokens.skipNewlines();
    return { kind: 'function', name, body: this.#command() };
  }
}

/** Reads a script line by line: what stands before a mistake is carried out. */
export class ScriptLines {
  readonly #parser: Parser;

  /** @throws ShellSyntaxError with the words the shell prints after `Syntax error: ` */
  constructor(text: string, flavour: ShellFlavour) {
    if (text.length > lineMax) throw new ShellSyntaxError('line too long');
    this.#parser = new Parser(text, 0, flavour);
  }

  /** Where the next command stands. */
  get line(): number {
    return this.#parser.tokens.line;
  }

  /** The line that is read, as it stands there. */
  get text(): string {
    return this.#parser.tokens.lineText;
  }

  /** @throws ShellSyntaxError */
  next(): Script | null {
    return this.#parser.parseLine();
  }
}
