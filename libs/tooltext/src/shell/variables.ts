import { Leave, assign, shellMessage } from './session.ts';
import type { Io, Session } from './session.ts';

const setVariable = (session: Session, word: string): string => {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  if (at >= 0) assign(session, name, word.slice(at + 1));
  return name;
};

const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;

export const exportName = (session: Session, argv: readonly string[], io: Io): number => {
  for (const word of argv.slice(1)) {
    if (word !== '-p') session.exported.add(setVariable(session, word));
  }
  if (argv.length === 1 || argv[1] === '-p') {
    const isBash = session.flavour === 'bash';
    for (const name of [...session.exported].toSorted()) {
      const value = session.variables.get(name) ?? '';
      const text = isBash ? `declare -x ${name}="${value}"` : `export ${name}=${quoted(value)}`;
      io.print('stdout', `${text}\n`);
    }
  }
  return 0;
};

export const readonly = (session: Session, argv: readonly string[]): number => {
  for (const word of argv.slice(1)) session.readonlyNames.add(setVariable(session, word));
  return 0;
};

/** `local NAME[=VALUE]...`: so until the function ends. */
export const local = (session: Session, argv: readonly string[], io: Io): number => {
  const hidden = session.hidden.at(-1);
  if (hidden === undefined) {
    const text =
      session.flavour === 'bash' ? 'can only be used in a function' : 'not in a function';
    io.print('stderr', shellMessage(session, `local: ${text}`));
    if (session.flavour === 'bash') return 1;
    throw new Leave('exit', 2);
  }
  for (const word of argv.slice(1)) {
    const name = word.split('=', 1)[0] ?? '';
    if (!hidden.has(name)) hidden.set(name, session.variables.get(name));
    if (word.includes('=')) setVariable(session, word);
    else if (session.flavour === 'bash') session.variables.delete(name);
  }
  return 0;
};

export const unset = (session: Session, argv: readonly string[]): number => {
  const isFunction = argv[1] === '-f';
  for (const name of argv.slice(1)) {
    if (name === '-f' || name === '-v') continue;
    if (isFunction || !session.variables.has(name)) session.functions.delete(name);
    if (isFunction) continue;
    session.variables.delete(name);
    session.exported.delete(name);
  }
  return 0;
};

const letters = 'aefnuvx';
const longNames: Readonly<Record<string, string>> = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  verbose: 'v',
  allexport: 'a',
};

export const set = (session: Session, argv: readonly string[], io: Io): number => {
  if (argv.length === 1) {
    for (const name of [...session.variables.keys()].toSorted()) {
      io.print('stdout', `${name}=${quoted(session.variables.get(name) ?? '')}\n`);
    }
    return 0;
  }
  const words = argv.slice(1);
  let at = 0;
  for (; /^[-+][a-z]+$/.test(words[at] ?? ''); at += 1) {
    const word = words[at] ?? '';
    const isOn = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter !== 'o') {
        switchOption(session, letter, isOn);
        continue;
      }
      at += 1;
      const long = words[at] ?? '';
      const isKnown = long in longNames || (long === 'pipefail' && session.flavour !== 'dash');
      if (!isKnown) return refuseOption(session, `${word} ${long}`, io);
      switchOption(session, longNames[long] ?? long, isOn);
    }
  }
  const hasDashes = words[at] === '--';
  if (hasDashes || at < words.length) session.positional = words.slice(hasDashes ? at + 1 : at);
  return 0;
};

const switchOption = (session: Session, letter: string, isOn: boolean): void => {
  if (letter.length === 1 && !letters.includes(letter)) return;
  if (letter === 'e') session.isErrorExit = isOn;
  if (isOn) session.options.add(letter);
  else session.options.delete(letter);
};

const refuseOption = (session: Session, option: string, io: Io): number => {
  const isBash = session.flavour === 'bash';
  const name = option.split(' ')[1] ?? '';
  const text = isBash ? `set: ${name}: invalid option name` : `set: Illegal option ${option}`;
  io.print('stderr', shellMessage(session, text));
  if (isBash) return 2;
  throw new Leave('exit', 2);
};

export const shift = (session: Session, argv: readonly string[], io: Io): number => {
  const count = argv[1] === undefined ? 1 : Number(argv[1]) || 0;
  if (count > session.positional.length) {
    if (session.flavour !== 'dash') return 1;
    io.print('stderr', shellMessage(session, "shift: can't shift that many"));
    throw new Leave('exit', 2);
  }
  session.positional = session.positional.slice(count);
  return 0;
};
