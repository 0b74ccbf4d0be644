import type { ProcessRow } from '@netfold/dataplane';

/** A column of `ps`: its title, and what it shows of a process. */
export type PsColumn = {
  readonly title: string;
  readonly of: (row: ProcessRow) => string;
};

const two = (value: number): string => String(value).padStart(2, '0');
const at = ({ startedAt }: ProcessRow): Date => new Date(startedAt);
const clockOf = (row: ProcessRow): string =>
  `${two(at(row).getUTCHours())}:${two(at(row).getUTCMinutes())}`;
const nameOf = ({ command }: ProcessRow): string => (command[0] ?? '').replace(/^.*\//, '');
const lineOf = ({ command }: ProcessRow): string => command.join(' ');
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Sat Nov 21 17:18:04 2026` */
const dateOf = (row: ProcessRow): string => {
  const date = at(row);
  const day = String(date.getUTCDate()).padStart(2);
  const time = `${clockOf(row)}:${two(date.getUTCSeconds())}`;
  const start = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day}`;
  return `${start} ${time} ${date.getUTCFullYear()}`;
};

const column = (title: string, of: PsColumn['of'] | string): PsColumn => ({
  title,
  of: typeof of === 'string' ? () => of : of,
});

/** So much a program that only sleeps has, in KiB, and what follows from it. Recorded engine. */
const virtualKib = '3152';
const residentKib = '1940';
const pages = '788';

const pid = column('PID', ({ processId }) => String(processId));
const ppid = column('PPID', ({ parentProcessId }) => String(parentProcessId));
const user = column('USER', (row) => row.user);
const time = column('TIME', '00:00:00');
const tty = column('TTY', '?');
const cpu = column('%CPU', '0.0');
const memory = column('%MEM', '0.0');
const virtual = column('VSZ', virtualKib);
const resident = column('RSS', residentKib);
const stime = column('STIME', clockOf);
const args = column('COMMAND', lineOf);
const zero = (title: string): PsColumn => column(title, '0');

/** @source procps-ng 4 ps/output.c format_array */
const columns: Readonly<Record<string, PsColumn>> = {
  pid,
  tgid: column('TGID', pid.of),
  ppid,
  user,
  uname: user,
  euser: column('EUSER', user.of),
  ruser: column('RUSER', user.of),
  uid: zero('UID'),
  euid: zero('EUID'),
  gid: zero('GID'),
  group: column('GROUP', user.of),
  cmd: column('CMD', lineOf),
  args,
  command: args,
  comm: column('COMMAND', nameOf),
  ucmd: column('CMD', nameOf),
  ucomm: column('COMMAND', nameOf),
  tty: column('TT', '?'),
  tt: column('TT', '?'),
  tname: tty,
  time,
  cputime: time,
  stat: column('STAT', 'Ss'),
  state: column('S', 'S'),
  s: column('S', 'S'),
  c: zero('C'),
  pcpu: cpu,
  '%cpu': cpu,
  pmem: memory,
  '%mem': memory,
  vsz: virtual,
  vsize: virtual,
  rss: resident,
  rsz: column('RSZ', residentKib),
  sz: column('SZ', pages),
  stime,
  start: column('STARTED', (row) => `${clockOf(row)}:${two(at(row).getUTCSeconds())}`),
  start_time: column('START', clockOf),
  lstart: column('STARTED', dateOf),
  ni: zero('NI'),
  nice: zero('NI'),
  pri: column('PRI', '19'),
  pgid: column('PGID', pid.of),
  pgrp: column('PGRP', pid.of),
  sid: column('SID', pid.of),
  sess: column('SESS', pid.of),
  nlwp: column('NLWP', '1'),
  psr: zero('PSR'),
  f: column('F', '4'),
  label: column('LABEL', '-'),
};

const uidName = column('UID', (row) => row.user);
const cmd = column('CMD', lineOf);
const short = [pid, tty, time, column('CMD', nameOf)];
const full = [uidName, pid, ppid, zero('C'), stime, tty, time, cmd];
const fuller = [
  uidName,
  pid,
  ppid,
  zero('C'),
  column('SZ', pages),
  resident,
  zero('PSR'),
  stime,
  tty,
  time,
  cmd,
];
const long = [
  column('F', '4'),
  column('S', 'S'),
  zero('UID'),
  pid,
  ppid,
  zero('C'),
  column('PRI', '80'),
  zero('NI'),
  column('ADDR', '-'),
  column('SZ', pages),
  column('WCHAN', '-'),
  tty,
  time,
  column('CMD', nameOf),
];
const ofUsers = [
  user,
  pid,
  cpu,
  memory,
  virtual,
  resident,
  tty,
  column('STAT', 'Ss'),
  column('START', clockOf),
  column('TIME', '0:00'),
  args,
];

type Asked = {
  readonly letters: string;
  readonly formats: readonly string[];
  readonly isBsd: boolean;
};

/** Letters that take the next word, and those that are known at all. */
const withWord = 'oOpuUtgGCq';
const known = { sysV: 'AadefFjlLmTHwyMNcVZxoOpuUtgGCq', bsd: 'axuoOfjlvsewrhTcnkp' };

/** Reads the words; a list of columns stands behind its letter or in the next word. */
function askedIn(text: string): Asked | string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const formats: string[] = [];
  let letters = '';
  let isBsd = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word.startsWith('--')) return 'error: unknown gnu long option';
    const isDashed = word.startsWith('-');
    isBsd = isBsd || !isDashed;
    const own = isDashed ? word.slice(1) : word;
    for (let place = 0; place < own.length; place += 1) {
      const letter = own[place] ?? '';
      if (!(isDashed ? known.sysV : known.bsd).includes(letter)) {
        return isDashed
          ? 'error: unsupported SysV option'
          : 'error: unsupported option (BSD syntax)';
      }
      letters += letter;
      if (!withWord.includes(letter) || (!isDashed && letter === 'u')) continue;
      const rest = own.slice(place + 1);
      const value = rest === '' ? words[(index += 1)] : rest;
      if (letter === 'o') formats.push(...(value ?? '').split(','));
      break;
    }
  }
  return { letters, formats, isBsd };
}

/**
 * The columns that `ps` prints when asked so.
 *
 * @param text  the arguments as the client sent them, `-eo pid,comm`
 * @returns what `ps` says instead, where it does not know them
 */
export function psColumns(text: string): readonly PsColumn[] | string {
  const asked = askedIn(text);
  if (typeof asked === 'string') return asked;
  const { letters, formats, isBsd } = asked;
  if (formats.length > 0) return namedColumns(formats);
  if (isBsd && letters.includes('u')) return ofUsers;
  if (letters.includes('F')) return fuller;
  if (letters.includes('f') && !isBsd) return full;
  return letters.includes('l') ? long : short;
}

function namedColumns(formats: readonly string[]): readonly PsColumn[] | string {
  const found: PsColumn[] = [];
  for (const format of formats) {
    const [name = '', title] = format.split(/=(.*)/s);
    const one = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (one === undefined) return `error: unknown user-defined format specifier "${name}"`;
    found.push(title === undefined ? one : { ...one, title });
  }
  return found;
}
