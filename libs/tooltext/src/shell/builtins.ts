import { failed } from '../tool.ts';
import type { ToolOutput } from '../tool.ts';
import { echo, printf } from '../filters/echo.ts';
import { test } from '../filters/test.ts';
import { programPath } from '../files/program-place.ts';
import { Leave, resolvePath, shellMessage, worldOf } from './session.ts';
import type { Io, Session } from './session.ts';

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

const setVariable = (session: Session, word: string): string => {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  if (at >= 0) session.variables.set(name, word.slice(at + 1));
  return name;
};

const exportName: Builtin = (session, argv, io) => {
  for (const word of argv.slice(1)) {
    if (word !== '-p') session.exported.add(setVariable(session, word));
  }
  if (argv.length === 1 || argv[1] === '-p') {
    for (const name of [...session.exported].toSorted()) {
      io.print('stdout', `export ${name}='${session.variables.get(name) ?? ''}'\n`);
    }
  }
  return 0;
};

const unset: Builtin = (session, argv) => {
  for (const name of argv.slice(1)) {
    session.variables.delete(name);
    session.exported.delete(name);
  }
  return 0;
};

const set: Builtin = (session, argv, io) => {
  if (argv.length === 1) {
    for (const name of [...session.variables.keys()].toSorted()) {
      io.print('stdout', `${name}='${session.variables.get(name) ?? ''}'\n`);
    }
    return 0;
  }
  const words = argv.slice(1);
  const first = words[0] ?? '';
  if (/^[-+][a-z]+$/.test(first) && first.includes('e')) {
    session.isErrorExit = first.startsWith('-');
    return 0;
  }
  session.positional = first === '--' ? words.slice(1) : words;
  return 0;
};

const shift: Builtin = (session, argv) => {
  session.positional = session.positional.slice(Number(argv[1] ?? '1') || 1);
  return 0;
};

/** Takes one line of the input into variables; the last one gets the rest of the line. */
const read: Builtin = (session, argv, io) => {
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  const { rest } = io.input;
  if (rest === '') return 1;
  const end = rest.indexOf('\n');
  const line = end < 0 ? rest : rest.slice(0, end);
  io.input.rest = end < 0 ? '' : rest.slice(end + 1);
  const words = line.trim().split(/[ \t]+/);
  names.forEach((name, index) => {
    const isLast = index === names.length - 1;
    session.variables.set(name, isLast ? words.slice(index).join(' ') : (words[index] ?? ''));
  });
  return 0;
};

const isKnown = (session: Session, name: string): boolean =>
  builtins.has(name) || session.find(session.world, name) !== null;

const placeOf = ({ world }: Session, name: string): string =>
  name.includes('/') ? name : programPath(world, name);

const type: Builtin = (session, argv, io) => {
  let status = 0;
  for (const name of argv.slice(1)) {
    if (builtins.has(name)) io.print('stdout', `${name} is a shell builtin\n`);
    else if (isKnown(session, name)) {
      io.print('stdout', `${name} is ${placeOf(session, name)}\n`);
    } else {
      io.print('stdout', `${name}: not found\n`);
      status = session.flavour === 'bash' ? 1 : 127;
    }
  }
  return status;
};

/** `command -v NAME`; without `-v` the word says nothing more than the command behind it. */
const command: Builtin = (session, argv, io) => {
  if (argv[1] !== '-v' && argv[1] !== '-V') {
    return pass(failed(2, 'netfold: `command` is simulated with -v only\n'), io);
  }
  const name = argv[2] ?? '';
  if (!isKnown(session, name)) return 127;
  io.print('stdout', `${builtins.has(name) ? name : placeOf(session, name)}\n`);
  return 0;
};

const tool =
  (run: typeof echo): Builtin =>
  (session, argv, io) =>
    pass(run(worldOf(session, new Map()), argv, { text: '' }), io);

/** By name. `echo`, `printf` and `test` are the programs of the same names. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 0],
  ['true', () => 0],
  ['false', () => 1],
  ['exit', exit],
  ['return', exit],
  ['break', leaveLoop('break')],
  ['continue', leaveLoop('continue')],
  ['cd', cd],
  [
    'pwd',
    (session, _argv, io) => {
      io.print('stdout', `${session.directory}\n`);
      return 0;
    },
  ],
  ['export', exportName],
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['read', read],
  ['type', type],
  ['command', command],
  ['wait', () => 0],
  ['trap', () => 0],
  ['umask', () => 0],
  ['echo', tool(echo)],
  ['printf', tool(printf)],
  ['test', tool(test)],
  ['[', tool(test)],
]);
