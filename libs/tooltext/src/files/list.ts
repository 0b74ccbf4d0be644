import type { FileEntry } from '@netfold/contracts';
import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { diskBytesOf, entryAt, entryBehind, ownerName, sizeOf } from './entry.ts';
import { modeText } from './mode.ts';
import { below } from './operands.ts';

type Item = { readonly name: string; readonly entry: FileEntry };

type Listing = {
  readonly world: ToolWorld;
  readonly has: (letter: string) => boolean;
  readonly out: string[];
};

const foldersMax = 1_000;

/** `ls [-1aAdFhlnpRrSst] [PATH...]`: one name a line, as on a pipe. */
export const ls: Tool = (world, argv) => {
  const words = argv.filter((word) => !/^--color(=|$)/.test(word));
  const { options, operands, unknown } = parseOptions(words, '1aAdFghHilLnopQRrSstuUcX');
  if (unknown !== null) {
    const hint = world.userland === 'busybox' ? '' : "Try 'ls --help' for more information.\n";
    return failed(
      world.userland === 'busybox' ? 1 : 2,
      `ls: invalid option -- '${unknown}'\n${hint}`,
    );
  }
  const listing: Listing = { world, has: (letter) => options.has(letter), out: [] };
  const isLong = ['l', 'n', 'o', 'g'].some(listing.has);
  const stderr: string[] = [];
  const found: Item[] = [];
  for (const name of operands.length === 0 ? ['.'] : operands) {
    const isKept = options.has('d') || isLong;
    const own = entryAt(world, name);
    const behind = own?.kind === 'link' ? entryBehind(world, name) : own;
    const entry = isKept && !name.endsWith('/') ? own : (behind ?? own);
    if (entry === null) stderr.push(missing(world, name));
    else found.push({ name, entry });
  }
  const isShut = ({ entry }: Item): boolean => entry.kind !== 'directory' || options.has('d');
  const single = inOrder(listing, found.filter(isShut));
  const folders = inOrder(
    listing,
    found.filter((item) => !isShut(item)),
  );
  listing.out.push(...print(listing, single));
  const isNamed = operands.length > 1 || options.has('R');
  for (const { name } of folders) listFolder(listing, name, isNamed);
  const failure = world.userland === 'busybox' ? 1 : 2;
  const exitCode = stderr.length > 0 ? failure : 0;
  return { stdout: lines(listing.out), stderr: stderr.join(''), exitCode, durationMs: 0 };
};

const missing = ({ userland }: ToolWorld, name: string): string =>
  userland === 'busybox'
    ? `ls: ${name}: No such file or directory\n`
    : `ls: cannot access '${name}': No such file or directory\n`;

const listFolder = (listing: Listing, name: string, isNamed: boolean): void => {
  const { world, has, out } = listing;
  if (out.length > foldersMax * 10) return;
  const path = resolvePath(world.workingDirectory, name);
  const names = (world.listDirectory(path) ?? []).filter(
    (one) => has('a') || has('A') || !one.startsWith('.'),
  );
  const inside = (has('a') ? ['.', '..', ...names] : names).flatMap((one) => {
    const entry = entryAt(world, below(path, one));
    return entry === null ? [] : [{ name: one, entry }];
  });
  const items = inOrder(listing, inside);
  if (isNamed) out.push(...(out.length > 0 ? [''] : []), `${name}:`);
  const isCounted = ['l', 'n', 's', 'o', 'g'].some(has);
  if (isCounted) {
    const bytes = items.reduce((sum, { entry }) => sum + diskBytesOf(entry), 0);
    out.push(`total ${has('h') ? sizeText(bytes) : bytes / 1_024}`);
  }
  out.push(...print(listing, items));
  if (!has('R')) return;
  for (const { name: one, entry } of items) {
    const isInner = entry.kind === 'directory' && one !== '.' && one !== '..';
    if (isInner) listFolder(listing, below(name, one), true);
  }
};

const inOrder = ({ has }: Listing, items: readonly Item[]): readonly Item[] => {
  const byName = items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = has('t')
    ? byName.toSorted((a, b) => b.entry.modifiedAt - a.entry.modifiedAt)
    : has('S')
      ? byName.toSorted((a, b) => sizeOf(b.entry) - sizeOf(a.entry))
      : byName;
  return has('r') ? sorted.toReversed() : sorted;
};

const print = (listing: Listing, items: readonly Item[]): readonly string[] => {
  const { world, has } = listing;
  const isLong = ['l', 'n', 'o', 'g'].some(has);
  const rows = items.map((item) => columns(listing, item));
  const width = (at: number): number => Math.max(0, ...rows.map((row) => (row[at] ?? '').length));
  const isBusybox = world.userland === 'busybox';
  return items.map(({ name, entry }, at) => {
    const shown = has('Q') ? `"${name}"` : name;
    const text = shown + signOf(listing, entry);
    const blocks = String(diskBytesOf(entry) / 1_024);
    const start = has('s') ? `${isBusybox ? blocks.padStart(6) : blocks} ` : '';
    if (!isLong) return start + text;
    const [links = '', user = '', group = '', size = '', time = ''] = rows[at] ?? [];
    const middle = isBusybox
      ? ` ${links.padStart(4)} ${user.padEnd(8)} ${group.padEnd(8)} ${size.padStart(9)} `
      : ` ${links.padStart(width(0))} ${user.padEnd(width(1))} ${group.padEnd(width(2))} ` +
        `${size.padStart(width(3))} `;
    const arrow = entry.kind === 'link' ? ` -> ${entry.target}` : '';
    const mode = isBusybox ? modeText(entry).padEnd(10) : modeText(entry);
    const end = arrow === '' ? signOf(listing, entry) : arrow;
    return `${start}${mode}${middle}${time} ${shown}${end}`;
  });
};

/** Links, user, group, size and time of its line. */
const columns = ({ world, has }: Listing, { entry }: Item): readonly string[] => {
  const size = sizeOf(entry);
  return [
    String(linksOf(world, entry)),
    has('n') ? String(entry.userId) : ownerName(world, 'passwd', entry.userId),
    has('n') ? String(entry.groupId) : ownerName(world, 'group', entry.groupId),
    has('h') ? sizeText(size) : String(size),
    timeText(entry.modifiedAt, world.now),
  ];
};

/** A folder is linked to by its parent, by itself and by the folders in it. */
export const linksOf = (world: ToolWorld, { kind, path }: FileEntry): number => {
  if (kind !== 'directory') return 1;
  const inside = world.listDirectory(path) ?? [];
  const folders = inside.filter((name) => entryAt(world, below(path, name))?.kind === 'directory');
  return 2 + folders.length;
};

const signOf = ({ has }: Listing, { kind, mode }: FileEntry): string => {
  if (kind === 'directory') return has('F') || has('p') ? '/' : '';
  if (!has('F')) return '';
  return kind === 'link' ? '@' : (mode & 0o111) !== 0 ? '*' : '';
};

const units = ['', 'K', 'M', 'G'];

/** `1.5K`, rounded up as GNU does. */
const sizeText = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_024 && unit < units.length - 1; unit += 1) value /= 1_024;
  if (unit === 0) return String(bytes);
  const text = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return text + (units[unit] ?? '');
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const halfYearMs = 15_778_476_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `Nov 21 17:17`, or the year where it is long ago or to come. */
const timeText = (at: number, now: number): string => {
  const date = new Date(at);
  const day = `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const isRecent = at <= now && now - at < halfYearMs;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${day} ${isRecent ? clock : ` ${date.getUTCFullYear()}`}`;
};
