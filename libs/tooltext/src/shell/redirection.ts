import { setParameter } from '../files/sysctl.ts';
import { parameterOf } from '../world/edited-world.ts';
import { cannotCreate, cannotOpen, resolvePath, shellMessage, worldOf } from './session.ts';
import type { Io, Session } from './session.ts';
import type { Redirection, Word } from './syntax.ts';

const discards = ['/dev/null'];

/** Streams by the names of their files. */
const streams: Readonly<Record<string, 'stdout' | 'stderr'>> = {
  '/dev/stdout': 'stdout',
  '/dev/stderr': 'stderr',
};

/** Answers where input and output go, or `null` after having said why they cannot. */
export const redirect = (
  session: Session,
  redirections: readonly Redirection[],
  expand: (word: Word) => string,
  io: Io,
): Io | null => {
  let result = io;
  for (const one of redirections) {
    const next = redirectOne(session, one, expand(one.target), result);
    if (typeof next === 'string') {
      io.print('stderr', shellMessage(session, next));
      return null;
    }
    result = next;
  }
  return result;
};

const redirectOne = (session: Session, one: Redirection, target: string, io: Io): Io | string => {
  if (one.operator === '<<') return { ...io, input: { rest: target } };
  if (one.operator === '<<<') return { ...io, input: { rest: `${target}\n` } };
  if (one.operator === '<') {
    const text = worldOf(session, new Map()).readFile(target);
    if (text !== null || discards.includes(target)) return { ...io, input: { rest: text ?? '' } };
    return cannotOpen(session, target);
  }
  const stream = one.operator === '>' || one.operator === '>>' ? streams[target] : undefined;
  if (one.operator === '>&' || stream !== undefined) {
    const from = one.descriptor === 2 ? 'stderr' : 'stdout';
    const to = stream ?? (target === '2' ? 'stderr' : 'stdout');
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
