import { endOfCommand } from './program-end.ts';
import { ScriptTokens, Untold } from './script-tokens.ts';
import { scriptOf } from './shell-script.ts';

/** Nested lists of a script, and shells that start shells. */
const depthMax = 16;
/** Who looks at a process does not come while a shorter pause lasts. */
const longRunMs = 60_000;

/** What ash and dash carry out themselves. */
const builtins: ReadonlySet<string> = new Set(
  (
    '. : [ alias bg break cd chdir command continue echo eval exit export false fg getopts hash ' +
    'jobs kill let local printf pwd read readonly return set shift source test times trap true ' +
    'type ulimit umask unalias unset wait'
  ).split(' '),
);

/** A program's words; `null`: the shell itself goes on. */
type Last = readonly string[] | null;
/** A program whose words only the running shell knows. */
const untold: readonly string[] = [];

/**
 * What a process is once its shell has come to the last command of its `-c` text: that command
 * takes the shell's place, unless the shell has something left to do.
 *
 * @param environment  of the process, each `NAME=VALUE`
 * @source recorded with BusyBox 1.35; dash 0.5.12 eval.c (EV_EXIT); bash 5.2 execute_cmd.c
 */
export function runningCommand(
  argv: readonly string[],
  environment: readonly string[],
): readonly string[] {
  const variables = environment.map((text): [string, string] => {
    const [name = ''] = text.split('=', 1);
    return [name, text.slice(name.length + 1)];
  });
  return commandAt(argv, new Map(variables), 0);
}

function commandAt(
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  depth: number,
): readonly string[] {
  const script = scriptOf(argv);
  if (script === null || depth > depthMax) return argv;
  const places = argv.slice(3).map((word, at) => [String(at), word] as const);
  try {
    const isBash = /(?:^|\/)bash$/.test(argv[0] ?? '');
    const reader = new LastCommand(
      new ScriptTokens(script, new Map([...environment, ...places])),
      isBash,
    );
    const last = reader.read();
    return last === null ? argv : commandAt(last, environment, depth + 1);
  } catch (error) {
    if (error instanceof Untold) return argv;
    throw error;
  }
}

/** Finds the command that a shell becomes. */
class LastCommand {
  readonly #tokens: ScriptTokens;
  readonly #isBash: boolean;
  #depth = 0;
  /** A command before the last one goes on for long, or signals are waited for. */
  #staysShell = false;

  constructor(tokens: ScriptTokens, isBash: boolean) {
    this.#tokens = tokens;
    this.#isBash = isBash;
  }

  read(): Last {
    const last = this.#list([]);
    if (this.#tokens.peek() !== null) throw new Untold();
    return this.#staysShell || last === untold ? null : last;
  }

  /** Commands up to one of the words that end the list, which is left. */
  #list(ends: readonly string[]): Last {
    if (this.#depth >= depthMax) throw new Untold();
    this.#depth += 1;
    let last: Last = null;
    for (;;) {
      while (this.#isNext('\n') || this.#isNext(';')) this.#tokens.take();
      if (this.#tokens.peek() === null || ends.some((end) => this.#isNext(end))) break;
      this.#leave(last);
      last = this.#chain();
      if (!this.#isNext('&')) continue;
      this.#tokens.take();
      last = null;
    }
    this.#depth -= 1;
    return last;
  }

  #chain(): Last {
    let last = this.#pipeline();
    while (this.#isNext('&&') || this.#isNext('||')) {
      this.#tokens.take();
      this.#skipLines();
      this.#leave(last);
      last = this.#pipeline();
    }
    return last;
  }

  #pipeline(): Last {
    const isNegated = this.#isNext('!');
    if (isNegated) this.#tokens.take();
    let last = this.#command();
    while (this.#isNext('|')) {
      this.#tokens.take();
      this.#skipLines();
      this.#command();
      last = null;
    }
    return isNegated ? null : last;
  }

  #command(): Last {
    const inner = this.#compound();
    if (inner === undefined) return this.#simple();
    while (this.#tokens.peek()?.kind === 'redirection') this.#tokens.take();
    return this.#isBash ? null : inner;
  }

  /** @returns `undefined` where a simple command stands */
  #compound(): Last | undefined {
    for (const [start, end] of brackets) {
      if (!this.#isNext(start)) continue;
      this.#tokens.take();
      const last = this.#list([end]);
      this.#expect(end);
      return last;
    }
    if (this.#isNext('if')) return this.#condition();
    if (this.#isNext('while') || this.#isNext('until')) {
      this.#tokens.take();
      this.#list(['do']);
    } else if (this.#isNext('for')) {
      while (this.#tokens.peek() !== null && !this.#isNext('do')) this.#tokens.take();
    } else if (this.#isNext('case')) {
      throw new Untold();
    } else {
      return undefined;
    }
    this.#expect('do');
    this.#list(['done']);
    this.#expect('done');
    return null;
  }

  /** Of several branches nobody knows which one is taken. */
  #condition(): Last {
    this.#tokens.take();
    this.#list(['then']);
    this.#expect('then');
    const last = this.#list(['elif', 'else', 'fi']);
    this.#expect('fi');
    return last;
  }

  #simple(): Last {
    const words: string[] = [];
    const first = this.#tokens.peek();
    let isRedirected = false;
    let isTold = true;
    for (;;) {
      const token = this.#tokens.peek();
      if (token === null || token.kind === 'operator') break;
      this.#tokens.take();
      if (token.kind === 'redirection') {
        isRedirected = true;
        continue;
      }
      isTold &&= token.isTold;
      if (words.length > 0 || !this.#assign(token.values)) words.push(...token.values);
    }
    // A function, or what is no script.
    if (first === this.#tokens.peek() || this.#isNext('(')) throw new Untold();
    const [name] = words;
    if (name === 'trap') this.#staysShell = true;
    if (name === undefined || (name !== 'exec' && builtins.has(name))) return null;
    if (!isTold) return untold;
    if (name === 'exec') return words.length > 1 ? words.slice(1) : null;
    return this.#isBash && isRedirected ? null : words;
  }

  #assign([text = '']: readonly string[]): boolean {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined) return false;
    this.#tokens.variables.set(name, value);
    return true;
  }

  /** Goes on behind a command that the shell waits for. */
  #leave(command: Last): void {
    if (command === null) return;
    const isPause = /^(?:.*\/)?sleep$/.test(command[0] ?? '');
    const end = endOfCommand(command, { hasInput: false });
    if (isPause && (end === null || end.afterMs >= longRunMs)) this.#staysShell = true;
  }

  #skipLines(): void {
    while (this.#isNext('\n')) this.#tokens.take();
  }

  #expect(text: string): void {
    if (!this.#isNext(text)) throw new Untold();
    this.#tokens.take();
  }

  #isNext(text: string): boolean {
    const token = this.#tokens.peek();
    if (token?.kind === 'operator') return token.text === text;
    return token?.kind === 'word' && token.isPlain && token.values[0] === text;
  }
}

const brackets = [
  ['(', ')'],
  ['{', '}'],
] as const;
