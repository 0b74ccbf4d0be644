import { canonicalJson, payloadHash } from '@netfold/application';
import type { CommandRequest } from '@netfold/application';

/** What a gateway vouches for: which command, of whom, and what it says. */
export type SealedCommand = Pick<
  CommandRequest,
  'id' | 'labId' | 'tenantId' | 'actorId' | 'face' | 'expectedVersion' | 'body'
>;

/**
 * The bytes that are signed. The typed line and the correlation are not among them: who repeats a
 * command under its id gets the first answer, whatever stands beside.
 */
export function sealedBytes(command: SealedCommand): Buffer {
  const { id, labId, tenantId, actorId, face } = command;
  const hash = payloadHash(command);
  return Buffer.from(canonicalJson({ id, labId, tenantId, actorId, face, payloadHash: hash }));
}
