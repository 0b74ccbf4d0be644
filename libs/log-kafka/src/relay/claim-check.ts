import type { RelayCursors, WriterClaim } from '@netfold/application';

/** The relay of the same claim may move the cursor while it is looked at. */
const looksMax = 3;

/**
 * Whether nobody has claimed the partition since, which the log tells to who would move the
 * partition's cursor to where it stands.
 *
 * @throws when the log cannot be reached
 */
export async function isClaimCurrent(cursors: RelayCursors, claim: WriterClaim): Promise<boolean> {
  for (let look = 1; look <= looksMax; look += 1) {
    const at = await cursors.position(claim.partition, 'commits');
    if (await cursors.advance(claim, 'commits', at, at)) return true;
  }
  return false;
}
