import { sleep } from '../environment/timers.ts';
import type { RememberedOutcome, WriterClaim } from '../event-log.ts';
import type { WaitingCommand } from './waiting-command.ts';
import type { LabWriterOptions } from './writer-options.ts';

/** With the pauses between them, attempts to reach the log again last about 30 s. */
const reachAttemptsMax = 30;
export const reachPauseMsMax = 1_000;

/**
 * Does what needs the log until it succeeds, with growing pauses.
 * @throws what it threw last, after so many attempts
 */
export async function reachLog<T>(
  { timers, onProblem }: Pick<LabWriterOptions, 'timers' | 'onProblem'>,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === reachAttemptsMax) throw error;
      onProblem?.('the log cannot be reached', error instanceof Error ? error : null);
      await sleep(timers, Math.min(reachPauseMsMax, 20 * 2 ** attempt));
    }
  }
}

/** The state of the log after a claim: nothing of an earlier flush can still come. */
export type ClaimedAnew = {
  readonly claim: WriterClaim;
  /** What the log has of the ambiguous commands, in their order. */
  readonly found: readonly (RememberedOutcome | null)[];
};

/**
 * Claims the partition and looks up the outcomes of commands of which it is not known whether
 * they were written. The claim waits for a flush still under way, hence this order.
 */
export async function claimAnew(
  { log, partition }: Pick<LabWriterOptions, 'log' | 'partition'>,
  ambiguous: readonly WaitingCommand[],
): Promise<ClaimedAnew> {
  const claim = await log.claim(partition);
  const found = await Promise.all(
    ambiguous.map(({ request }) => log.findOutcome(request.tenantId, request.id)),
  );
  return { claim, found };
}
