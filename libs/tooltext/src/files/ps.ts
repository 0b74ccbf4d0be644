import type { ProcessRow } from '@netfold/dataplane';
import { busyboxUsage } from '../busybox/usage.ts';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { busyboxColumns, processName, procpsColumns, psTable } from './ps-columns.ts';
import type { ListedProcess, PsColumn } from './ps-columns.ts';

/** Processes of a container count from 1 in its own process namespace. */
export const numbersIn = (
  rows: readonly ProcessRow[],
  isContainer: boolean,
): ReadonlyMap<number, number> =>
  new Map(rows.map((row, at) => [row.processId, isContainer ? at + 1 : row.processId]));

const listed = (world: ToolWorld): readonly ListedProcess[] => {
  const { processes, now } = world;
  const numbers = numbersIn(processes, world.place === 'container');
  const isContainer = world.place === 'container';
  const numberOf = (id: number): number => numbers.get(id) ?? (isContainer ? 0 : id);
  return processes.map((row) => ({
    row,
    id: numberOf(row.processId),
    parentId: numberOf(row.parentProcessId),
    ageMs: Math.max(0, now - row.startedAt),
  }));
};

/** `ps` in the words of its userland. */
export const ps: Tool = (world, argv, stdin) =>
  world.userland === 'busybox' ? busyboxPs(world, argv, stdin) : procps(world, argv, stdin);

/** `pid,comm` or `comm=NAME`: of the last column, its heading is the rest of the word. */
type Wanted = { readonly columns: readonly PsColumn[] } | { readonly unknown: string };

const wanted = (texts: readonly string[], known: Readonly<Record<string, PsColumn>>): Wanted => {
  const columns: PsColumn[] = [];
  for (const text of texts.flatMap(columnTexts)) {
    const [name, heading] = splitOnce(text, '=');
    const width = Number(/:(\d+)$/.exec(name)?.[1] ?? 0);
    const column = known[name.replace(/:\d+$/, '')];
    if (column === undefined) return { unknown: name };
    columns.push({
      ...column,
      width: Math.max(width || column.width, (heading ?? '').length),
      heading: heading ?? column.heading,
    });
  }
  return { columns };
};

const columnTexts = (text: string): readonly string[] => {
  const at = text.indexOf('=');
  if (at === -1 || text.slice(at + 1) === '' || !text.slice(at).includes(',')) {
    return text.split(/[, ]+/).filter((one) => one !== '');
  }
  const before = text.slice(0, at).split(',');
  const last = before.pop() ?? '';
  return [...before, `${last}${text.slice(at)}`];
};

const splitOnce = (text: string, separator: string): readonly [string, string?] => {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

const usage = busyboxUsage(`Usage: ps [-o COL1,COL2=HEADER] [-T]

Show list of processes

	-o COL1,COL2=HEADER	Select columns for display
	-T			Show threads
`);

const busyboxPs: Tool = (world, argv) => {
  const texts = argv.flatMap((word, at) => {
    if (argv[at - 1] === '-o') return [word];
    return word.startsWith('-o') && word.length > 2 ? [word.slice(2)] : [];
  });
  const long = argv.find((word) => word.startsWith('--'));
  if (long !== undefined) return failed(1, `ps: unrecognized option '${long}'\n${usage}`);
  const found = wanted(texts.length === 0 ? ['pid,user,args'] : texts, busyboxColumns);
  if ('unknown' in found) {
    const known = Object.keys(busyboxColumns).join(',');
    const words = `ps: bad -o argument '${found.unknown}', supported arguments: ${known}\n`;
    return failed(1, words);
  }
  return printed(psTable(found.columns, listed(world), { isHeadLeft: true }));
};

/** Letters of options, and the values of those that have one, as the words of `ps` give them. */
type Asked = { readonly letters: string; readonly values: ReadonlyMap<string, readonly string[]> };

const valued: Readonly<Record<string, string>> = {
  o: 'o',
  O: 'o',
  C: 'C',
  p: 'p',
  q: 'p',
  u: 'u',
  U: 'u',
  '--pid': 'p',
  '--format': 'o',
  '--ppid': 'ppid',
  '--user': 'u',
  '--no-headers': '',
  '--no-heading': '',
  '--sort': '',
};

const readWords = (words: readonly string[]): Asked => {
  let letters = '';
  const values = new Map<string, string[]>();
  const keep = (name: string, value: string): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) {
      const [name, value] = splitOnce(word, '=');
      const option = valued[name];
      if (option === '') letters += name === '--sort' ? '' : 'h';
      else if (option !== undefined) keep(option, value ?? rest.shift() ?? '');
      continue;
    }
    if (/^\d[\d,]*$/.test(word)) {
      keep('p', word);
      continue;
    }
    const isDashed = word.startsWith('-');
    const given = isDashed ? word.slice(1) : word;
    for (let at = 0; at < given.length; at += 1) {
      const letter = given[at] ?? '';
      // Without a dash `u` is the format of users, with one it takes their names.
      const option = letter === 'u' && !isDashed ? undefined : valued[letter];
      if (option === undefined) {
        letters += isDashed ? letter : letter.toLowerCase() === letter ? `${letter}.` : letter;
        continue;
      }
      keep(option, given.slice(at + 1) || (rest.shift() ?? ''));
      break;
    }
  }
  return { letters, values };
};

const unknownColumn = (name: string): string =>
  `error: unknown user-defined format specifier "${name}"\n\n` +
  'Usage:\n ps [options]\n\n' +
  " Try 'ps --help <simple|list|output|threads|misc|all>'\n" +
  "  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\n" +
  'For more details see ps(1).\n';

/** Whatever is not found fails the line. @source procps-ng 4.0.2 src/ps/parser.c */
const procps: Tool = (world, argv) => {
  // A dash before `aux` asks for the user `x`, but nobody means that; nor does procps.
  const asked = readWords(argv.slice(1).map((word) => (word === '-aux' ? 'aux' : word)));
  const chosen = selected(listed(world), asked.values);
  const texts = asked.values.get('o') ?? [];
  const found = wanted(texts, procpsColumns);
  if ('unknown' in found) return failed(1, unknownColumn(found.unknown));
  const columns = texts.length > 0 ? found.columns : usualColumns(asked.letters);
  const isHeadless = /h/.test(asked.letters);
  const shown = isHeadless ? columns.map((column) => ({ ...column, heading: '' })) : columns;
  const text = psTable(shown, chosen, { isHeadLeft: false });
  return chosen.length === 0 ? failed(1, '', text) : printed(text);
};

const selected = (
  all: readonly ListedProcess[],
  values: Asked['values'],
): readonly ListedProcess[] => {
  const list = (name: string): readonly string[] | null =>
    values.get(name)?.flatMap((text) => text.split(/[, ]+/)) ?? null;
  const [names, ids, parents, users] = [list('C'), list('p'), list('ppid'), list('u')];
  if (names === null && ids === null && parents === null && users === null) return all;
  return all.filter(
    ({ row, id, parentId }) =>
      names?.includes(processName(row)) === true ||
      ids?.includes(String(id)) === true ||
      parents?.includes(String(parentId)) === true ||
      users?.includes(row.user) === true,
  );
};

const column = (name: string, changes: Partial<PsColumn> = {}): PsColumn => ({
  ...(procpsColumns[name] as PsColumn),
  ...changes,
});

const bsdTime = column('time', { width: 6, value: () => '0:00' });

/** `-f` and the BSD forms `u` and `x`; a letter without a dash stands before a full stop. */
const usualColumns = (letters: string): readonly PsColumn[] => {
  const isBsd = letters.includes('.');
  if (letters.includes('f') && !letters.includes('f.')) {
    const user = column('user', { heading: 'UID' });
    const rest = ['c', 'stime', 'tname', 'time', 'cmd'].map((name) => column(name));
    return [user, column('pid'), column('ppid'), ...rest];
  }
  if (letters.includes('u.')) {
    const [start, usage] = [column('start_time'), ['%cpu', '%mem', 'vsz', 'rss', 'tname', 'stat']];
    const middle = usage.map((name) => column(name));
    return [column('user'), column('pid'), ...middle, start, bsdTime, column('args')];
  }
  if (isBsd) return [column('pid'), column('tname'), column('stat'), bsdTime, column('args')];
  const last = column('ucmd');
  return [column('pid'), column('tname'), column('time'), last];
};
