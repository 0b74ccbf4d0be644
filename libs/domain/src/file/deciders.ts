import type { FileCommand, FileEntry, Outcome, Refusal } from '@netfold/contracts';
import { containerOf } from '../container/named-container.ts';
import { limits } from '../limits.ts';
import {
  fileMissing,
  kindsDiffer,
  noFolderToUnpackIn,
  rootIsReadOnly,
  volumeIsReadOnly,
} from '../refusal/file.ts';
import { limitReached } from '../refusal/lab.ts';
import type { Container } from '../state/container.ts';
import { mountAt } from '../volume/container-mounts.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Deciders, Work } from '../work.ts';
import { fileAt } from './container-files.ts';

export const fileDeciders: Deciders<FileCommand['type']> = { WriteFiles: writeFiles };

/** `docker cp` into a container. @source moby/moby daemon/archive.go containerExtractToDir */
function writeFiles(work: Work, command: CommandOf<'WriteFiles'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const folder = fileAt(container, command.folder);
  if (folder === null) return refusedWith(fileMissing(command.folder, command.container));
  if (folder.kind !== 'directory') return refusedWith(noFolderToUnpackIn());
  const problem =
    readOnlyProblem(container, folder.path) ??
    kindsProblem(container, command) ??
    limitProblem(container, command.files);
  if (problem !== null) return refusedWith(problem);
  const { files } = command;
  if (files.length > 0) {
    const data = { host: command.host, containerId: container.id, files };
    work.emit({ type: 'FilesWritten', data });
  }
  return answered({ ids: { containerId: container.id } });
}

function readOnlyProblem(container: Container, path: string): Refusal | null {
  const mount = mountAt(container.mounts, path);
  if (mount !== null) return mount.isWritable ? null : volumeIsReadOnly();
  const isReadOnly = container.spec.passThrough.hostConfig['ReadonlyRootfs'] === true;
  return isReadOnly ? rootIsReadOnly() : null;
}

function kindsProblem(
  container: Container,
  { files, keepsKinds }: CommandOf<'WriteFiles'>,
): Refusal | null {
  for (const { path, kind } of keepsKinds ? files : []) {
    const there = fileAt(container, path);
    if (there === null) continue;
    const isFolder = there.kind === 'directory';
    if (isFolder !== (kind === 'directory')) return kindsDiffer(path, isFolder);
  }
  return null;
}

/** Counted as if nothing that is there were replaced: the walls need not be exact. */
function limitProblem(container: Container, files: readonly FileEntry[]): Refusal | null {
  const { fileLengthMax, filesLengthMax, filesPerContainerMax } = limits;
  const count = container.files.size + files.length;
  if (count > filesPerContainerMax) {
    return limitReached('files written to a container', filesPerContainerMax, count);
  }
  const longest = Math.max(0, ...files.map(({ content }) => content.length));
  if (longest > fileLengthMax) {
    return limitReached('characters of a file', fileLengthMax, longest);
  }
  const length = [...container.files.values(), ...files].reduce(
    (sum, { content }) => sum + content.length,
    0,
  );
  return length > filesLengthMax
    ? limitReached('characters of files written to a container', filesLengthMax, length)
    : null;
}
