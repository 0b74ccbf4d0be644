import type { ProcessRow } from '@netfold/dataplane';
import { lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';

const commandOf = (row: ProcessRow): string => row.command.join(' ');

const two = (value: number): string => String(value).padStart(2, '0');

/** Processes of a container count from 1 in its own process namespace. */
export const numbersIn = (
  rows: readonly ProcessRow[],
  isContainer: boolean,
): ReadonlyMap<number, number> =>
  new Map(rows.map((row, at) => [row.processId, isContainer ? at + 1 : row.processId]));

const columnsOf = (argv: readonly string[]): string[] | null => {
  const at = argv.findIndex((word) => word === '-o' || word === 'o');
  const joined = argv.find(
    (word) => /^-?[a-zA-Z]*o[a-z]+[,a-z]*$/.test(word) && word.includes(','),
  );
  const text = at >= 0 ? argv[at + 1] : joined?.replace(/^-?[a-zA-Z]*?o/, '');
  return text === undefined ? null : text.split(',');
};

const startClock = (row: ProcessRow): string => {
  const at = new Date(row.startedAt);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
};

const headings: Readonly<Record<string, string>> = {
  pid: 'PID',
  ppid: 'PPID',
  user: 'USER',
  args: 'COMMAND',
  cmd: 'CMD',
  command: 'COMMAND',
  comm: 'COMMAND',
};

/** The name that the kernel keeps of a program: its file's, up to 15 bytes. */
export const processName = ({ command }: ProcessRow): string =>
  (command[0] ?? '').replace(/^.*\//, '').slice(0, 15);

const selection = (argv: readonly string[], option: string): readonly string[] | null => {
  const at = argv.indexOf(option);
  return at < 0 ? null : (argv[at + 1] ?? '').split(',');
};

/** `-C NAMES` and `-p NUMBERS`, where they are given; whatever is not found fails the line. */
const selected = (world: ToolWorld, argv: readonly string[]): readonly ProcessRow[] => {
  const isBusybox = world.userland === 'busybox';
  const names = isBusybox ? null : selection(argv, '-C');
  const numbers = isBusybox ? null : (selection(argv, '-p') ?? selection(argv, '--pid'));
  if (names === null && numbers === null) return world.processes;
  return world.processes.filter(
    (row) =>
      names?.includes(processName(row)) === true ||
      numbers?.includes(String(row.processId)) === true,
  );
};

/** `ps`, `ps ax`, `ps -ef`, `ps aux`, `ps -o COLUMNS`, `ps -C NAME`. */
export const ps: Tool = (world, argv) => {
  const rows = selected(world, argv);
  const found = psOf(world, argv, rows);
  return rows.length === 0 ? { ...found, exitCode: 1 } : found;
};

/** `args=` has no heading, `args=X` has its own. */
const headingOf = (column: string): string => {
  const [name = '', own] = column.split('=');
  return own ?? headings[name] ?? name.toUpperCase();
};

const psOf = (
  world: ToolWorld,
  argv: readonly string[],
  rows: readonly ProcessRow[],
): ToolOutput => {
  const isContainer = world.place === 'container';
  const numbers = numbersIn(rows, isContainer);
  const pid = (row: ProcessRow): string => String(numbers.get(row.processId) ?? row.processId);
  const parent = (row: ProcessRow): string => String(numbers.get(row.parentProcessId) ?? 0);
  const columns = columnsOf(argv);
  const cell = (row: ProcessRow, column: string): string => {
    if (column === 'pid') return pid(row).padStart(5);
    if (column === 'ppid') return parent(row).padStart(5);
    if (column === 'user') return row.user.padEnd(8);
    if (column === 'comm') return processName(row);
    return commandOf(row);
  };
  if (columns !== null) {
    const headed = columns.map(headingOf);
    const heading = headed.every((one) => one === '') ? [] : [headed.join(' ')];
    const names = columns.map((column) => column.replace(/=.*$/, ''));
    const text = rows.map((row) => names.map((name) => cell(row, name)).join(' '));
    return printed(lines([...heading, ...text]));
  }
  if (world.userland === 'busybox') {
    const text = rows.map(
      (row) => `${pid(row).padStart(5)} ${row.user.padEnd(8)} ${commandOf(row)}`,
    );
    return printed(lines(['PID   USER     COMMAND', ...text]));
  }
  const options = argv.slice(1).join('');
  if (options.includes('f')) {
    const text = rows.map(
      (row) =>
        `${row.user.padEnd(8)} ${pid(row).padStart(7)} ${parent(row).padStart(7)}  0 ` +
        `${startClock(row)} ?        00:00:00 ${commandOf(row)}`,
    );
    return printed(lines(['UID          PID    PPID  C STIME TTY          TIME CMD', ...text]));
  }
  if (options.includes('u')) {
    const text = rows.map(
      (row) =>
        `${row.user.padEnd(8)} ${pid(row).padStart(7)}  0.0  0.0      0     0 ?        Ss   ` +
        `${startClock(row)}   0:00 ${commandOf(row)}`,
    );
    const heading = 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND';
    return printed(lines([heading, ...text]));
  }
  const text = rows.map((row) => `${pid(row).padStart(7)} ?        Ss     0:00 ${commandOf(row)}`);
  return printed(lines(['    PID TTY      STAT   TIME COMMAND', ...text]));
};
