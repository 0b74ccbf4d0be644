import { isGiven } from '../given.ts';
import { failure } from '../failure/failure.ts';
import { commitObject, versionOfCursor } from './commit.ts';
import type { CommitObject } from './commit.ts';
import { labIdOf } from './lab-reference.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';

type Arguments = {
  readonly lab: string;
  readonly after?: string | null;
  readonly afterVersion?: number | null;
};

/**
 * Commits of a lab from the log itself: each once, in order, first those that are there.
 * A subscriber that does not read is waited for by the application's bounded queue, never here.
 */
export const subscriptionResolvers = (parts: ResolverParts) => ({
  labCommits: {
    subscribe: async (_: unknown, args: Arguments, context: ResolverContext) => {
      const { actor } = context.request;
      const labId = await labIdOf(parts, actor, args.lab);
      const request = { kind: 'graphql', field: 'Subscription.labCommits', labId } as const;
      if (labId === null || !(await parts.access.isAllowed(actor, request))) {
        throw failure('INVALID_ARGUMENT', `there is no lab \`${args.lab}\``);
      }
      const head = await parts.states.committed(labId);
      const from = afterOf(args, head?.version ?? 0);
      return commitsAfter(parts, labId, from, context);
    },
  },
});

function afterOf({ after, afterVersion }: Arguments, head: number): number {
  if (isGiven(after) && isGiven(afterVersion)) {
    throw failure('INVALID_ARGUMENT', 'go on `after` a cursor or `afterVersion`, not both');
  }
  const from = !isGiven(after) ? (afterVersion ?? head) : versionOfCursor(after);
  if (from > head) throw failure('VERSION_UNKNOWN', `the lab has versions 0 to ${head}`);
  return from;
}

/** Ends when the subscriber leaves: `return` aborts the follower, waiting or not. */
function commitsAfter(
  parts: ResolverParts,
  labId: string,
  from: number,
  context: ResolverContext,
): AsyncIterableIterator<{ readonly labCommits: CommitObject }> {
  const abort = new AbortController();
  const commits = parts.states.follow(labId, from, abort.signal)[Symbol.asyncIterator]();
  const close = async (): Promise<IteratorReturnResult<undefined>> => {
    abort.abort();
    await context.request.close();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      // What the previous commit opened is no longer looked at.
      await context.request.closeReaders();
      const step = await commits.next();
      return step.done === true
        ? step
        : { done: false, value: { labCommits: commitObject(step.value) } };
    },
    return: close,
    async throw(fault: unknown) {
      await close();
      throw fault;
    },
  };
}
