import { resolvePath } from '../shell/session.ts';
import { failed, printed } from '../tool.ts';
import type { ToolOutput, ToolWorld } from '../tool.ts';

/** The engine mounts them one by one: nothing can be moved into their place. */
const mounted: ReadonlySet<string> = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);

/** `-i`, `-i.bak`, `-ni`: the words without it; `suffix` is `null` where it is not there. */
export const inPlaceOf = (
  argv: readonly string[],
): { readonly words: readonly string[]; readonly suffix: string | null } => {
  let suffix: string | null = null;
  const words = argv.flatMap((word, at) => {
    const [, flags = '', rest = ''] = /^-([nErs]*)i(.*)$/.exec(word) ?? [];
    const isIt = at > 0 && argv[at - 1] !== '-e' && /^-[nErs]*i/.test(word);
    if (!isIt) return [word];
    suffix = rest;
    return flags === '' ? [] : [`-${flags}`];
  });
  return { words, suffix };
};

type InPlace = {
  readonly paths: readonly string[];
  readonly suffix: string;
  readonly edited: (text: string) => string;
};

/** Each file for itself. @source busybox 1.35 editors/sed.c, sed 4.9 execute.c; recorded */
export const editInPlace = (world: ToolWorld, { paths, suffix, edited }: InPlace): ToolOutput => {
  const { files } = world;
  if (files === null) return failed(4, 'netfold: `sed -i` keeps no files on a host\n');
  const isBusybox = world.userland === 'busybox';
  if (paths.length === 0) {
    return isBusybox
      ? failed(1, 'sed: -i requires an argument\n')
      : failed(4, 'sed: no input files\n');
  }
  let problems = '';
  for (const path of paths) {
    const text = world.readFile(path);
    const place = resolvePath(world.workingDirectory, path);
    const problem =
      text === null
        ? isBusybox
          ? `sed: ${path}: No such file or directory`
          : `sed: can't read ${path}: No such file or directory`
        : writeBack(world, { path, place, text, suffix, edited });
    if (problem !== null) problems += `${problem}\n`;
  }
  return problems === '' ? printed('') : failed(isBusybox ? 1 : 4, problems);
};

type File = Omit<InPlace, 'paths'> & {
  readonly path: string;
  readonly place: string;
  readonly text: string;
};

/** The letters behind the name are drawn by the real one. */
const drawn = 'XXXXXX';

const writeBack = (world: ToolWorld, of: File): string | null => {
  const { path, place, text, suffix, edited } = of;
  const isBusybox = world.userland === 'busybox';
  if (mounted.has(place)) {
    return isBusybox
      ? `sed: can't move '${path}${drawn}' to '${path}': Device or resource busy`
      : `sed: cannot rename ${place.replace(/[^/]*$/, '')}sed${drawn}: Device or resource busy`;
  }
  const result = edited(text);
  // A last line without its end stays so, where it is still there.
  const before = text.slice(0, text.lastIndexOf('\n') + 1);
  const isOpen = !text.endsWith('\n') && result.endsWith('\n') && result !== edited(before);
  const kept = suffix === '' ? null : (world.files?.write(place + suffix, text, false) ?? null);
  const written = isOpen ? result.slice(0, -1) : result;
  const problem = kept ?? world.files?.write(place, written, false) ?? null;
  if (problem === null) return null;
  return isBusybox
    ? `sed: can't create temp file '${path}${drawn}': ${problem}`
    : `sed: couldn't open temporary file ${place.replace(/[^/]*$/, '')}sed${drawn}: ${problem}`;
};
