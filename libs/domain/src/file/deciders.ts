import type { FileCommand, Outcome, Refusal } from '@netfold/contracts';
import { containerOf } from '../container/named-container.ts';
import {
  fileMissing,
  kindsDiffer,
  noFolderToUnpackIn,
  rootIsReadOnly,
  volumeIsReadOnly,
} from '../refusal/file.ts';
import type { Container } from '../state/container.ts';
import { mountAt, mountsIn } from '../volume/mount-point.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Deciders, Work } from '../work.ts';
import { fileAt, isProgramPath } from './container-files.ts';
import { filesProblem, removalProblem } from './files-problem.ts';

export const fileDeciders: Deciders<FileCommand['type']> = {
  WriteFiles: writeFiles,
  RemoveFiles: removeFiles,
};

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
    filesProblem(command.files, [...container.files.values()]);
  if (problem !== null) return refusedWith(problem);
  const { files } = command;
  if (files.length > 0) {
    const { host, isByProgram } = command;
    const by = isByProgram === true ? { isByProgram } : {};
    const data = { host, containerId: container.id, files, ...by };
    work.emit({ type: 'FilesWritten', data });
  }
  return answered({ ids: { containerId: container.id } });
}

/** `rm` in a container: what is not there is not removed. */
function removeFiles(work: Work, command: CommandOf<'RemoveFiles'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const problem = removalProblem(container, command.paths);
  if (problem !== null) return refusedWith(problem);
  const paths = command.paths.filter(
    (path) => fileAt(container, path) !== null || isProgramPath(container, path),
  );
  if (paths.length > 0) {
    const data = { host: command.host, containerId: container.id, paths };
    work.emit({ type: 'FilesRemoved', data });
  }
  return answered({ ids: { containerId: container.id } });
}

function readOnlyProblem(container: Container, path: string): Refusal | null {
  const mount = mountAt(mountsIn(container), path);
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
