import { currentSchemaVersion } from '@netfold/contracts';
import type { LabId } from '@netfold/contracts';
import type { FlushEntry, NewCommit, WriterClaim } from '../event-log.ts';
import { commitHash } from '../hashing/commit-hash.ts';
import type { WaitingCommand } from './waiting-command.ts';
import { rememberedOf } from './waiting-command.ts';

/**
 * Gives the commands of a batch their positions and chains their hashes.
 *
 * @param tips hash of the last flushed commit of each lab whose decided fold is ahead of it
 */
export function entriesOf(
  claim: WriterClaim,
  batch: readonly WaitingCommand[],
  tips: ReadonlyMap<LabId, string>,
): FlushEntry[] {
  const tipsOfBatch = new Map<LabId, string>();
  let position = claim.head;
  return batch.map((waiting) => {
    const commit = waiting.decided.events.length === 0 ? null : nextCommit(waiting);
    return {
      remembered: rememberedOf(waiting, commit?.position ?? null),
      commit,
      delta: waiting.decided.delta,
      behindBecause: waiting.decided.behindBecause,
      lab: labOf(waiting),
    };
  });

  function nextCommit(waiting: WaitingCommand): NewCommit {
    const { request, decided } = waiting;
    position += 1;
    const hashed = {
      partition: claim.partition,
      position,
      labId: request.labId,
      labVersion: decided.after.version,
      tenantId: request.tenantId,
      commandId: request.id,
      correlationId: request.correlationId,
      causationId: request.causationId,
      actorId: request.actorId,
      face: request.face,
      commandText: request.commandText,
      labTime: decided.labTime,
      schemaVersion: currentSchemaVersion,
      eventsText: decided.eventsText,
      previousHash:
        tipsOfBatch.get(request.labId) ?? tips.get(request.labId) ?? decided.before.lastHash,
    };
    const hash = commitHash(hashed);
    tipsOfBatch.set(request.labId, hash);
    return { ...hashed, events: decided.events, hash };
  }
}

function labOf({ decided }: WaitingCommand): FlushEntry['lab'] {
  const { lab } = decided.after;
  return {
    name: lab.state === 'absent' ? '' : lab.name,
    isRemoved: lab.state === 'removed',
  };
}
