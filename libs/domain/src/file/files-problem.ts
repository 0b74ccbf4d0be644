import type { FileEntry, Refusal } from '@netfold/contracts';
import { limits } from '../limits.ts';
import { limitReached } from '../refusal/lab.ts';
import type { Container } from '../state/container.ts';

/**
 * Why there may not be so many files, or of such a length; counted as if none of them replaced
 * one of those that are there already: the walls need not be exact.
 */
export function filesProblem(
  files: readonly FileEntry[],
  there: readonly FileEntry[] = [],
): Refusal | null {
  const { fileLengthMax, filesLengthMax, filesPerContainerMax } = limits;
  const count = there.length + files.length;
  if (count > filesPerContainerMax) {
    return limitReached('files written to a container', filesPerContainerMax, count);
  }
  const longest = Math.max(0, ...files.map(({ content }) => content.length));
  if (longest > fileLengthMax) {
    return limitReached('characters of a file', fileLengthMax, longest);
  }
  const length = [...there, ...files].reduce((sum, { content }) => sum + content.length, 0);
  return length > filesLengthMax
    ? limitReached('characters of files written to a container', filesLengthMax, length)
    : null;
}

/** Why so many paths may not be removed at once; those that the image brings are remembered. */
export function removalProblem({ removed }: Container, paths: readonly string[]): Refusal | null {
  const { filesPerContainerMax } = limits;
  const count = removed.length + paths.length;
  return count > filesPerContainerMax
    ? limitReached('paths removed from a container', filesPerContainerMax, count)
    : null;
}
