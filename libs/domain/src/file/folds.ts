import type { FileEvent } from '@netfold/contracts';
import { changeContainer } from '../container/change-container.ts';
import type { Folds } from '../fold.ts';

export const fileFolds: Folds<FileEvent['type']> = {
  FilesWritten: (lab, data) =>
    changeContainer(lab, data, (container) => ({
      ...container,
      files: data.files.reduce((files, file) => files.with(file.path, file), container.files),
    })),
};
