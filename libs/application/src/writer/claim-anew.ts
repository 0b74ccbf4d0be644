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
 * Claims the partition anew and looks up the outcomes of commands of which it is not known whether
 * they were written. The claim waits for a flush still under way, hence this order.
 *
 * @param lastEpoch  of the claim that the writer held, `null` when it gave that up
 * @returns `null`: somebody else holds the partition, and `onFenced` leaves it to them
 */
export async function claimAnew(
  of: Pick<LabWriterOptions, 'log' | 'partition' | 'onFenced'>,
  ambiguous: readonly WaitingCommand[],
  lastEpoch: number | null,
): Promise<ClaimedAnew | null> {
  const { log, partition } = of;
  const isTakenOver = of.onFenced === undefined;
  const held = lastEpoch === null ? null : { partition, epoch: lastEpoch };
  const claim = await (isTakenOver ? log.claim(partition) : held && log.reclaim(held));
  if (claim === null) return null;
  const found = await Promise.all(
    ambiguous.map(({ request }) => log.findOutcome(request.tenantId, request.id)),
  );
  return { claim, found };
}
