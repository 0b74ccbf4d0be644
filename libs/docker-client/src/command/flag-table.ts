import { helpTexts } from '../help/golden/help-texts.ts';

/** A flag as help describes it. */
export type Flag = {
  readonly name: string;
  readonly shorthand: string | null;
  /** The word behind its name, `list` or `bytes`; `bool` where there is none. */
  readonly type: string;
};

const line = /^ {2}(?:-(\S), | {4})--([\w-]+)(?: ([\w-]+))?(?: {2,}|$)/;

const known = new Map<string, readonly Flag[]>();

/** Flags in lines of help text, read once. A line that goes on begins further right. */
export const flagsIn = (text: string): readonly Flag[] => {
  const flags = known.get(text) ?? text.split('\n').flatMap(flagIn);
  known.set(text, flags);
  return flags;
};

const flagIn = (text: string): readonly Flag[] => {
  const found = line.exec(text);
  if (found === null) return [];
  const [, shorthand = null, name = '', type = 'bool'] = found;
  return [{ name, shorthand, type }];
};

export const helpOf = (command: string): string => helpTexts[command] ?? '';

/** `docker ps [OPTIONS]`; that of `docker cp` has two lines. */
export const usageLineOf = (command: string): string =>
  /^Usage: {2}(.*(?:\n\t.*)*)$/m.exec(helpOf(command))?.[1] ?? '';

/** The line that says what a command does, as the help of its group has it. */
export const summaryOf = (command: string): string => {
  const [, group = '', name = ''] = /^(?:(.*) )?(\S+)$/.exec(command) ?? [];
  return new RegExp(`^ {2}${name}\\*? +(.*)$`, 'm').exec(helpOf(group))?.[1] ?? '';
};

/** Names of commands by the command that they stand below, in their order. */
const subcommands: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  Object.keys(helpTexts).filter((one) => one !== ''),
  (one) => one.slice(0, Math.max(one.lastIndexOf(' '), 0)),
);

/** Names of the commands below one, in their order. */
export const subcommandsOf = (command: string): readonly string[] =>
  (subcommands.get(command) ?? []).map((one) => one.slice(one.lastIndexOf(' ') + 1));

/** Other names of a command, as its own help tells: `ps` and `list` of `container ls`. */
export const aliasesOf = (command: string): readonly string[] => {
  const [, list = ''] = /^Aliases:\n {2}(.*)$/m.exec(helpOf(command)) ?? [];
  return list === '' ? [] : list.split(', ');
};
