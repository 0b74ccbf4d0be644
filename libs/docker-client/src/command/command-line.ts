import { ClientError, usageExitCode } from './client-error.ts';
import type { Command } from './command.ts';
import { flagsIn, helpOf, subcommandsOf } from './flag-table.ts';
import type { Flag } from './flag-table.ts';
import { Flags, isBoolean } from './flags.ts';
import type { Given } from './flags.ts';
import { integerProblem } from './integer.ts';

/** A line that has been read; `help`: it asks for help. */
export type CommandLine =
  | { readonly kind: 'line'; readonly flags: Flags; readonly words: readonly string[] }
  | { readonly kind: 'help'; readonly isByShorthand: boolean };

/** Which flags a command has, and how its words are read. */
export type LineRules = {
  readonly flags: readonly Flag[];
  readonly stopsAtWord: boolean;
  /** Why a value cannot be taken, by flag; `null`: it can. */
  readonly checks: Readonly<Record<string, (value: string) => string | null>>;
};

export const rulesOf = (name: string, command: Command): LineRules => ({
  flags: [...flagsIn(helpOf(name)), ...flagsIn(command.hidden ?? '')],
  stopsAtWord: command.stopsAtWord === true,
  checks: command.checks ?? {},
});

/**
 * Reads a line as the client's library does.
 *
 * @throws ClientError of code 125
 * @source spf13/pflag flag.go parseArgs
 */
export const readLine = (name: string, rules: LineRules, argv: readonly string[]): CommandLine => {
  const reader = new LineReader(rules, argv);
  try {
    return reader.read();
  } catch (error) {
    if (!(error instanceof FlagProblem)) throw error;
    const path = `docker ${name}`.trim();
    const said = `${error.message}\nSee '${path} --help'.${groupUsage(name)}`;
    throw new ClientError(said, usageExitCode);
  }
};

/**
 * The usage of a group of commands, as its mistakes show it: one command is not yet made then.
 *
 * @source docker/cli v20.10 cli/cobra.go FlagErrorFunc
 */
const groupUsage = (name: string): string => {
  if (subcommandsOf(name).length === 0) return '';
  return `\n\n${helpOf(name).trimStart()}`.replace(/^ {2}completion .*\n/m, '');
};

class FlagProblem extends Error {}

/** Every command has it. Its `-h` is out of use: it works, and is told of. */
const helpFlag: Flag = { name: 'help', shorthand: null, type: 'bool' };

class LineReader {
  readonly #rules: LineRules;
  readonly #waiting: string[];
  readonly #given: Given[] = [];
  #isHelpShort = false;

  constructor(rules: LineRules, argv: readonly string[]) {
    this.#rules = rules;
    this.#waiting = [...argv];
  }

  read(): CommandLine {
    const words: string[] = [];
    for (let word = this.#waiting.shift(); word !== undefined; word = this.#waiting.shift()) {
      if (word === '--') {
        words.push(...this.#waiting.splice(0));
      } else if (word === '-' || !word.startsWith('-')) {
        words.push(word);
        if (this.#rules.stopsAtWord) words.push(...this.#waiting.splice(0));
      } else if (word.startsWith('--')) {
        this.#long(word);
      } else {
        this.#short(word);
      }
    }
    const flags = new Flags(this.#given);
    if (flags.isOn('help')) return { kind: 'help', isByShorthand: this.#isHelpShort };
    return { kind: 'line', flags, words };
  }

  #long(word: string): void {
    const [, name = '', value = null] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '' || name.startsWith('-')) throw new FlagProblem(`bad flag syntax: ${word}`);
    const flag = [...this.#rules.flags, helpFlag].find((one) => one.name === name);
    if (flag === undefined) throw new FlagProblem(`unknown flag: --${name}`);
    this.#set(flag, value ?? this.#valueOf(flag, `flag needs an argument: --${name}`));
  }

  /** Several may stand behind one dash; the first that takes a value takes the rest. */
  #short(word: string): void {
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at);
      const flag = this.#byLetter(letter);
      const rest = word.slice(at + 1);
      if (flag === null) {
        throw new FlagProblem(`unknown shorthand flag: '${letter}' in -${word.slice(at)}`);
      }
      if (rest.startsWith('=') && rest.length > 1) {
        this.#set(flag, rest.slice(1));
        return;
      }
      if (flag.type !== 'bool' && rest !== '') {
        this.#set(flag, rest);
        return;
      }
      const missing = `flag needs an argument: '${letter}' in -${word.slice(at)}`;
      this.#set(flag, this.#valueOf(flag, missing));
    }
  }

  #byLetter(letter: string): Flag | null {
    const own = this.#rules.flags.find((one) => one.shorthand === letter);
    if (own !== undefined) return own;
    if (letter !== 'h') return null;
    this.#isHelpShort = true;
    return helpFlag;
  }

  #valueOf(flag: Flag, missing: string): string {
    if (flag.type === 'bool') return 'true';
    const next = this.#waiting.shift();
    if (next === undefined) throw new FlagProblem(missing);
    return next;
  }

  #set(flag: Flag, value: string): void {
    const problem = this.#rules.checks[flag.name]?.(value) ?? problemOf(flag, value);
    if (problem !== null) {
      const shown = flag.shorthand === null ? '' : `-${flag.shorthand}, `;
      throw new FlagProblem(
        `invalid argument ${JSON.stringify(value)} for "${shown}--${flag.name}" flag: ${problem}`,
      );
    }
    this.#given.push({ name: flag.name, value });
  }
}

/** What Go's numbers say of a text. @source Go strconv */
const problemOf = (flag: Flag, value: string): string | null => {
  if (flag.type !== 'bool') return integerProblem(flag, value);
  if (isBoolean(value)) return null;
  return `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
};
