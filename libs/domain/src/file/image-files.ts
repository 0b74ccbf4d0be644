import type { FileEntry } from '@netfold/contracts';
import { imageOf } from '../image/image-catalogue.ts';
import { emptyMap, mapOf } from '../persistent/empty-map.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';
import type { ActiveLab } from '../state/lab.ts';

/** By path: what the containers of an image begin with, beside the tools of its userland. */
export function imageFiles(lab: ActiveLab, reference: string): PersistentMap<string, FileEntry> {
  const files = imageOf(lab, reference)?.files;
  return files === undefined ? emptyMap() : mapOf(files.map((file) => [file.path, file] as const));
}
