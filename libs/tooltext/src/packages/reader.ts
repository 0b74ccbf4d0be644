import type { FileReader } from '@netfold/domain';
import type { ToolWorld } from '../tool.ts';

/** Reads the files of a place, where its packages are written down. */
export const fileReader =
  (world: ToolWorld): FileReader =>
  (path) =>
    world.readFile(path);
