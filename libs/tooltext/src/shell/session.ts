import type { Budget, ProgramFinder } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';

/** Which shell speaks: the words of its messages differ. */
export type ShellFlavour = 'dash' | 'bash' | 'busybox';

/** What one line may cost. A line that reaches a limit is stopped, and says so. */
export const shellLimits = {
  /** Commands run, loops included. */
  commandsMax: 10_000,
  /** Characters printed, over both streams. */
  outputMax: 1024 * 1024,
  /** Nested substitutions, subshells and `sh -c`. */
  depthMax: 16,
  /** A program that sleeps longer counts as running for ever, milliseconds. */
  durationMaxMs: 3_600_000,
};

/** Thrown to leave loops, the shell, or a line that reached a limit; caught where it belongs. */
export class Leave extends Error {
  readonly kind: 'exit' | 'break' | 'continue' | 'stopped';
  readonly value: number;

  constructor(kind: Leave['kind'], value: number) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

/** A running shell. Variables and directory die with it. */
export type Session = {
  readonly world: ToolWorld;
  readonly flavour: ShellFlavour;
  /** What `sh` calls itself in its messages. */
  readonly name: string;
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
};

export type Io = {
  /** What has not been read yet; `read` takes it line by line. */
  readonly input: { rest: string };
  /** `atMs`: of the line's time; absent: now. */
  readonly print: (stream: 'stdout' | 'stderr', text: string, atMs?: number) => void;
};

/** The world as a program sees it that this shell starts: exported variables, its directory. */
export const worldOf = (session: Session, extra: ReadonlyMap<string, string>): ToolWorld => {
  const names = [...session.exported].filter((name) => !extra.has(name));
  const own = names.map((name) => [name, session.variables.get(name) ?? ''] as const);
  return {
    ...session.world,
    readFile: (path) => session.world.readFile(resolvePath(session.directory, path)),
    listDirectory: (path) => session.world.listDirectory(resolvePath(session.directory, path)),
    environment: [...own, ...extra],
    workingDirectory: session.directory,
    now: session.world.now + session.budget.durationMs - session.startedMs,
  };
};

/** `a/../b` from `/x` to `/x/b`. */
export const resolvePath = (directory: string, path: string): string => {
  const all = path.startsWith('/') ? path : `${directory}/${path}`;
  const parts: string[] = [];
  for (const part of all.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** A message of the shell itself about a command or file. */
export const shellMessage = (session: Session, text: string): string => {
  if (session.flavour === 'bash') return `${session.name}: line 1: ${text}\n`;
  return session.flavour === 'dash'
    ? `${session.name}: 1: ${text}\n`
    : `${session.name}: ${text}\n`;
};

/** A command that is not there; bash speaks otherwise of a path. */
export const notFoundMessage = (session: Session, command: string): string => {
  if (session.flavour !== 'bash') return shellMessage(session, `${command}: not found`);
  const isPath = command.includes('/');
  const text = isPath ? 'No such file or directory' : 'command not found';
  return shellMessage(session, `${command}: ${text}`);
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
    return `${session.name}: syntax error: ${words}\n`;
  }
  const word = (token ?? '').replaceAll('"', '');
  const near = token === null ? text : `syntax error near unexpected token \`${word}'`;
  return `${session.name}: -c: line 1: ${near}\n`;
};

/** But for a word in capitals. */
const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
