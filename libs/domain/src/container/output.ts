import type { OutputChunk } from '@netfold/contracts';
import { limits } from '../limits.ts';

/** What `docker logs` has after more was printed: bounded, the oldest chunks go first. */
export function appendedOutput(
  output: readonly OutputChunk[],
  chunks: readonly OutputChunk[],
): readonly OutputChunk[] {
  const all = [...output, ...chunks];
  let length = 0;
  let first = all.length;
  while (first > 0) {
    length += all[first - 1]?.text.length ?? 0;
    if (length > limits.outputLengthMax) break;
    first -= 1;
  }
  return first === 0 ? all : all.slice(first);
}
