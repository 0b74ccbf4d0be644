import type { FileEntry } from '@netfold/contracts';
import { globMatches } from '../shell/glob.ts';
import type { PrintedPiece, Program, ProgramCall, ProgramOutput } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { entryAt, sizeOf } from './entry.ts';
import { baseName, below } from './operands.ts';

/** What `find` looks at, as it prints it. */
type Found = { readonly name: string; readonly entry: FileEntry; readonly depth: number };

/** Whether it is one; actions do their work and are one. */
type Test = (found: Found) => boolean;

class FindProblem extends Error {}

/** Files that one call looks at. */
const filesMax = 10_000;

/** `find [PATH...] [EXPRESSION]`: names in the order of the alphabet. */
export const find: Program = (call) => {
  const words = call.argv.slice(1);
  const at = words.findIndex((word) => /^[-!(]/.test(word));
  const paths = at < 0 ? words : words.slice(0, at);
  const pieces: PrintedPiece[] = [];
  try {
    const expression = new FindExpression(call, at < 0 ? [] : words.slice(at), pieces);
    const test = expression.read();
    for (const path of paths.length === 0 ? ['.'] : paths) {
      const entry = entryAt(call.world, path);
      if (entry !== null) walk(call.world, { name: path, entry, depth: 0 }, expression, test);
      else pieces.push({ stream: 'stderr', text: missing(call.world, path) });
    }
    const isWhole = pieces.every(({ stream }) => stream === 'stdout');
    return { pieces, exitCode: isWhole ? 0 : 1, durationMs: 0 };
  } catch (error) {
    if (!(error instanceof FindProblem)) throw error;
    const text = `find: ${error.message}\n`;
    return { pieces: [{ stream: 'stderr', text }], exitCode: 1, durationMs: 0 };
  }
};

const missing = ({ userland }: ToolWorld, path: string): string =>
  `find: ${userland === 'busybox' ? path : `'${path}'`}: No such file or directory\n`;

const walk = (world: ToolWorld, found: Found, expression: FindExpression, test: Test): void => {
  const { least, most } = expression;
  expression.seen += 1;
  if (expression.seen > filesMax) throw new FindProblem('netfold: too many files');
  const act = (): void => {
    if (found.depth >= least) test(found);
  };
  if (!expression.isDepthFirst) act();
  if (found.entry.kind === 'directory' && found.depth < most) {
    for (const one of world.listDirectory(found.entry.path) ?? []) {
      const entry = entryAt(world, below(found.entry.path, one));
      if (entry === null) continue;
      walk(
        world,
        { name: below(found.name, one), entry, depth: found.depth + 1 },
        expression,
        test,
      );
    }
  }
  if (expression.isDepthFirst) act();
};

const letterOf: Readonly<Record<FileEntry['kind'], string>> = {
  file: 'f',
  directory: 'd',
  link: 'l',
};

/** `+3`, `-3`, `3` */
const countIs = (text: string, value: number): boolean => {
  const wanted = Number(text.replace(/^[-+]/, ''));
  if (text.startsWith('+')) return value > wanted;
  return text.startsWith('-') ? value < wanted : value === wanted;
};

const unitBytes: Readonly<Record<string, number>> = { c: 1, b: 512, k: 1_024, M: 1_048_576 };

class FindExpression {
  least = 0;
  most = Number.POSITIVE_INFINITY;
  isDepthFirst = false;
  seen = 0;
  readonly #call: ProgramCall;
  readonly #words: readonly string[];
  readonly #pieces: PrintedPiece[];
  #at = 0;
  #hasAction = false;

  constructor(call: ProgramCall, words: readonly string[], pieces: PrintedPiece[]) {
    this.#call = call;
    this.#words = words;
    this.#pieces = pieces;
  }

  read(): Test {
    const test = this.#words.length === 0 ? () => true : this.#either();
    if (this.#at < this.#words.length) throw this.#unknown(this.#words[this.#at] ?? '');
    if (this.#hasAction) return test;
    return (found) => test(found) && this.#print(`${found.name}\n`);
  }

  #print(text: string): boolean {
    this.#pieces.push({ stream: 'stdout', text });
    return true;
  }

  #unknown(word: string): FindProblem {
    const isBusybox = this.#call.world.userland === 'busybox';
    return new FindProblem(isBusybox ? `unrecognized: ${word}` : `unknown predicate \`${word}'`);
  }

  #take(...words: readonly string[]): boolean {
    const isTaken = words.includes(this.#words[this.#at] ?? '');
    if (isTaken) this.#at += 1;
    return isTaken;
  }

  #either(): Test {
    const first = this.#both();
    if (!this.#take('-o', '-or')) return first;
    const other = this.#either();
    return (found) => first(found) || other(found);
  }

  #both(): Test {
    const all = [this.#one()];
    for (;;) {
      this.#take('-a', '-and');
      const next = this.#words[this.#at];
      if (next === undefined || ['-o', '-or', ')'].includes(next)) break;
      all.push(this.#one());
    }
    return (found) => all.every((test) => test(found));
  }

  #one(): Test {
    if (this.#take('!', '-not')) {
      const test = this.#one();
      return (found) => !test(found);
    }
    if (this.#take('(')) {
      const test = this.#either();
      if (!this.#take(')')) throw this.#unknown('(');
      return test;
    }
    const word = this.#words[this.#at] ?? '';
    this.#at += 1;
    return this.#test(word);
  }

  #value(): string {
    this.#at += 1;
    return this.#words[this.#at - 1] ?? '';
  }

  #test(word: string): Test {
    switch (word) {
      case '-name':
      case '-iname':
        return this.#named(word, ({ name }) => baseName(name) || name);
      case '-path':
      case '-ipath':
        return this.#named(word, ({ name }) => name);
      case '-type': {
        const letter = this.#value();
        return ({ entry }) => letterOf[entry.kind] === letter;
      }
      case '-maxdepth':
        this.most = Number(this.#value());
        return () => true;
      case '-mindepth':
        this.least = Number(this.#value());
        return () => true;
      case '-empty':
        return ({ entry }) =>
          entry.kind === 'directory'
            ? (this.#call.world.listDirectory(entry.path) ?? []).length === 0
            : entry.kind === 'file' && sizeOf(entry) === 0;
      default:
        return this.#otherTest(word);
    }
  }

  #named(word: string, textOf: (found: Found) => string): Test {
    const pattern = this.#value();
    if (!word.startsWith('-i')) return (found) => globMatches(pattern, textOf(found));
    return (found) => globMatches(pattern.toLowerCase(), textOf(found).toLowerCase());
  }

  #otherTest(word: string): Test {
    switch (word) {
      case '-size': {
        const [, count = '', unit = 'b'] = /^([-+]?\d+)([cbkM]?)$/.exec(this.#value()) ?? [];
        const bytes = unitBytes[unit || 'b'] ?? 1;
        return ({ entry }) => countIs(count, Math.ceil(sizeOf(entry) / bytes));
      }
      case '-perm': {
        const mode = Number.parseInt(this.#value(), 8);
        return ({ entry }) => entry.mode === mode;
      }
      case '-print':
        this.#hasAction = true;
        return ({ name }) => this.#print(`${name}\n`);
      case '-print0':
        this.#hasAction = true;
        return ({ name }) => this.#print(`${name}\0`);
      case '-delete':
        if (this.#call.world.userland === 'busybox') throw this.#unknown(word);
        this.#hasAction = true;
        this.isDepthFirst = true;
        return ({ entry }) => this.#call.world.files?.remove(entry.path) === null;
      case '-exec':
        return this.#exec();
      default:
        throw this.#unknown(word);
    }
  }

  /** `-exec CMD {} ;`; `+` calls it for each file as well, which prints the same for most. */
  #exec(): Test {
    this.#hasAction = true;
    const end = this.#words.findIndex((word, at) => at >= this.#at && /^[;+]$/.test(word));
    if (end < 0) throw new FindProblem("missing argument to `-exec'");
    const words = this.#words.slice(this.#at, end);
    this.#at = end + 1;
    return ({ name }) => {
      const argv = words.map((word) => word.replaceAll('{}', name));
      const { pieces, exitCode } = this.#run(argv);
      this.#pieces.push(...pieces);
      return exitCode === 0;
    };
  }

  #run(argv: readonly string[]): ProgramOutput {
    const [name = ''] = argv;
    const program = this.#call.find(this.#call.world, name);
    if (program !== null) return program({ ...this.#call, argv, depth: this.#call.depth + 1 });
    const text = `find: '${name}': No such file or directory\n`;
    return { pieces: [{ stream: 'stderr', text }], exitCode: 1, durationMs: 0 };
  }
}
