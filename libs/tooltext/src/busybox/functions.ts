import { busyboxFunctions } from '@netfold/domain';
import { lines, printed } from '../tool.ts';
import type { ToolOutput } from '../tool.ts';
import { busyboxUsage } from './usage.ts';

const head = `BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  Most people will create a
	link to busybox for each function they wish to use and BusyBox
	will act like whatever it was invoked as.

Currently defined functions:
`;

/** Columns of a terminal less one tab. */
const widthMax = 71;

/** The names one behind the other, in lines that a terminal holds. */
const wrapped = (names: readonly string[]): readonly string[] => {
  const all: string[] = [];
  let line = '';
  names.forEach((name, at) => {
    const word = at < names.length - 1 ? `${name},` : name;
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > widthMax) all.push(line);
    line = longer.length > widthMax ? word : longer;
  });
  return [...all, line].map((one) => `\t${one}`);
};

/**
 * `busybox` without a function, or with an option of its own.
 *
 * @returns `null` for a word that is to be a function
 * @source recorded with BusyBox 1.35.0 as Debian 12 builds it
 */
export const busyboxOwn = (words: readonly string[]): ToolOutput | null => {
  const [option] = words;
  const names = busyboxFunctions.map(({ name }) => name);
  if (option === undefined || (option === '--help' && words.length === 1)) {
    return printed(`${busyboxUsage('').trimEnd()}\n${head}${lines(wrapped(names))}`);
  }
  if (option === '--list') return printed(lines(names));
  if (option === '--list-full') return printed(lines(busyboxFunctions.map(({ path }) => path)));
  return option === '--install' ? printed('') : null;
};
