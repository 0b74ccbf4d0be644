import { cleanPath } from '@netfold/domain';
import type { Budget, PrintedPiece, ProgramFinder } from '../program-call.ts';
import type { Input, ToolWorld } from '../tool.ts';
import type { Command } from './syntax.ts';

/** Which shell speaks: the words of its messages differ. */
export type ShellFlavour = 'dash' | 'bash' | 'busybox';

/** What one line may cost. A line that reaches a limit is stopped, and says so. */
export const shellLimits = {
  /** Commands run, loops included. */
  commandsMax: 10_000,
  /** Characters printed, over both streams. */
  outputMax: 1024 * 1024,
  /** Characters of one value, and of one word. */
  textMax: 1024 * 1024,
  /** Nested substitutions, subshells and `sh -c`. */
  depthMax: 16,
  /** Nested calls of functions and scripts that are read in. */
  callsMax: 100,
  /** A program that sleeps longer counts as running for ever, milliseconds. */
  durationMaxMs: 3_600_000,
};

/** Thrown to leave loops, the shell, or a line that reached a limit; caught where it belongs. */
export class Leave extends Error {
  readonly kind: 'exit' | 'return' | 'break' | 'continue' | 'stopped';
  readonly value: number;

  constructor(kind: Leave['kind'], value: number) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

/** A command with `&` behind it: played at once, shown as far as it has come. */
export type Job = {
  readonly processId: number;
  /** Times of the line. */
  readonly pieces: PrintedPiece[];
  /** `null`: it goes on for ever. */
  endMs: number | null;
  status: number;
  /** The signal that ended it. */
  killedBy: number | null;
  /** Its signal has been told, or never will be. */
  isTold: boolean;
  /** Of its pipeline; each is a process. */
  readonly commandCount: number;
  /** The shell has waited for it: there is no such process any more. */
  isReaped: boolean;
  /** `jobs` has shown its end. */
  isShown: boolean;
};

/** What ends the shell of a line: a variable that must not be so. */
export class ExpansionProblem extends Error {
  /** For bash; the others end with 2. */
  readonly bashStatus: number;

  constructor(message: string, bashStatus = 127) {
    super(message);
    this.bashStatus = bashStatus;
  }
}

/** @throws ExpansionProblem where the variable is read-only */
export const assign = (session: Session, name: string, value: string): void => {
  if (session.readonlyNames.has(name)) {
    const isBash = session.flavour === 'bash';
    throw new ExpansionProblem(`${name}: ${isBash ? 'readonly variable' : 'is read only'}`, 1);
  }
  if (value.length > shellLimits.textMax) throw new Leave('stopped', 1);
  session.variables.set(name, value);
  if (session.options.has('a')) session.exported.add(name);
};

/** A running shell. Variables and directory die with it. */
export type Session = {
  readonly world: ToolWorld;
  readonly flavour: ShellFlavour;
  /** What `sh` calls itself in its messages, and `$0`. */
  readonly name: string;
  /** Where its commands stand. BusyBox tells lines of a file, and 0 where it was given a name. */
  readonly origin: 'file' | 'named' | 'line';
  /** Of the command that runs, from 1. */
  line: number;
  /** The line that cannot be read: bash shows it. */
  lineText: string;
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  positional: readonly string[];
  directory: string;
  lastStatus: number;
  readonly budget: Budget;
  /** How much of the budget's time had passed at its start: its world is of that instant. */
  readonly startedMs: number;
  readonly find: ProgramFinder;
  readonly depth: number;
  isErrorExit: boolean;
  /** Letters of `set`, and `pipefail`. */
  readonly options: Set<string>;
  readonly functions: Map<string, Command>;
  readonly readonlyNames: Set<string>;
  /** By signal; `EXIT` alone is ever sent. */
  readonly traps: Map<string, string>;
  readonly jobs: Job[];
  /** What the functions that run have hidden, the innermost last. */
  readonly hidden: Map<string, string | undefined>[];
  /** Functions and scripts read in that stand around the command. */
  calls: number;
  /** Where `exec` has sent the streams for good, and those it has sent. */
  redirected: { readonly from: Io; readonly to: Io } | null;
  /** Carries out a text in this shell: `eval`, `.`, traps. */
  readonly evaluate: (session: Session, text: string, io: Io) => number;
  /** Carries out a builtin or a program, whatever functions there are. */
  readonly run: (session: Session, argv: readonly string[], io: Io) => number;
};

export type Io = {
  /** What has not been read yet; `read` takes it line by line. */
  readonly input: { rest: string; enough?: Input['enough'] };
  /** `atMs`: of the line's time; absent: now. */
  readonly print: (stream: 'stdout' | 'stderr', text: string, atMs?: number) => void;
};

const hashBuckets = 39;

/**
 * BusyBox hands variables on as they lie in its table.
 *
 * @source busybox 1.35 shell/ash.c (hashvar, VTABSIZE)
 */
const asHashed = (environment: ToolWorld['environment']): ToolWorld['environment'] => {
  const bucketOf = (name: string): number => {
    const codes = Array.from(name, (letter) => letter.charCodeAt(0));
    return codes.reduce((sum, code) => sum + code, (codes[0] ?? 0) * 16) % hashBuckets;
  };
  return environment.toSorted(([one], [other]) => bucketOf(one) - bucketOf(other));
};

/** The world as a program sees it that this shell starts: exported variables, its directory. */
export const worldOf = (session: Session, extra: ReadonlyMap<string, string>): ToolWorld => {
  const names = [...session.exported].filter((name) => !extra.has(name));
  const own = names.map((name) => [name, session.variables.get(name) ?? ''] as const);
  const environment = [...own, ...extra];
  return {
    ...session.world,
    readFile: (path) => session.world.readFile(resolvePath(session.directory, path)),
    listDirectory: (path) => session.world.listDirectory(resolvePath(session.directory, path)),
    environment: session.flavour === 'busybox' ? asHashed(environment) : environment,
    workingDirectory: session.directory,
    now: session.world.now + session.budget.durationMs - session.startedMs,
  };
};

/** `a/../b` from `/x` to `/x/b`. */
export const resolvePath = (directory: string, path: string): string =>
  cleanPath(path.startsWith('/') ? path : `${directory}/${path}`);

/** A message of the shell itself about a command or file. */
export const shellMessage = (session: Session, text: string): string => {
  const { flavour, name, line, origin } = session;
  // Bash calls what stands in no file `environment` inside a function.
  const isInFunction = session.hidden.length > 0 && origin !== 'file';
  if (flavour === 'bash') return `${isInFunction ? 'environment' : name}: line ${line}: ${text}\n`;
  if (flavour === 'dash') return `${name}: ${line}: ${text}\n`;
  if (origin === 'line') return `${name}: ${text}\n`;
  return `${name}: line ${origin === 'file' ? line : 0}: ${text}\n`;
};

/** A file that cannot be read from. */
export const cannotOpen = (session: Session, path: string): string => {
  if (session.flavour === 'bash') return `${path}: No such file or directory`;
  return session.flavour === 'dash'
    ? `cannot open ${path}: No such file`
    : `can't open ${path}: no such file`;
};

/** Why a redirection has no file to write to, as each shell words what the kernel says. */
export const cannotCreate = (session: Session, path: string, problem: string): string => {
  if (session.flavour === 'bash') return `${path}: ${problem}`;
  const isMissing = problem === 'No such file or directory';
  if (session.flavour === 'dash') {
    return `cannot create ${path}: ${isMissing ? 'Directory nonexistent' : problem}`;
  }
  return `can't create ${path}: ${isMissing ? 'nonexistent directory' : problem}`;
};

/** A line that cannot be parsed; the exit status is 2. */
export const syntaxMessage = (session: Session, text: string): string => {
  if (session.flavour === 'dash') {
    return shellMessage(session, `Syntax error: ${text}`);
  }
  const found = /^(.+) unexpected(.*)$/.exec(text);
  const [token, rest] = found === null ? [null, ''] : [found[1] ?? '', found[2] ?? ''];
  if (session.flavour === 'busybox') {
    const words = token === null ? lowerFirst(text) : `unexpected ${token}${rest}`;
    return shellMessage(session, `syntax error: ${words}`);
  }
  const word = (token ?? '').replaceAll('"', '');
  const isEnd = word === 'end of file';
  const unexpected = isEnd
    ? 'syntax error: unexpected end of file'
    : `syntax error near unexpected token \`${word}'`;
  const near = token === null ? text : unexpected;
  const place = session.origin === 'file' ? '' : '-c: ';
  const start = `${session.name}: ${place}line ${session.line}: `;
  const shown = token === null || isEnd ? '' : `${start}\`${session.lineText}'\n`;
  return `${start}${near}\n${shown}`;
};

/** But for a word in capitals. */
const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
