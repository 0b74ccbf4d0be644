import type { FileEntry } from '@netfold/contracts';

const executable = 0o111;
const allBits = 0o7777;
/** What new files do without, of whom a change does not name. */
const umask = 0o022;

const whoBits: Readonly<Record<string, number>> = {
  u: 0o4700,
  g: 0o2070,
  o: 0o1007,
  a: 0o7777,
};
const rightBits: Readonly<Record<string, number>> = {
  r: 0o444,
  w: 0o222,
  x: executable,
  s: 0o6000,
  t: 0o1000,
};

/** `755`, `u+x,go-w` on a mode; `null`: it is no mode. */
export const changedMode = (
  text: string,
  { mode, kind }: Pick<FileEntry, 'mode' | 'kind'>,
): number | null => {
  if (/^[0-7]{1,5}$/.test(text)) return Number.parseInt(text, 8) & allBits;
  let result = mode;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause);
    if (found === null) return null;
    const [, who = '', changes = ''] = found;
    const mask = Array.from(who || 'a').reduce((bits, one) => bits | (whoBits[one] ?? 0), 0);
    const reach = who === '' ? mask & ~umask : mask;
    for (const [, operator, rights = ''] of changes.matchAll(/([-+=])([rwxXstugo]*)/g)) {
      const isRunnable = kind === 'directory' || (result & executable) !== 0;
      const bits = bitsOf(rights, result, isRunnable) & reach;
      if (operator === '+') result |= bits;
      else if (operator === '-') result &= ~bits;
      else result = (result & ~(mask & 0o777)) | bits;
    }
  }
  return result;
};

const bitsOf = (rights: string, mode: number, isRunnable: boolean): number =>
  Array.from(rights).reduce((bits, one) => {
    if (one === 'X') return bits | (isRunnable ? executable : 0);
    const shift = ['o', 'g', 'u'].indexOf(one) * 3;
    if (shift < 0) return bits | (rightBits[one] ?? 0);
    return bits | (((mode >> shift) & 7) * executable);
  }, 0);

const letterOf: Readonly<Record<FileEntry['kind'], string>> = {
  file: '-',
  directory: 'd',
  link: 'l',
};

/** `-rwxr-xr-x`, as `ls -l` prints it. */
export const modeText = ({ kind, mode }: Pick<FileEntry, 'kind' | 'mode'>): string => {
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = mode >> shift;
    const isRunnable = (bits & 1) !== 0;
    const plain = isRunnable ? 'x' : '-';
    const set = isRunnable ? letter : letter.toUpperCase();
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${mode & special ? set : plain}`;
  };
  return letterOf[kind] + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
};
