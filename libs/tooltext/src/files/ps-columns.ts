import type { ProcessRow } from '@netfold/dataplane';
import { lines } from '../tool.ts';

/** One column of `ps -o`. */
export type PsColumn = {
  readonly heading: string;
  readonly width: number;
  readonly isRight: boolean;
  readonly value: (process: ListedProcess) => string;
};

/** A process with its numbers as its own machine or container counts them. */
export type ListedProcess = {
  readonly row: ProcessRow;
  readonly id: number;
  readonly parentId: number;
  /** Milliseconds since it was started. */
  readonly ageMs: number;
};

/** The name that the kernel keeps of a program: its file's, up to 15 bytes. */
export const processName = ({ command }: Pick<ProcessRow, 'command'>): string =>
  (command[0] ?? '').replace(/^.*\//, '').slice(0, 15);

const commandLine = ({ command }: ProcessRow): string => command.join(' ');

const two = (value: number): string => String(value).padStart(2, '0');

const startClock = ({ startedAt }: ProcessRow): string => {
  const at = new Date(startedAt);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
};

/** `[[DAYS-]HOURS:]MINUTES:SECONDS`. */
const elapsed = (ageMs: number): string => {
  const seconds = Math.floor(ageMs / 1_000);
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24];
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${clock}`;
  return hours > 0 ? `${two(hours)}:${clock}` : clock;
};

type Value = (process: ListedProcess) => string;

const left = (heading: string, width: number, value: Value): PsColumn => ({
  heading,
  width,
  isRight: false,
  value,
});
const right = (heading: string, width: number, value: Value): PsColumn => ({
  heading,
  width,
  isRight: true,
  value,
});

const always =
  (text: string): Value =>
  () =>
    text;
const id: Value = (process) => String(process.id);
const parent: Value = (process) => String(process.parentId);
const user: Value = ({ row }) => row.user;
const name: Value = ({ row }) => processName(row);
const words: Value = ({ row }) => commandLine(row);

/**
 * What processes use of processors and memory is not simulated: such columns stand at nothing.
 * @source procps-ng 4.0.2 src/ps/output.c
 */
export const procpsColumns: Readonly<Record<string, PsColumn>> = {
  pid: right('PID', 7, id),
  tid: right('TID', 7, id),
  lwp: right('LWP', 7, id),
  ppid: right('PPID', 7, parent),
  pgid: right('PGID', 7, id),
  sid: right('SID', 7, id),
  uid: right('UID', 5, ({ row }) => (row.user === 'root' ? '0' : row.user)),
  user: left('USER', 8, user),
  euser: left('EUSER', 8, user),
  ruser: left('RUSER', 8, user),
  uname: left('USER', 8, user),
  group: left('GROUP', 8, user),
  comm: left('COMMAND', 15, name),
  ucmd: left('CMD', 15, name),
  args: left('COMMAND', 27, words),
  command: left('COMMAND', 27, words),
  cmd: left('CMD', 27, words),
  stat: left('STAT', 4, always('Ss')),
  state: left('S', 1, always('S')),
  s: left('S', 1, always('S')),
  tty: left('TT', 8, always('?')),
  tt: left('TT', 8, always('?')),
  tname: left('TTY', 8, always('?')),
  time: right('TIME', 8, always('00:00:00')),
  cputime: right('TIME', 8, always('00:00:00')),
  etime: right('ELAPSED', 11, ({ ageMs }) => elapsed(ageMs)),
  etimes: right('ELAPSED', 7, ({ ageMs }) => String(Math.floor(ageMs / 1_000))),
  stime: left('STIME', 5, ({ row }) => startClock(row)),
  start_time: left('START', 5, ({ row }) => startClock(row)),
  '%cpu': right('%CPU', 4, always('0.0')),
  pcpu: right('%CPU', 4, always('0.0')),
  c: right('C', 2, always('0')),
  '%mem': right('%MEM', 4, always('0.0')),
  pmem: right('%MEM', 4, always('0.0')),
  vsz: right('VSZ', 6, always('0')),
  rss: right('RSS', 5, always('0')),
  ni: right('NI', 3, always('0')),
  nice: right('NI', 3, always('0')),
  pri: right('PRI', 3, always('19')),
  nlwp: right('NLWP', 4, always('1')),
  wchan: left('WCHAN', 6, always('-')),
};

/** In the order in which BusyBox names them. @source busybox 1.35 procps/ps.c */
export const busyboxColumns: Readonly<Record<string, PsColumn>> = {
  user: left('USER', 8, user),
  group: left('GROUP', 8, user),
  comm: left('COMMAND', 16, name),
  args: left('COMMAND', 256, words),
  pid: right('PID', 5, id),
  ppid: right('PPID', 5, parent),
  pgid: right('PGID', 5, id),
  nice: right('NI', 5, always('0')),
  rgroup: left('RGROUP', 8, user),
  ruser: left('RUSER', 8, user),
  tty: left('TT', 6, always('?')),
  vsz: right('VSZ', 4, always('0')),
  sid: right('SID', 5, id),
  stat: left('STAT', 4, always('S')),
  rss: right('RSS', 4, always('0')),
};

/** A left column at the end of a line is not filled up. */
const lineOf = (columns: readonly PsColumn[], cells: readonly string[]): string =>
  columns
    .map(({ width, isRight }, at) => {
      const cell = cells[at] ?? '';
      if (isRight) return cell.padStart(width);
      return at === columns.length - 1 ? cell : cell.padEnd(width);
    })
    .join(' ');

/** @param isHeadLeft  BusyBox puts every heading to the left */
export const psTable = (
  columns: readonly PsColumn[],
  processes: readonly ListedProcess[],
  { isHeadLeft }: { readonly isHeadLeft: boolean },
): string => {
  const headings = columns.map(({ heading }) => heading);
  const head = isHeadLeft ? columns.map((column) => ({ ...column, isRight: false })) : columns;
  const shown = headings.every((heading) => heading === '') ? [] : [lineOf(head, headings)];
  const body = processes.map((process) =>
    lineOf(
      columns,
      columns.map(({ value }) => value(process)),
    ),
  );
  return lines([...shown, ...body]);
};
