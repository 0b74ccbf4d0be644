import { dashEcho, plainEcho, printf } from '../filters/echo.ts';
import { test } from '../filters/test.ts';
import { programPath } from '../files/program-place.ts';
import type { Tool, ToolOutput } from '../tool.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { numbersOf } from './expansion.ts';
import { jobs, kill, wait } from './job-builtins.ts';
import { read } from './read.ts';
import { Leave, cannotOpen, resolvePath, shellLimits, shellMessage, worldOf } from './session.ts';
import type { Io, Session } from './session.ts';
import { exportName, local, readonly, set, shift, unset } from './variables.ts';

/** A command that the shell carries out itself. */
export type Builtin = (session: Session, argv: readonly string[], io: Io) => number;

const pass = (output: ToolOutput, io: Io): number => {
  if (output.stdout !== '') io.print('stdout', output.stdout);
  if (output.stderr !== '') io.print('stderr', output.stderr);
  return output.exitCode;
};

const numberOf = (session: Session, argv: readonly string[], io: Io): number => {
  const word = argv[1];
  if (word === undefined) return session.lastStatus;
  if (/^\d+$/.test(word)) return Number(word) & 255;
  const where = session.flavour === 'busybox' ? `${argv[0] ?? ''}: line 0` : (argv[0] ?? '');
  const text =
    session.flavour === 'bash'
      ? `${argv[0] ?? ''}: ${word}: numeric argument required`
      : `${where}: Illegal number: ${word}`;
  io.print('stderr', shellMessage(session, text));
  return 2;
};

const exit: Builtin = (session, argv, io) => {
  throw new Leave('exit', numberOf(session, argv, io));
};

/** Leaves a function or a script that is read in; without one it ends the shell, but for bash. */
const leaveFunction: Builtin = (session, argv, io) => {
  if (session.calls > 0) throw new Leave('return', numberOf(session, argv, io));
  if (session.flavour !== 'bash') throw new Leave('exit', numberOf(session, argv, io));
  const text = "return: can only `return' from a function or sourced script";
  io.print('stderr', shellMessage(session, text));
  return 2;
};

const leaveLoop =
  (kind: 'break' | 'continue'): Builtin =>
  (_session, argv) => {
    throw new Leave(kind, Math.max(1, Number(argv[1] ?? '1') || 1));
  };

const cd: Builtin = (session, argv, io) => {
  const isBack = argv[1] === '-';
  const asked = isBack ? session.variables.get('OLDPWD') : argv[1];
  const target = asked ?? session.variables.get('HOME') ?? '/';
  const path = resolvePath(session.directory, target);
  if (path === '/' || session.world.listDirectory(path) !== null) {
    session.variables.set('OLDPWD', session.directory);
    session.directory = path;
    session.variables.set('PWD', path);
    if (session.flavour === 'busybox') session.exported.add('OLDPWD');
    if (isBack) io.print('stdout', `${path}\n`);
    return 0;
  }
  const isThere = session.world.readFile(path) !== null;
  const problem = isThere ? 'Not a directory' : 'No such file or directory';
  const words = {
    bash: `cd: ${target}: ${problem}`,
    dash: `cd: can't cd to ${target}`,
    busybox: `cd: line 0: can't cd to ${target}: ${problem}`,
  };
  io.print('stderr', shellMessage(session, words[session.flavour]));
  return session.flavour === 'bash' ? 1 : 2;
};

const isProgram = (session: Session, name: string): boolean =>
  session.find(session.world, name) !== null;

const placeOf = ({ world }: Session, name: string): string =>
  name.includes('/') ? name : programPath(world, name);

const type: Builtin = (session, argv, io) => {
  let status = 0;
  const isBash = session.flavour === 'bash';
  for (const name of argv.slice(1)) {
    const what = session.flavour === 'dash' ? 'a shell function' : 'a function';
    if (session.functions.has(name)) io.print('stdout', `${name} is ${what}\n`);
    else if (findBuiltin(session, name) !== null)
      io.print('stdout', `${name} is a shell builtin\n`);
    else if (isProgram(session, name)) {
      io.print('stdout', `${name} is ${placeOf(session, name)}\n`);
    } else {
      const text = `${name}: not found`;
      if (isBash) io.print('stderr', shellMessage(session, `type: ${text}`));
      else io.print('stdout', `${text}\n`);
      status = isBash ? 1 : 127;
    }
  }
  return status;
};

/** `command [-v] NAME`: what it would be, or the builtin or program of that name. */
const command: Builtin = (session, argv, io) => {
  const words = argv.slice(1).filter((word, at) => at > 0 || word !== '-p');
  if (words[0] !== '-v' && words[0] !== '-V') {
    return words.length === 0 ? 0 : session.run(session, words, io);
  }
  const name = words[1] ?? '';
  const isOwn = findBuiltin(session, name) !== null || session.functions.has(name);
  if (!isOwn && !isProgram(session, name)) return session.flavour === 'bash' ? 1 : 127;
  io.print('stdout', `${isOwn ? name : placeOf(session, name)}\n`);
  return 0;
};

const evaluate: Builtin = (session, argv, io) =>
  session.evaluate(session, argv.slice(1).join(' '), io);

/** `exec CMD`: the shell is that program from now on. */
const exec: Builtin = (session, argv, io) => {
  throw new Leave('exit', session.run(session, argv.slice(1), io));
};

/** `. FILE`: its commands are those of this shell. */
const readIn: Builtin = (session, argv, io) => {
  const [name = '.', path = ''] = argv;
  const text = worldOf(session, new Map()).readFile(path);
  if (text === null) {
    const isBash = session.flavour === 'bash';
    const where = session.flavour === 'busybox' ? '.: line 0: ' : '.: ';
    const missing =
      session.flavour === 'busybox' ? missingInBusybox(path) : cannotOpen(session, path);
    io.print('stderr', shellMessage(session, isBash ? missing : where + missing));
    if (isBash) return 1;
    throw new Leave('exit', 2);
  }
  if (session.calls >= shellLimits.callsMax) throw new Leave('stopped', 1);
  session.calls += 1;
  const { positional } = session;
  if (argv.length > 2 && name !== '' && session.flavour !== 'dash') {
    session.positional = argv.slice(2);
  }
  try {
    return session.evaluate(session, text, io);
  } catch (error) {
    if (!(error instanceof Leave) || error.kind !== 'return') throw error;
    return error.value;
  } finally {
    session.calls -= 1;
    if (argv.length > 2) session.positional = positional;
  }
};

const missingInBusybox = (path: string): string =>
  `can't open '${path}': No such file or directory`;

/** `trap TEXT EXIT`: carried out when the shell ends. Other signals never come. */
const trap: Builtin = (session, argv) => {
  const [text = '', ...signals] = argv.slice(argv[1] === '--' ? 2 : 1);
  for (const signal of signals) {
    const name = signal === '0' ? 'EXIT' : signal.replace(/^SIG/, '');
    if (text === '-') session.traps.delete(name);
    else session.traps.set(name, text);
  }
  return 0;
};

/** `let x=2+3` of bash and BusyBox. */
const letValue: Builtin = (session, argv) => {
  const values = argv.slice(1).map((text) => evaluateArithmetic(text, numbersOf(session)));
  return values.at(-1) === 0 ? 1 : 0;
};

const tool =
  (run: Tool): Builtin =>
  (session, argv, io) =>
    pass(run(worldOf(session, new Map()), argv, { text: '' }), io);

const echoOf = ({ flavour }: Session): Tool => (flavour === 'dash' ? dashEcho : plainEcho);

const printing =
  (text: (session: Session) => string): Builtin =>
  (session, _argv, io) => {
    io.print('stdout', text(session));
    return 0;
  };

/** Those that dash has not. */
const notInDash: ReadonlySet<string> = new Set(['let', 'source']);

export const findBuiltin = ({ flavour }: Session, name: string): Builtin | null =>
  flavour === 'dash' && notInDash.has(name) ? null : (builtins.get(name) ?? null);

/** By name. `echo`, `printf` and `test` are the programs of the same names. */
const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 0],
  ['true', () => 0],
  ['false', () => 1],
  ['exit', exit],
  ['return', leaveFunction],
  ['break', leaveLoop('break')],
  ['continue', leaveLoop('continue')],
  ['cd', cd],
  ['pwd', printing(({ directory }) => `${directory}\n`)],
  ['export', exportName],
  ['readonly', readonly],
  ['local', local],
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['read', read],
  ['type', type],
  ['command', command],
  ['eval', evaluate],
  ['exec', exec],
  ['.', readIn],
  ['source', readIn],
  ['let', letValue],
  ['wait', wait],
  ['jobs', jobs],
  ['kill', kill],
  ['trap', trap],
  ['umask', printing(() => '0022\n')],
  ['hash', () => 0],
  ['echo', (session, ...rest) => tool(echoOf(session))(session, ...rest)],
  ['printf', tool(printf)],
  ['test', tool(test)],
  ['[', tool(test)],
]);

/** Those that keep what is set before them. */
export const specialBuiltins: ReadonlySet<string> = new Set(
  ': . break continue eval exec exit export readonly return set shift trap unset'.split(' '),
);
