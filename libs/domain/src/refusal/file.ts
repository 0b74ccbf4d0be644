import type { Refusal } from '@netfold/contracts';

/** What the engine says about files of containers, byte for byte (moby v20.10.24). */

/** @source daemon/errors.go containerFileNotFound; recorded engine */
export function fileMissing(path: string, container: string): Refusal {
  return {
    class: 'notFound',
    code: 'ContainerFileNotFound',
    message: `Could not find the file ${path} in container ${container}`,
  };
}

/** @source daemon/archive.go ErrExtractPointNotDirectory; recorded engine */
export function noFolderToUnpackIn(): Refusal {
  return {
    class: 'internal',
    code: 'ExtractPointNotDirectory',
    message: 'extraction point is not a directory',
  };
}

/** @source daemon/errors.go ErrVolumeReadonly; recorded engine */
export function volumeIsReadOnly(): Refusal {
  return {
    class: 'internal',
    code: 'VolumeReadOnly',
    message: 'mounted volume is marked read-only',
  };
}

/** @source daemon/errors.go ErrRootFSReadOnly */
export function rootIsReadOnly(): Refusal {
  return {
    class: 'internal',
    code: 'RootFilesystemReadOnly',
    message: 'container rootfs is marked read-only',
  };
}

/** @source pkg/archive/archive.go UnpackLayer, Unpack */
export function kindsDiffer(path: string, isFolder: boolean): Refusal {
  const what = isFolder
    ? `cannot overwrite directory "${path}" with non-directory "${path}"`
    : `cannot overwrite non-directory "${path}" with directory "${path}"`;
  return { class: 'internal', code: 'FileKindsDiffer', message: what };
}
