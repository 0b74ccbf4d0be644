import type { Commit } from '@netfold/contracts';
import { FollowerOverflow } from '@netfold/application';
import type { EngineContext } from '../engine/engine-context.ts';

/**
 * Commits of the lab after a version, each once and in order, until aborted. A reader that was
 * too slow goes on where it was left behind.
 */
export async function* commitsAfter(
  context: EngineContext,
  version: number,
  signal: AbortSignal,
): AsyncGenerator<Commit> {
  let after = version;
  while (!signal.aborted) {
    try {
      for await (const commit of context.states.follow(context.labId, after, signal)) {
        after = commit.labVersion;
        yield commit;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof FollowerOverflow)) throw error;
    }
  }
}

/** A signal that fires when the client of this response has gone. */
export const goneSignal = (response: {
  once(event: 'close', listener: () => void): unknown;
}): AbortSignal => {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
};
