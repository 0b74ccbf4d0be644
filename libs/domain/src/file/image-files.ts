import type { FileEntry } from '@netfold/contracts';
import { imageOf } from '../image/image-catalogue.ts';
import { emptyMap, mapOf } from '../persistent/empty-map.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';
import type { ActiveLab } from '../state/lab.ts';

type Files = PersistentMap<string, FileEntry>;

/** All containers of an image share what they begin with. */
const known = new WeakMap<readonly FileEntry[], Files>();

/** By path: what the containers of an image begin with, beside the tools of its userland. */
export function imageFiles(lab: ActiveLab, reference: string): Files {
  const files = imageOf(lab, reference)?.files;
  if (files === undefined) return emptyMap();
  const before = known.get(files);
  if (before !== undefined) return before;
  const made = mapOf(files.map((file) => [file.path, file] as const));
  known.set(files, made);
  return made;
}
