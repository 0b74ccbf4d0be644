import type { ImageCommand } from '@netfold/contracts';
import type { Deciders } from '../work.ts';
import { buildImage } from './build-image.ts';
import { pruneImages, removeImage } from './remove-image.ts';
import { pullImage, tagImage } from './tag-image.ts';

export const imageDeciders: Deciders<ImageCommand['type']> = {
  PullImage: pullImage,
  TagImage: tagImage,
  BuildImage: buildImage,
  RemoveImage: removeImage,
  PruneImages: pruneImages,
};
