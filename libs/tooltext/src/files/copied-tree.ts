import type { FileEntry } from '@netfold/contracts';
import { resolvePath } from '../shell/session.ts';
import { below } from './operands.ts';
import type { FileCall } from './operands.ts';

/** One thing to copy: as it is named, and where it is. */
export type Copy = {
  readonly source: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  /** Mode, owner and time of the source, too. */
  readonly isKept: boolean;
};

/** A file, a link, or a folder into one that is there or not. */
export const copyTree = (call: FileCall, entry: FileEntry, copy: Copy): void => {
  const { files, world, isBusybox } = call;
  const there = files.find(copy.to);
  if (entry.kind !== 'directory') {
    copyLeaf(call, entry, copy);
    return;
  }
  if (there !== null && !files.isFolder(copy.to)) {
    call.problems.push(
      `cp: cannot overwrite non-directory '${copy.target}' with directory '${copy.source}'\n`,
    );
    return;
  }
  const inside = world.listDirectory(copy.from) ?? [];
  const problem = there === null ? files.put(copy.to, asMade(call, entry, copy)) : null;
  if (problem !== null) {
    const what = isBusybox ? "can't create directory" : 'cannot create directory';
    call.problems.push(`cp: ${what} '${copy.target}': ${problem}\n`);
    return;
  }
  if (there === null) tell(call, copy);
  for (const name of inside) {
    const from = resolvePath(copy.from, name);
    const found = files.find(from);
    if (found === null) continue;
    const [source, target] = [below(copy.source, name), below(copy.target, name)];
    copyTree(call, found, { ...copy, source, target, from, to: resolvePath(copy.to, name) });
  }
};

const copyLeaf = (call: FileCall, entry: FileEntry, copy: Copy): void => {
  const { files, isBusybox, problems } = call;
  const to = entry.kind === 'link' ? copy.to : files.follow(copy.to);
  const there = files.find(to);
  if (there?.kind === 'directory') {
    problems.push(
      isBusybox
        ? `cp: can't create '${copy.target}': Is a directory\n`
        : `cp: cannot overwrite directory '${copy.target}' with non-directory '${copy.source}'\n`,
    );
    return;
  }
  const made = asMade(call, entry, copy);
  const kept =
    there === null || copy.isKept
      ? made
      : { ...made, mode: there.mode, userId: there.userId, groupId: there.groupId };
  const problem = files.put(to, kept);
  const what = entry.kind === 'link' ? 'symbolic link' : 'regular file';
  if (problem === null) tell(call, copy);
  else if (isBusybox) problems.push(`cp: can't create '${copy.target}': ${problem}\n`);
  else problems.push(`cp: cannot create ${what} '${copy.target}': ${problem}\n`);
};

const asMade = ({ files, world }: FileCall, entry: FileEntry, { isKept }: Copy): FileEntry => {
  const { userId } = files;
  return isKept ? entry : { ...entry, userId, groupId: userId, modifiedAt: world.now };
};

const tell = ({ options, told }: FileCall, { source, target }: Copy): void => {
  if (options.has('v')) told.push(`'${source}' -> '${target}'\n`);
};
