import type { FileEvent } from '@netfold/contracts';
import { changeContainer } from '../container/change-container.ts';
import type { Folds } from '../fold.ts';
import { withoutPath } from './container-files.ts';

export const fileFolds: Folds<FileEvent['type']> = {
  FilesWritten: (lab, data) =>
    changeContainer(lab, data, (container) => ({
      ...container,
      files: data.files.reduce((files, file) => files.with(file.path, file), container.files),
    })),

  FilesRemoved: (lab, data) =>
    changeContainer(lab, data, (container) => data.paths.reduce(withoutPath, container)),
};
