import type { LabTime, OutputChunk } from '@netfold/contracts';
import { limits } from '../limits.ts';
import type { Container } from '../state/container.ts';

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

type Printing = Pick<Container, 'output' | 'pausedAt'>;

/** What a container has printed by an instant: not what is to come, or held while it is paused. */
export function printedOutput(
  { output, pausedAt }: Printing,
  now: LabTime,
): readonly OutputChunk[] {
  const until = Math.min(now, pausedAt ?? now);
  // Most have printed all they ever will.
  return output.some(({ at }) => at > until) ? output.filter(({ at }) => at <= until) : output;
}

/** A pause holds up what was to come. */
export function resumedOutput(
  { output, pausedAt }: Printing,
  resumedAt: LabTime | undefined,
): readonly OutputChunk[] {
  if (pausedAt === null || resumedAt === undefined) return output;
  const late = resumedAt - pausedAt;
  return output.map((chunk) => (chunk.at > pausedAt ? { ...chunk, at: chunk.at + late } : chunk));
}
