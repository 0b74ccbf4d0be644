import type { Io, Session } from './session.ts';

/** How a word is shown so that it could be typed again; each shell has its own fears. */
const shown = ({ flavour }: Session, word: string): string => {
  if (flavour === 'dash') return word;
  if (word === '') return flavour === 'bash' ? "''" : '';
  const odd = flavour === 'bash' ? /[^\w@%+=:,./^-]/ : /[^\w@%+:,./\]-]/;
  return odd.test(word) ? `'${word.replaceAll("'", String.raw`'\\''`)}'` : word;
};

/** `set -x`: the command as it is carried out, behind a plus sign. */
export const trace = (session: Session, io: Io, words: readonly string[]): void => {
  if (!session.options.has('x')) return;
  const { print } = io;
  print('stderr', `+ ${words.join(' ')}\n`);
};

export const traceCommand = (session: Session, io: Io, argv: readonly string[]): void => {
  trace(
    session,
    io,
    argv.map((word) => shown(session, word)),
  );
};

export const traceAssignment = (session: Session, io: Io, set: readonly [string, string]): void => {
  const [name, value] = set;
  trace(session, io, [`${name}=${value === '' ? '' : shown(session, value)}`]);
};
