import type { FileEntry } from '@netfold/contracts';
import { parseOptions } from '../filters/input.ts';
import { fileUsage } from '../busybox/file-usage.ts';
import { failed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { diskBytesOf, entryAt, entryBehind, ownerName, sizeOf } from './entry.ts';
import { linksOf } from './list.ts';
import { modeText } from './mode.ts';

/** `stat [-L] [-c FORMAT] PATH...` */
export const stat: Tool = (world, argv) => {
  const words = argv.flatMap((word) =>
    word.startsWith('--format=') ? ['-c', word.slice('--format='.length)] : [word],
  );
  const { options, operands, unknown } = parseOptions(words, 'c:Lft');
  const isBusybox = world.userland === 'busybox';
  const hint = "Try 'stat --help' for more information.\n";
  if (unknown !== null || operands.length === 0) {
    const said = unknown === null ? 'missing operand' : `invalid option -- '${unknown}'`;
    if (!isBusybox) return failed(1, `stat: ${said}\n${hint}`);
    return fileUsage('stat', unknown === null ? '' : `stat: ${said}\n`);
  }
  if (options.has('f')) return failed(1, 'netfold: `stat -f` is not simulated yet\n');
  const format = options.get('c')?.at(-1);
  const told: string[] = [];
  const problems: string[] = [];
  for (const name of operands) {
    const entry = options.has('L') ? entryBehind(world, name) : entryAt(world, name);
    if (entry === null) {
      const verb = isBusybox ? "can't stat" : 'cannot statx';
      problems.push(`stat: ${verb} '${name}': No such file or directory\n`);
    } else if (format !== undefined) told.push(`${formatted(world, format, { name, entry })}\n`);
    else told.push(whole(world, { name, entry }));
  }
  const exitCode = problems.length > 0 ? 1 : 0;
  return { stdout: told.join(''), stderr: problems.join(''), exitCode, durationMs: 0 };
};

type Item = { readonly name: string; readonly entry: FileEntry };

/** Blocks as `stat` counts them, bytes. */
const sectorBytes = 512;

const kindText = ({ kind, content, encoding }: FileEntry): string => {
  if (kind === 'directory') return 'directory';
  if (kind === 'link') return 'symbolic link';
  return content === '' && encoding === 'utf8' ? 'regular empty file' : 'regular file';
};

/** `2026-11-21 17:17:57.014000000 +0000` */
const timeText = (at: number): string => {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000000 +0000`;
};

/** Numbers of a file system that nobody keeps: the same for the same path. */
const inodeOf = (path: string): number =>
  Array.from(path).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 900_000, 7) +
  100_000;

const formatted = (world: ToolWorld, format: string, { name, entry }: Item): string => {
  const isBusybox = world.userland === 'busybox';
  const quoted = entry.kind === 'link' ? `'${name}' -> '${entry.target}'` : `'${name}'`;
  const parts: Readonly<Record<string, string>> = {
    a: entry.mode.toString(8),
    A: modeText(entry),
    b: String(diskBytesOf(entry) / sectorBytes),
    B: String(sectorBytes),
    F: kindText(entry),
    g: String(entry.groupId),
    G: ownerName(world, 'group', entry.groupId),
    h: String(linksOf(world, entry)),
    i: String(inodeOf(entry.path)),
    n: name,
    N: isBusybox && entry.kind !== 'link' ? name : quoted,
    o: '4096',
    s: String(sizeOf(entry)),
    u: String(entry.userId),
    U: ownerName(world, 'passwd', entry.userId),
    '%': '%',
  };
  const seconds = String(Math.floor(entry.modifiedAt / 1_000));
  return format.replaceAll(/%([a-zA-Z%])/g, (whole_, letter: string) => {
    if ('XYZ'.includes(letter)) return seconds;
    if ('xyz'.includes(letter)) return timeText(entry.modifiedAt);
    return parts[letter] ?? whole_;
  });
};

const whole = (world: ToolWorld, item: Item): string => {
  const { name, entry } = item;
  const isBusybox = world.userland === 'busybox';
  const link = isBusybox ? `'${name}' -> '${entry.target}'` : `${name} -> ${entry.target}`;
  const device = isBusybox ? '2ah/42d' : '0,42';
  const mode = entry.mode.toString(8).padStart(4, '0');
  const owner = (list: 'passwd' | 'group', number: number): string =>
    `(${String(number).padStart(5)}/${ownerName(world, list, number).padStart(8)})`;
  const blocks = String(diskBytesOf(entry) / sectorBytes).padEnd(10);
  const time = timeText(entry.modifiedAt);
  const size = String(sizeOf(entry)).padEnd(10);
  const inode = String(inodeOf(entry.path)).padEnd(11);
  return [
    `  File: ${entry.kind === 'link' ? link : name}`,
    `  Size: ${size}\tBlocks: ${blocks} IO Block: 4096   ${kindText(entry)}`,
    `Device: ${device}\tInode: ${inode} Links: ${linksOf(world, entry)}`,
    `Access: (${mode}/${modeText(entry)})  Uid: ${owner('passwd', entry.userId)}   ` +
      `Gid: ${owner('group', entry.groupId)}`,
    ...['Access', 'Modify', 'Change'].map((one) => `${one}: ${time}`),
    ...(isBusybox ? [] : [` Birth: ${time}`]),
    '',
  ].join('\n');
};
