import { evaluateArithmetic } from './arithmetic.ts';
import { findBuiltin, specialBuiltins } from './builtins.ts';
import { evaluateTest } from './double-bracket.ts';
import { expandToPattern, expandToText, expandWords, numbersOf } from './expansion.ts';
import { callFunction, withVariables } from './function-call.ts';
import { globMatches } from './glob.ts';
import { showJobs, startJob } from './jobs.ts';
import { ScriptLines } from './parser.ts';
import { OpenPipes, Pipe } from './pipe.ts';
import { redirect } from './redirection.ts';
import { whyNotRun } from './script-file.ts';
import { ExpansionProblem, Leave, assign, shellLimits, shellMessage, worldOf } from './session.ts';
import { trace, traceAssignment, traceCommand } from './trace.ts';
import type { Input } from '../tool.ts';
import type { Io, Session } from './session.ts';
import type { AndOr, Command, Pipeline, Script, SimpleCommand, Word } from './syntax.ts';

const spend = (session: Session): void => {
  session.budget.commands += 1;
  if (session.budget.commands <= shellLimits.commandsMax) return;
  throw new Leave('stopped', 1);
};

/** Runs a list of commands; its status is the last one's. */
const runScript = (session: Session, script: Script, io: Io): number => {
  for (const one of script) session.lastStatus = runAndOr(session, one, io);
  return session.lastStatus;
};

const runAndOr = (session: Session, one: AndOr, io: Io): number => {
  showJobs(session, io);
  if (one.isBackground) {
    const alone = { ...one, isBackground: false };
    const { commands } = one.rest.length === 0 ? one.first : { commands: [one.first] };
    startJob(session, commands.length, (own) => {
      const shell = subshell(session);
      return leaving(shell, own, () => runAndOr(shell, alone, own));
    });
    return 0;
  }
  let status = 0;
  [{ operator: null, pipeline: one.first }, ...one.rest].forEach(({ operator, pipeline }, at) => {
    if (operator !== null && (status === 0) !== (operator === '&&')) return;
    if (operator !== null) session.lastStatus = status;
    const mayFail = at < one.rest.length || pipeline.isNegated;
    const run = (): number => runPipeline(session, pipeline, io);
    status = mayFail ? uncritical(session, run) : run();
    const isEnd = session.isErrorExit && status !== 0 && !mayFail;
    if (isEnd) throw new Leave('exit', status);
  });
  return status;
};

/** `set -e` does not apply to conditions. */
const uncritical = (session: Session, run: () => number): number => {
  const { isErrorExit } = session;
  session.isErrorExit = false;
  try {
    return run();
  } finally {
    session.isErrorExit = isErrorExit;
  }
};

const runPipeline = (session: Session, pipeline: Pipeline, io: Io): number => {
  const { commands } = pipeline;
  const [only] = commands;
  if (only !== undefined && commands.length === 1) {
    const status = runCommand(session, only, io);
    return pipeline.isNegated ? Number(status === 0) : status;
  }
  let { input } = io;
  let status = 0;
  const open = new OpenPipes(session, io);
  commands.forEach((command, index) => {
    const pipe = index === commands.length - 1 ? null : new Pipe();
    const own: Io = {
      input,
      print: (stream, text, atMs = session.budget.durationMs) => {
        if (stream === 'stdout' && pipe !== null) pipe.add(text, atMs);
        else open.print(stream, text, atMs);
      },
    };
    // Each part of a pipeline is a shell of its own: what it sets is gone afterwards.
    const shell = subshell(session);
    const ended = open.run(pipe, () => leaving(shell, own, () => runCommand(shell, command, own)));
    status = session.options.has('pipefail') && ended === 0 ? status : ended;
    if (pipe !== null) ({ input } = pipe);
  });
  open.close();
  return pipeline.isNegated ? Number(status === 0) : status;
};

/** A copy whose changes do not come back. */
const subshell = (session: Session): Session => {
  if (session.depth >= shellLimits.depthMax) throw new Leave('stopped', 1);
  return {
    ...session,
    variables: new Map(session.variables),
    exported: new Set(session.exported),
    options: new Set(session.options),
    functions: new Map(session.functions),
    traps: new Map(),
    jobs: [],
    hidden: [...session.hidden],
    depth: session.depth + 1,
  };
};

/** `exit` leaves only the shell of its own that it stands in; its trap is carried out there. */
const leaving = (session: Session, io: Io, run: () => number): number => {
  const status = exiting(session, io, run);
  const onExit = session.traps.get('EXIT');
  session.traps.delete('EXIT');
  session.lastStatus = status;
  if (onExit !== undefined) exiting(session, io, () => session.evaluate(session, onExit, io));
  showJobs(session, io);
  return status;
};

const exiting = (session: Session, io: Io, run: () => number): number => {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpansionProblem) {
      io.print('stderr', shellMessage(session, error.message));
      return session.flavour === 'bash' ? error.bashStatus : 2;
    }
    if (error instanceof Leave && error.kind === 'exit') return error.value;
    throw error;
  }
};

/** Carries out a whole text and what its end brings. */
export const runShell = (session: Session, text: string, io: Io): number =>
  leaving(session, io, () => runLines(session, text, io));

/** Line by line: what stands before a mistake is carried out. */
export const runLines = (session: Session, text: string, io: Io): number => {
  const lines = new ScriptLines(text, session.flavour);
  for (;;) {
    let script: Script | null;
    try {
      script = lines.next();
    } catch (error) {
      session.line = lines.line;
      session.lineText = lines.text;
      throw error;
    }
    if (script === null) return session.lastStatus;
    runScript(session, script, io);
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
    const own: Io = { input: io.input, print };
    session.lastStatus = leaving(inner, own, () => runScript(inner, script, own));
    return text;
  };

const runCommand = (session: Session, command: Command, given: Io): number => {
  spend(session);
  const io = session.redirected?.from === given ? session.redirected.to : given;
  switch (command.kind) {
    case 'simple':
      return runSimple(session, command, io);
    case 'group': {
      const redirected = redirect(session, command.redirections, textOf(session, io), io);
      if (redirected === null) return 1;
      if (!command.isSubshell) return runScript(session, command.body, redirected);
      const shell = subshell(session);
      return leaving(shell, redirected, () => runScript(shell, command.body, redirected));
    }
    case 'if':
      return runIf(session, command, io);
    case 'for':
      return runFor(session, command, io);
    case 'while':
      return runWhile(session, command, io);
    case 'case':
      return runCase(session, command, io);
    case 'function':
      session.functions.set(command.name, command.body);
      return 0;
    case 'test':
      return evaluateTest(worldOf(session, new Map()), command.tokens, {
        text: textOf(session, io),
        pattern: (word) => expandToPattern(session, word, substituteFor(io)),
      });
    case 'arithmetic':
      return arithmetic(session, command.word, io) === 0 ? 1 : 0;
    case 'counting':
      return runCounting(session, command, io);
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

const textOf =
  (session: Session, io: Io) =>
  (word: Word): string =>
    expandToText(session, word, substituteFor(io));

const runCondition = (session: Session, condition: Script, io: Io): boolean =>
  uncritical(session, () => runScript(session, condition, io)) === 0;

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
    if (session.flavour === 'bash') trace(session, io, ['for', command.name, 'in', ...values]);
    assign(session, command.name, value);
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

const arithmetic = (session: Session, word: Word, io: Io): number => {
  const text = textOf(session, io)(word);
  return text.trim() === '' ? 0 : evaluateArithmetic(text, numbersOf(session));
};

const runCounting = (
  session: Session,
  command: Extract<Command, { kind: 'counting' }>,
  io: Io,
): number => {
  const { first, condition, next, body } = command;
  arithmetic(session, first, io);
  session.lastStatus = 0;
  const isEndless = textOf(session, io)(condition).trim() === '';
  for (;;) {
    if (!isEndless && arithmetic(session, condition, io) === 0) break;
    spend(session);
    if (!runBody(session, body, io)) break;
    arithmetic(session, next, io);
  }
  return session.lastStatus;
};

const runCase = (session: Session, command: Extract<Command, { kind: 'case' }>, io: Io): number => {
  const subject = expandToText(session, command.subject, substituteFor(io));
  const branch = command.branches.find(({ patterns }) =>
    patterns.some((word) =>
      globMatches(expandToPattern(session, word, substituteFor(io)), subject),
    ),
  );
  return branch === undefined ? 0 : runScript(session, branch.body, io);
};

const runSimple = (session: Session, command: SimpleCommand, io: Io): number => {
  session.line = command.line;
  const argv = expandWords(session, command.words, substituteFor(io));
  const set = command.assignments.map(({ name, value, isAppended }) => {
    const text = textOf(session, io)(value);
    const before = isAppended ? (session.variables.get(name) ?? '') : '';
    return [name, before + text] as const;
  });
  const redirected = redirect(session, command.redirections, textOf(session, io), io);
  const [name] = argv;
  if (redirected === null) return session.flavour === 'dash' ? 2 : 1;
  if (name === undefined) {
    for (const one of set) {
      traceAssignment(session, io, one);
      assign(session, one[0], one[1]);
    }
    return statusOfSubstitutions(session, command);
  }
  traceCommand(session, io, argv);
  const isExec = name === 'exec' && argv.length === 1 && !session.functions.has(name);
  if (isExec) {
    session.redirected = { from: io, to: redirected };
    return 0;
  }
  const called = session.functions.get(name);
  if (called !== undefined) {
    return withVariables(session, set, () =>
      callFunction(session, argv, () => runCommand(session, called, redirected)),
    );
  }
  if (findBuiltin(session, name) === null)
    return runProgram(session, argv, new Map(set), redirected);
  const run = (): number => runNamed(session, argv, redirected);
  if (!specialBuiltins.has(name)) return withVariables(session, set, run);
  for (const [key, value] of set) assign(session, key, value);
  return run();
};

/** A builtin or a program. */
export const runNamed = (session: Session, argv: readonly string[], io: Io): number => {
  const builtin = findBuiltin(session, argv[0] ?? '');
  if (builtin === null) return runProgram(session, argv, new Map(), io);
  return builtin(session, argv, io);
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
    const { text, status } = whyNotRun(session, name);
    io.print('stderr', shellMessage(session, text));
    return status;
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
  enough: io.input.enough,
});
