import { setParameter } from '../files/sysctl.ts';
import { parameterOf } from '../world/edited-world.ts';
import { expandToText, expandWords } from './expansion.ts';
import { globMatches } from './glob.ts';
import { builtins } from './builtins.ts';
import {
  Leave,
  cannotCreate,
  cannotOpen,
  notFoundMessage,
  resolvePath,
  shellLimits,
  shellMessage,
  worldOf,
} from './session.ts';
import type { Input } from '../tool.ts';
import type { Io, Session } from './session.ts';
import type { AndOr, Command, Pipeline, Redirection, Script, SimpleCommand } from './syntax.ts';

const spend = (session: Session): void => {
  session.budget.commands += 1;
  if (session.budget.commands <= shellLimits.commandsMax) return;
  throw new Leave('stopped', 1);
};

/** Runs a list of commands; its status is the last one's. */
export const runScript = (session: Session, script: Script, io: Io): number => {
  for (const one of script) {
    session.lastStatus = runAndOr(session, one, io);
    if (session.isErrorExit && session.lastStatus !== 0 && one.rest.length === 0) {
      throw new Leave('exit', session.lastStatus);
    }
  }
  return session.lastStatus;
};

const runAndOr = (session: Session, one: AndOr, io: Io): number => {
  let status = runPipeline(session, one.first, io);
  for (const { operator, pipeline } of one.rest) {
    session.lastStatus = status;
    if ((status === 0) === (operator === '&&')) status = runPipeline(session, pipeline, io);
  }
  return status;
};

const runPipeline = (session: Session, pipeline: Pipeline, io: Io): number => {
  const isAlone = pipeline.commands.length === 1;
  let { input } = io;
  let status = 0;
  pipeline.commands.forEach((command, index) => {
    const isLast = index === pipeline.commands.length - 1;
    let captured = '';
    const own: Io = isLast
      ? { ...io, input }
      : {
          input,
          print: (stream, text, atMs) => {
            if (stream === 'stderr') io.print(stream, text, atMs);
            else captured += text;
          },
        };
    // Each part of a pipeline is a shell of its own: what it sets is gone afterwards.
    const shell = isAlone ? session : subshell(session);
    status = isAlone ? runCommand(shell, command, own) : contained(shell, command, own);
    input = { rest: captured };
  });
  return pipeline.isNegated ? Number(status === 0) : status;
};

/** A copy whose changes do not come back. */
const subshell = (session: Session): Session => {
  if (session.depth >= shellLimits.depthMax) throw new Leave('stopped', 1);
  return {
    ...session,
    variables: new Map(session.variables),
    exported: new Set(session.exported),
    depth: session.depth + 1,
  };
};

/** `exit` leaves only the shell of its own that it stands in. */
const containedScript = (session: Session, body: Script, io: Io): number =>
  leaving(() => runScript(session, body, io));

const contained = (session: Session, command: Command, io: Io): number =>
  leaving(() => runCommand(session, command, io));

const leaving = (run: () => number): number => {
  try {
    return run();
  } catch (error) {
    if (error instanceof Leave && error.kind === 'exit') return error.value;
    throw error;
  }
};

/** Answers what `$(...)` prints; what goes wrong in it is told where the line's errors go. */
const substituteFor =
  (io: Io) =>
  (session: Session, script: Script): string => {
    const inner = subshell(session);
    let text = '';
    const print: Io['print'] = (stream, piece, atMs) => {
      if (stream === 'stdout') text += piece;
      else io.print(stream, piece, atMs);
    };
    try {
      session.lastStatus = runScript(inner, script, { input: { rest: '' }, print });
    } catch (error) {
      if (!(error instanceof Leave) || error.kind !== 'exit') throw error;
      session.lastStatus = error.value;
    }
    return text;
  };

const runCommand = (session: Session, command: Command, io: Io): number => {
  spend(session);
  switch (command.kind) {
    case 'simple':
      return runSimple(session, command, io);
    case 'group': {
      const redirected = redirect(session, command.redirections, io);
      if (redirected === null) return 1;
      if (!command.isSubshell) return runScript(session, command.body, redirected);
      return containedScript(subshell(session), command.body, redirected);
    }
    case 'if':
      return runIf(session, command, io);
    case 'for':
      return runFor(session, command, io);
    case 'while':
      return runWhile(session, command, io);
    case 'case':
      return runCase(session, command, io);
    default:
      return command satisfies never;
  }
};

const runIf = (session: Session, command: Extract<Command, { kind: 'if' }>, io: Io): number => {
  for (const { condition, body } of command.branches) {
    if (runCondition(session, condition, io)) return runScript(session, body, io);
  }
  session.lastStatus = 0;
  return runScript(session, command.otherwise, io);
};

/** `set -e` does not apply to conditions. */
const runCondition = (session: Session, condition: Script, io: Io): boolean => {
  const isErrorExit = session.isErrorExit;
  session.isErrorExit = false;
  const status = runScript(session, condition, io);
  session.isErrorExit = isErrorExit;
  return status === 0;
};

/** Runs a loop's body once; answers whether the loop goes on. */
const runBody = (session: Session, body: Script, io: Io): boolean => {
  try {
    runScript(session, body, io);
    return true;
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
    if (error.kind !== 'break' && error.kind !== 'continue') throw error;
    if (error.value > 1) throw new Leave(error.kind, error.value - 1);
    return error.kind === 'continue';
  }
};

const runFor = (session: Session, command: Extract<Command, { kind: 'for' }>, io: Io): number => {
  const values =
    command.words === null
      ? session.positional
      : expandWords(session, command.words, substituteFor(io));
  session.lastStatus = 0;
  for (const value of values) {
    spend(session);
    session.variables.set(command.name, value);
    if (!runBody(session, command.body, io)) break;
  }
  return session.lastStatus;
};

const runWhile = (
  session: Session,
  command: Extract<Command, { kind: 'while' }>,
  io: Io,
): number => {
  let status = 0;
  // Bounded by the commands that a line may run.
  while (runCondition(session, command.condition, io) !== command.isUntil) {
    spend(session);
    const goesOn = runBody(session, command.body, io);
    status = session.lastStatus;
    if (!goesOn) break;
  }
  return status;
};

const runCase = (session: Session, command: Extract<Command, { kind: 'case' }>, io: Io): number => {
  const subject = expandToText(session, command.subject, substituteFor(io));
  const branch = command.branches.find(({ patterns }) =>
    patterns.some((word) => globMatches(expandToText(session, word, substituteFor(io)), subject)),
  );
  return branch === undefined ? 0 : runScript(session, branch.body, io);
};

const runSimple = (session: Session, command: SimpleCommand, io: Io): number => {
  const argv = expandWords(session, command.words, substituteFor(io));
  const set = command.assignments.map(
    ({ name, value }) => [name, expandToText(session, value, substituteFor(io))] as const,
  );
  const redirected = redirect(session, command.redirections, io);
  if (redirected === null) return session.flavour === 'dash' ? 2 : 1;
  const [name] = argv;
  if (name === undefined) {
    for (const [key, value] of set) session.variables.set(key, value);
    return statusOfSubstitutions(session, command);
  }
  const builtin = builtins.get(name);
  if (builtin !== undefined) {
    for (const [key, value] of set) session.variables.set(key, value);
    return builtin(session, argv, redirected);
  }
  return runProgram(session, argv, new Map(set), redirected);
};

/** `x=$(false)` and `$(false)` answer the status of the substitution, a plain assignment 0. */
const statusOfSubstitutions = (session: Session, command: SimpleCommand): number => {
  const words = [...command.words, ...command.assignments.map(({ value }) => value)];
  const hasCommand = words.some((word) => word.some((part) => part.kind === 'command'));
  return hasCommand ? session.lastStatus : 0;
};

const runProgram = (
  session: Session,
  argv: readonly string[],
  extra: ReadonlyMap<string, string>,
  io: Io,
): number => {
  const name = argv[0] ?? '';
  const world = worldOf(session, extra);
  const program = session.find(world, name);
  if (program === null) {
    io.print('stderr', notFoundMessage(session, name));
    return 127;
  }
  const { budget, depth, find } = session;
  const startedMs = budget.durationMs;
  const output = program({ world, argv, stdin: takenOnce(io), budget, depth, find });
  for (const { stream, text, atMs = 0 } of output.pieces) io.print(stream, text, startedMs + atMs);
  if (output.durationMs === null) {
    session.budget.isEndless = true;
    throw new Leave('stopped', 0);
  }
  session.budget.durationMs += output.durationMs;
  if (session.budget.durationMs > shellLimits.durationMaxMs) {
    session.budget.isEndless = true;
    throw new Leave('stopped', 0);
  }
  return output.exitCode;
};

/** Input that is gone when a program has read it; one that does not leaves it to the next. */
const takenOnce = (io: Io): Input => ({
  get text() {
    const { rest } = io.input;
    io.input.rest = '';
    return rest;
  },
});

const discards = ['/dev/null'];

/** Answers where input and output go, or `null` after having said why they cannot. */
const redirect = (session: Session, redirections: readonly Redirection[], io: Io): Io | null => {
  let result = io;
  for (const one of redirections) {
    const target = expandToText(session, one.target, substituteFor(io));
    const next = redirectOne(session, one, target, result);
    if (typeof next === 'string') {
      io.print('stderr', shellMessage(session, next));
      return null;
    }
    result = next;
  }
  return result;
};

const redirectOne = (session: Session, one: Redirection, target: string, io: Io): Io | string => {
  if (one.operator === '<') {
    const text = worldOf(session, new Map()).readFile(target);
    if (text !== null || discards.includes(target)) return { ...io, input: { rest: text ?? '' } };
    return cannotOpen(session, target);
  }
  if (one.operator === '>&') {
    const from = one.descriptor === 2 ? 'stderr' : 'stdout';
    const to = target === '2' ? 'stderr' : 'stdout';
    const { print } = io;
    return {
      ...io,
      print: (stream, text, atMs) => print(stream === from ? to : stream, text, atMs),
    };
  }
  const isAppended = one.operator === '>>';
  const written = writtenParameter(session, target, io) ?? writtenFile(session, target, isAppended);
  if (!discards.includes(target) && typeof written !== 'function') {
    return cannotCreate(session, target, written ?? 'Read-only file system');
  }
  const into = typeof written === 'function' ? written : null;
  const { print } = io;
  const quiet = one.descriptor === 2 ? 'stderr' : 'stdout';
  const isBoth = one.operator === '&>';
  return {
    ...io,
    print: (stream, text, atMs) =>
      isBoth || stream === quiet ? into?.(text) : print(stream, text, atMs),
  };
};

/** What writes to a file of a container, or why nothing can; `null`: no files are kept here. */
const writtenFile = (
  session: Session,
  target: string,
  isAppended: boolean,
): ((text: string) => void) | string | null => {
  const { files } = session.world;
  if (files === null || discards.includes(target)) return null;
  const path = resolvePath(session.directory, target);
  const problem = files.write(path, '', isAppended);
  // A file that grows beyond its limit stays as it was.
  return problem ?? ((text) => void files.write(path, text, true));
};

/** What writes to a file below `/proc/sys`; `null` for another file, or where it cannot be. */
const writtenParameter = (
  session: Session,
  target: string,
  io: Io,
): ((text: string) => void) | null => {
  const name = parameterOf(target);
  const { edits } = worldOf(session, new Map());
  if (name === null || edits?.hasWritableParameters !== true) return null;
  if (edits.parameter(name) === null) return null;
  return (text) => {
    const problem = setParameter(edits, name, text.trim());
    if (problem !== null) io.print('stderr', shellMessage(session, 'echo: echo: I/O error'));
  };
};
