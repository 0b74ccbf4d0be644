import { helpTexts } from '../help/golden/help-texts.ts';

/** A flag as help describes it. */
export type Flag = {
  readonly name: string;
  readonly shorthand: string | null;
  /** The word behind its name, `list` or `bytes`; `bool` where there is none. */
  readonly type: string;
};

const line = /^ {2}(?:-(\S), | {4})--([\w-]+)(?: ([\w-]+))?(?: {2,}|$)/;

/** Flags in lines of help text. A line that goes on begins further right. */
export const flagsIn = (text: string): readonly Flag[] =>
  text.split('\n').flatMap((one) => {
    const found = line.exec(one);
    if (found === null) return [];
    const [, shorthand = null, name = '', type = 'bool'] = found;
    return [{ name, shorthand, type }];
  });

export const helpOf = (command: string): string => helpTexts[command] ?? '';

/** `docker ps [OPTIONS]`; that of `docker cp` has two lines. */
export const usageLineOf = (command: string): string =>
  /^Usage: {2}(.*(?:\n\t.*)*)$/m.exec(helpOf(command))?.[1] ?? '';

/** The line that says what a command does, as the help of its group has it. */
export const summaryOf = (command: string): string => {
  const [, group = '', name = ''] = /^(?:(.*) )?(\S+)$/.exec(command) ?? [];
  return new RegExp(`^ {2}${name}\\*? +(.*)$`, 'm').exec(helpOf(group))?.[1] ?? '';
};

/** Names of the commands below one, in their order. */
export const subcommandsOf = (command: string): readonly string[] => {
  const start = command === '' ? '' : `${command} `;
  return Object.keys(helpTexts)
    .filter((one) => one !== '' && one.startsWith(start))
    .map((one) => one.slice(start.length))
    .filter((one) => !one.includes(' '));
};

/** Other names of a command, as its own help tells: `ps` and `list` of `container ls`. */
export const aliasesOf = (command: string): readonly string[] => {
  const [, list = ''] = /^Aliases:\n {2}(.*)$/m.exec(helpOf(command)) ?? [];
  return list === '' ? [] : list.split(', ');
};
