import { imageFiles, imageOf, mountAt, mountsIn } from '@netfold/domain';
import type { ActiveLab, Container } from '@netfold/domain';
import { sizeOf } from '../image/image-list.ts';

/** What a container wrote, and all that it has with its image, in bytes. */
export type ContainerSizes = { readonly written: number; readonly whole: number };

/** Files in volumes are no part of it. */
export const sizesOf = (lab: ActiveLab, container: Container): ContainerSizes => {
  const ofImage = imageFiles(lab, container.image);
  const mounts = mountsIn(container);
  let written = 0;
  for (const { path, content, encoding } of container.files.values()) {
    if (ofImage.get(path)?.content === content) continue;
    if (mountAt(mounts, path) === null) written += Buffer.byteLength(content, encoding);
  }
  const image = imageOf(lab, container.image);
  return { written, whole: written + (image === null ? 0 : sizeOf(image)) };
};
