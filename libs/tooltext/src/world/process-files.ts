import type { ProcessRow } from '@netfold/dataplane';
import { numbersIn } from '../files/ps.ts';
import { processName } from '../files/ps-columns.ts';

/** What `/proc/N/cmdline` and `/proc/N/comm` of a container say; `null` for any other path. */
export const processText = (rows: readonly ProcessRow[], path: string): string | null => {
  const [, number, file] = /^\/proc\/(\d+)\/(cmdline|comm)$/.exec(path) ?? [];
  if (number === undefined) return null;
  const numbers = numbersIn(rows, true);
  const row = rows.find(({ processId }) => numbers.get(processId) === Number(number));
  if (row === undefined) return null;
  if (file === 'comm') return `${processName(row)}\n`;
  return row.command.map((word) => `${word}\0`).join('');
};
