import { compilePattern, findMatch } from '../pattern/pattern.ts';
import type { Match, Pattern } from '../pattern/pattern.ts';
import { BadPattern } from '../pattern/syntax.ts';
import { editInPlace, inPlaceOf } from './sed-in-place.ts';
import { failed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { linesOf, parseOptions, readInputs } from './input.ts';

type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

type Action =
  | {
      readonly kind: 's';
      readonly pattern: Pattern;
      readonly replacement: string;
      readonly isGlobal: boolean;
      readonly isPrinted: boolean;
      /** Which match is replaced, 1 first. */
      readonly nth: number;
    }
  | { readonly kind: 'p' }
  | { readonly kind: 'd' }
  | { readonly kind: 'q' }
  | { readonly kind: '=' }
  | { readonly kind: 'y'; readonly from: string; readonly to: string }
  | { readonly kind: 'a'; readonly text: string }
  | { readonly kind: 'i'; readonly text: string }
  | { readonly kind: 'c'; readonly text: string };

type SedCommand = {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly isNegated: boolean;
  readonly action: Action;
};

class SedError extends Error {}

/** Reads a sed script: addresses, and the commands s y p d q = a i c. */
class SedParser {
  #at = 0;
  readonly #text: string;
  readonly #isExtended: boolean;

  constructor(text: string, isExtended: boolean) {
    this.#text = text;
    this.#isExtended = isExtended;
  }

  parse(): SedCommand[] {
    const commands: SedCommand[] = [];
    for (;;) {
      while (/[\s;]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      if (this.#at >= this.#text.length) return commands;
      const from = this.#address();
      let to: Address | null = null;
      if (from !== null && this.#text[this.#at] === ',') {
        this.#at += 1;
        to = this.#address();
      }
      const isNegated = this.#text[this.#at] === '!';
      if (isNegated) this.#at += 1;
      while (this.#text[this.#at] === ' ') this.#at += 1;
      commands.push({ from, to, isNegated, action: this.#action() });
    }
  }

  #fail(text: string): never {
    throw new SedError(`-e expression #1, char ${this.#at}: ${text}`);
  }

  #compile(text: string, flags = ''): Pattern {
    try {
      const ignoresCase = flags.includes('I') || flags.includes('i');
      return compilePattern(text, { isExtended: this.#isExtended, ignoresCase });
    } catch (error) {
      if (error instanceof BadPattern) return this.#fail(error.message);
      throw error;
    }
  }

  #address(): Address | null {
    const letter = this.#text[this.#at] ?? '';
    const digits = /^\d+/.exec(this.#text.slice(this.#at))?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return { kind: 'line', line: Number(digits) };
    }
    if (letter === '$') {
      this.#at += 1;
      return { kind: 'last' };
    }
    if (letter !== '/' && letter !== '\\') return null;
    this.#at += letter === '/' ? 0 : 1;
    const delimiter = this.#text[this.#at] ?? '/';
    this.#at += 1;
    return { kind: 'pattern', pattern: this.#compile(this.#until(delimiter, 'address regex')) };
  }

  /** The text up to the delimiter; `\` before it takes its meaning away. */
  #until(delimiter: string, what: string): string {
    let text = '';
    for (; this.#at < this.#text.length; this.#at += 1) {
      const letter = this.#text[this.#at] ?? '';
      if (letter === delimiter) {
        this.#at += 1;
        return text;
      }
      if (letter === '\\') {
        this.#at += 1;
        const next = this.#text[this.#at] ?? '';
        text += next === delimiter ? next : `\\${next}`;
      } else text += letter;
    }
    return this.#fail(what === 's' ? "unterminated `s' command" : `unterminated ${what}`);
  }

  #action(): Action {
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (letter === 's') return this.#substitution();
    if (letter === 'y') return this.#transliteration();
    if (letter === 'p' || letter === 'd' || letter === 'q' || letter === '=') {
      return { kind: letter };
    }
    if (letter === 'a' || letter === 'i' || letter === 'c') {
      const end = this.#text.indexOf('\n', this.#at + 2);
      const raw = this.#text.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end;
      return { kind: letter, text: raw.replace(/^\s*(\\\n?)?\s*/, '') };
    }
    if (letter === '') return this.#fail('missing command');
    return this.#fail(`unknown command: \`${letter}'`);
  }

  #substitution(): Action {
    const delimiter = this.#text[this.#at] ?? '';
    if (delimiter === '') return this.#fail("unterminated `s' command");
    this.#at += 1;
    const pattern = this.#until(delimiter, 's');
    const replacement = this.#until(delimiter, 's');
    const flags = /^[gpIi0-9]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += flags.length;
    return {
      kind: 's',
      pattern: this.#compile(pattern, flags),
      replacement,
      isGlobal: flags.includes('g'),
      isPrinted: flags.includes('p'),
      nth: Number(/\d+/.exec(flags)?.[0] ?? '1'),
    };
  }

  #transliteration(): Action {
    const delimiter = this.#text[this.#at] ?? '';
    this.#at += 1;
    const from = this.#until(delimiter, "`y' command");
    const to = this.#until(delimiter, "`y' command");
    if (from.length !== to.length) {
      this.#fail("strings for `y' command are different lengths");
    }
    return { kind: 'y', from, to };
  }
}

const fill = (replacement: string, text: string, match: Match): string =>
  replacement.replaceAll(/\\(.)|&/gs, (whole, letter: string | undefined) => {
    if (whole === '&') return text.slice(match.start, match.end);
    if (letter === 'n') return '\n';
    if (letter === 't') return '\t';
    if (letter === '0') return text.slice(match.start, match.end);
    if (letter === undefined || !/[1-9]/.test(letter)) return letter ?? '';
    const group = match.groups[Number(letter) - 1];
    return group ? text.slice(group.start, group.end) : '';
  });

type Substitution = Extract<Action, { kind: 's' }>;

const substitute = (line: string, action: Substitution): { text: string; isDone: boolean } => {
  let out = '';
  let at = 0;
  let count = 0;
  let isDone = false;
  while (at <= line.length) {
    const match = findMatch(action.pattern, line, at);
    if (match === null) break;
    count += 1;
    const isTaken = count === action.nth || (action.isGlobal && count >= action.nth);
    out += line.slice(at, match.start);
    out += isTaken ? fill(action.replacement, line, match) : line.slice(match.start, match.end);
    isDone ||= isTaken;
    at = match.end;
    if (match.end === match.start) {
      out += line[at] ?? '';
      at += 1;
    }
    if (isTaken && !action.isGlobal) break;
  }
  return { text: out + line.slice(at), isDone };
};

type Place = { readonly line: string; readonly number: number; readonly isLast: boolean };

const fits = (address: Address, place: Place): boolean => {
  if (address.kind === 'line') return place.number === address.line;
  if (address.kind === 'last') return place.isLast;
  return findMatch(address.pattern, place.line) !== null;
};

/** Whether a command applies; `open` remembers the ranges that have begun. */
const applies = (command: SedCommand, place: Place, open: Set<SedCommand>): boolean => {
  const { from, to } = command;
  if (from === null) return true;
  if (to === null) return fits(from, place);
  if (open.has(command)) {
    const isPast = to.kind === 'line' && place.number >= to.line;
    if (isPast || fits(to, place)) open.delete(command);
    return !(to.kind === 'line' && place.number > to.line);
  }
  if (!fits(from, place)) return false;
  if (!(to.kind === 'line' && to.line <= place.number)) open.add(command);
  return true;
};

type Step = { line: string | null; out: string; after: string; isQuit: boolean };

const carryOut = (action: Action, step: Step, number: number): void => {
  const line = step.line ?? '';
  if (action.kind === 's') {
    const { text, isDone } = substitute(line, action);
    step.line = text;
    if (isDone && action.isPrinted) step.out += `${text}\n`;
  } else if (action.kind === 'y') {
    step.line = Array.from(line)
      .map((letter) => {
        const at = action.from.indexOf(letter);
        return at < 0 ? letter : (action.to[at] ?? letter);
      })
      .join('');
  } else if (action.kind === 'p') step.out += `${line}\n`;
  else if (action.kind === '=') step.out += `${number}\n`;
  else if (action.kind === 'd') step.line = null;
  else if (action.kind === 'q') step.isQuit = true;
  else if (action.kind === 'i') step.out += `${action.text}\n`;
  else if (action.kind === 'a') step.after += `${action.text}\n`;
  else {
    step.out += `${action.text}\n`;
    step.line = null;
  }
};

const edit = (
  commands: readonly SedCommand[],
  all: readonly string[],
  isQuiet: boolean,
): string => {
  const open = new Set<SedCommand>();
  let stdout = '';
  for (const [index, first] of all.entries()) {
    const step: Step = { line: first, out: '', after: '', isQuit: false };
    const number = index + 1;
    for (const command of commands) {
      const place = { line: step.line ?? '', number, isLast: number === all.length };
      if (applies(command, place, open) === command.isNegated) continue;
      carryOut(command.action, step, number);
      if (step.line === null || step.isQuit) break;
    }
    stdout += step.out;
    if (step.line !== null && !isQuiet) stdout += `${step.line}\n`;
    stdout += step.after;
    if (step.isQuit) break;
  }
  return stdout;
};

/** `sed [-n] [-E|-r] [-i[SUFFIX]] [-e SCRIPT] [FILE...]`; labels and hold space are refused. */
export const sed: Tool = (world, argv, stdin) => {
  const { words, suffix } = inPlaceOf(argv);
  const { options, operands, unknown } = parseOptions(words, 'nErse:');
  if (unknown !== null) return failed(1, `sed: invalid option -- '${unknown}'\n`);
  const scripts = options.get('e') ?? operands.slice(0, 1);
  const paths = options.has('e') ? operands : operands.slice(1);
  if (scripts.length === 0) return failed(1, 'Usage: sed [OPTION]... {script} [input-file]...\n');
  try {
    const isExtended = options.has('E') || options.has('r');
    const commands = new SedParser(scripts.join('\n'), isExtended).parse();
    const edited = (text: string): string => edit(commands, linesOf(text), options.has('n'));
    if (suffix !== null) return editInPlace(world, { paths, suffix, edited });
    const { inputs, errors } = readInputs(world, 'sed', paths, stdin);
    const stdout = edited(inputs.map((input) => input.text).join(''));
    return { stdout, stderr: errors, exitCode: errors === '' ? 0 : 2, durationMs: 0 };
  } catch (error) {
    if (error instanceof SedError) return failed(1, `sed: ${error.message}\n`);
    throw error;
  }
};
