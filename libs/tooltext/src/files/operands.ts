import { fileUsage } from '../busybox/file-usage.ts';
import type { BusyboxUsage } from '../busybox/file-usage.ts';
import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';
import { failed } from '../tool.ts';
import type { FileEdits, ToolOutput, ToolWorld } from '../tool.ts';

/** A tool of a userland as it is called. */
export type FileCall = {
  readonly world: ToolWorld;
  readonly files: FileEdits;
  readonly isBusybox: boolean;
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
  /** What it has said so far of what it did, and of what it could not do. */
  readonly told: string[];
  readonly problems: string[];
};

type Form = {
  readonly tool: BusyboxUsage;
  /** Its letters, as `parseOptions` takes them. */
  readonly letters: string;
  /** Letters of its long options, by their words without dashes. */
  readonly long?: Readonly<Record<string, string>>;
};

/** Reads the words of a call; what cannot be read is the tool's own refusal. */
export const fileCall = (
  world: ToolWorld,
  argv: readonly string[],
  { tool, letters, long = {} }: Form,
): FileCall | ToolOutput => {
  const words = argv.map((word) => {
    const letter = word.startsWith('--') ? long[word.slice(2)] : undefined;
    return letter === undefined ? word : `-${letter}`;
  });
  const { options, operands, unknown } = parseOptions(words, letters);
  if (unknown !== null) return usageOf(world, tool, `invalid option -- '${unknown}'`, true);
  const { files } = world;
  if (files === null) {
    return failed(1, `netfold: \`${tool}\` is simulated in containers only\n`);
  }
  const isBusybox = world.userland === 'busybox';
  return { world, files, isBusybox, options, operands, told: [], problems: [] };
};

/** What a tool says of a call that lacks something. BusyBox gives its use alone. */
export const usageOf = (
  world: ToolWorld,
  tool: BusyboxUsage,
  problem: string,
  isSaidByBoth = false,
): ToolOutput => {
  const said = `${tool}: ${problem}\n`;
  if (world.userland === 'busybox') return fileUsage(tool, isSaidByBoth ? said : '');
  return failed(1, `${said}Try '${tool} --help' for more information.\n`);
};

/** What it all came to. */
export const outcomeOf = ({ told, problems }: FileCall): ToolOutput => ({
  stdout: told.join(''),
  stderr: problems.join(''),
  exitCode: problems.length > 0 ? 1 : 0,
  durationMs: 0,
});

export const placeIn = ({ world }: Pick<FileCall, 'world'>, operand: string): string =>
  resolvePath(world.workingDirectory, operand);

export const baseName = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

/** A name below a folder, as tools print it. */
export const below = (folder: string, name: string): string =>
  folder.endsWith('/') ? folder + name : `${folder}/${name}`;
