import type { PrintedPiece, Program, ProgramCall, ProgramOutput } from '../program-call.ts';
import { ArithmeticError } from './arithmetic.ts';
import { runLines, runNamed, runShell } from './interpreter.ts';
import { ExpansionProblem, Leave, shellLimits, shellMessage, syntaxMessage } from './session.ts';
import type { Input, ToolWorld } from '../tool.ts';
import type { Io, Session, ShellFlavour } from './session.ts';
import { ShellSyntaxError } from './syntax.ts';

export const flavourOf = (name: string, userland: 'debian' | 'busybox'): ShellFlavour => {
  if (userland === 'busybox') return 'busybox';
  return name === 'bash' ? 'bash' : 'dash';
};

/** A shell as it is called. */
type Start = {
  readonly name: string;
  readonly positional: readonly string[];
  readonly origin: Session['origin'];
  readonly options: readonly string[];
};

/**
 * BusyBox exports where it stands, and how deep it is in other shells.
 *
 * @source busybox 1.35 shell/ash.c (init)
 */
const withOwnVariables = ({
  environment,
  workingDirectory,
}: ToolWorld): ToolWorld['environment'] => {
  const own = new Map(environment);
  const depth = Number.parseInt(own.get('SHLVL') ?? '0', 10) || 0;
  return [...own.set('PWD', workingDirectory).set('SHLVL', String(depth + 1))];
};

export const sessionOf = (
  call: ProgramCall,
  { name, positional, origin, options }: Start,
): Session => {
  const { world } = call;
  const flavour = flavourOf((call.argv[0] ?? 'sh').replace(/^.*\//, ''), world.userland);
  const environment = flavour === 'busybox' ? withOwnVariables(world) : world.environment;
  return {
    world,
    flavour,
    name,
    origin,
    line: 1,
    lineText: '',
    variables: new Map([['PWD', world.workingDirectory], ...environment]),
    exported: new Set(environment.map(([key]) => key)),
    positional,
    directory: world.workingDirectory,
    lastStatus: 0,
    budget: call.budget,
    startedMs: call.budget.durationMs,
    find: call.find,
    depth: call.depth + 1,
    isErrorExit: options.includes('e'),
    options: new Set(options),
    functions: new Map(),
    readonlyNames: new Set(),
    traps: new Map(),
    jobs: [],
    hidden: [],
    calls: 0,
    redirected: null,
    evaluate: runLines,
    run: runNamed,
  };
};

/** How a text ended: its status, and whether it was `exit` that ended it. */
export type TextEnd = { readonly status: number; readonly hasExited: boolean };

/** Runs the text; whatever stops it becomes an exit status and a message. */
export const runText = (session: Session, run: () => number, io: Io): TextEnd => {
  const goesOn = (status: number): TextEnd => ({ status, hasExited: false });
  try {
    if (session.depth > shellLimits.depthMax) throw new Leave('stopped', 1);
    return goesOn(run());
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      io.print('stderr', syntaxMessage(session, error.message));
      return goesOn(2);
    }
    if (error instanceof ExpansionProblem) {
      io.print('stderr', shellMessage(session, error.message));
      return goesOn(session.flavour === 'bash' ? 1 : 2);
    }
    if (error instanceof ArithmeticError) {
      io.print('stderr', arithmeticMessage(session, error));
      return goesOn(session.flavour === 'bash' ? 1 : 2);
    }
    if (!(error instanceof Leave)) throw error;
    if (error.kind === 'exit') return { status: error.value, hasExited: true };
    if (error.kind !== 'stopped') return goesOn(error.kind === 'return' ? error.value : 0);
    // A loop that waits in each turn goes on for longer than it is played.
    if (session.budget.durationMs > 0) session.budget.isEndless = true;
    if (session.budget.isEndless) throw error;
    io.print('stderr', `netfold: stopped, a line may run ${shellLimits.commandsMax} commands\n`);
    return goesOn(137);
  }
};

const arithmeticMessage = (session: Session, { message, text }: ArithmeticError): string => {
  if (session.flavour === 'busybox') {
    const isDivision = message === 'division by zero';
    return shellMessage(session, isDivision ? 'divide by zero' : 'arithmetic syntax error');
  }
  if (session.flavour === 'bash') return shellMessage(session, bashArithmetic(message, text));
  return shellMessage(session, `arithmetic expression: ${message}: "${text}"`);
};

/** What bash says of an expression, and of the part where it stopped. */
const bashArithmetic = (message: string, text: string): string => {
  const last = /(\S+)\s*$/.exec(text)?.[1] ?? text;
  const isDivision = message === 'division by zero';
  const token = isDivision ? (/[/%]\s*(.*)$/.exec(text)?.[1] ?? last) : last;
  const words = isDivision ? 'division by 0' : 'syntax error: operand expected';
  return `${text}: ${words} (error token is "${token}")`;
};

/** The input as the commands of a line share it: asked for when one of them reads. */
const lazily = (stdin: Input): Io['input'] => {
  let rest: string | null = null;
  return {
    get rest() {
      rest ??= stdin.text;
      return rest;
    },
    set rest(text: string) {
      rest = text;
    },
  };
};

/** The script, where it stands, and its parameters. */
type Asked = Start & { readonly text: string | null; readonly file: string | null };

/** `-c TEXT [NAME ARGS]`, `FILE [ARGS]`, or what stands on stdin; letters of `set` before it. */
const askedOf = (call: ProgramCall): Asked => {
  const own = (call.argv[0] ?? 'sh').replace(/^.*\//, '');
  const words = call.argv.slice(1);
  const options: string[] = [];
  let hasText = false;
  let isStdin = false;
  let at = 0;
  for (; /^[-+][a-z]+$/.test(words[at] ?? ''); at += 1) {
    const word = words[at] ?? '';
    for (const letter of word.slice(1)) {
      if (letter === 'c') hasText = true;
      else if (letter === 's') isStdin = true;
      else if (letter === 'o') {
        at += 1;
        options.push(words[at] ?? '');
      } else if ('eufx'.includes(letter)) options.push(letter);
    }
  }
  const rest = words.slice(words[at] === '--' ? at + 1 : at);
  if (hasText) {
    const [text = null, name, ...positional] = rest;
    const origin = name === undefined ? 'line' : 'named';
    return { text, file: null, name: name ?? own, origin, positional, options };
  }
  const [file] = rest;
  if (file === undefined || isStdin) {
    const { text } = call.stdin;
    return { text, file: null, name: own, origin: 'line', positional: rest, options };
  }
  const text = call.world.readFile(file);
  return { text, file, name: file, origin: 'file', positional: rest.slice(1), options };
};

/** Why a file cannot be read as a script. */
const unreadable = (call: ProgramCall, file: string): ProgramOutput => {
  const own = (call.argv[0] ?? 'sh').replace(/^.*\//, '');
  const flavour = flavourOf(own, call.world.userland);
  const words = {
    dash: `${own}: 0: cannot open ${file}: No such file\n`,
    bash: `${own}: ${file}: No such file or directory\n`,
    busybox: `${own}: can't open '${file}': No such file or directory\n`,
  };
  const exitCode = flavour === 'bash' ? 127 : 2;
  return { pieces: [{ stream: 'stderr', text: words[flavour] }], exitCode, durationMs: 0 };
};

/**
 * `sh`, `bash` and `ash`: one line from `-c` or stdin, bounded in commands, output and nesting.
 * Programs that would run for ever end the line there; what was printed before stays.
 */
export const shell: Program = (call): ProgramOutput => {
  const asked = askedOf(call);
  const { text, name, file } = asked;
  if (file !== null && text === null) return unreadable(call, file);
  const session = sessionOf(call, asked);
  const { budget } = call;
  const pieces: PrintedPiece[] = [];
  const print: Io['print'] = (stream, piece, atMs = budget.durationMs) => {
    if (piece === '') return;
    budget.output += piece.length;
    if (budget.output > shellLimits.outputMax) throw new Leave('stopped', 1);
    pieces.push({ stream, text: piece, atMs: atMs - session.startedMs });
  };
  if (text === null) {
    const message = `${name}: 0: -c requires an argument\n`;
    return { pieces: [{ stream: 'stderr', text: message }], exitCode: 2, durationMs: 0 };
  }
  let exitCode = 0;
  try {
    const io: Io = { input: lazily(call.stdin), print };
    exitCode = runText(session, () => runShell(session, text, io), io).status;
  } catch (error) {
    // Only an endless program comes here: the line goes on for ever behind what it printed.
    if (!(error instanceof Leave)) throw error;
  }
  // The time of a line is in its budget: an inner shell must not tell it a second time.
  const durationMs = call.depth === 0 ? budget.durationMs : 0;
  if (!budget.isEndless) return { pieces, exitCode, durationMs };
  const endlessFromMs = budget.durationMs - session.startedMs;
  return { pieces, exitCode, durationMs: null, endlessFromMs };
};
