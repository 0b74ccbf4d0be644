import type { FileEntry } from '@netfold/contracts';
import { mapOf } from '../persistent/empty-map.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';
import type { ActiveLab } from '../state/lab.ts';

/** By path: what the containers of an image begin with. A registry's image is its userland only. */
export function imageFiles(lab: ActiveLab, reference: string): PersistentMap<string, FileEntry> {
  const files = lab.builtImages.get(reference)?.spec.files ?? [];
  return mapOf(files.map((file) => [file.path, file] as const));
}
