import { hash } from 'node:crypto';
import type { NewCommit } from '../event-log.ts';

/** Before the first commit of a lab. */
export const zeroHash = '0'.repeat(64);

/** SHA-256, 64 lowercase hex characters. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

export type HashedCommit = Omit<NewCommit, 'events' | 'hash'>;

/**
 * The hash that chains a commit to the one before it in its lab. It is taken over the stored
 * bytes of the events and over every other column but `recordedAt`, which the store adds later.
 *
 * @returns 64 lowercase hex characters
 */
export function commitHash(commit: HashedCommit): string {
  const header = JSON.stringify([
    commit.previousHash,
    commit.partition,
    commit.position,
    commit.labId,
    commit.labVersion,
    commit.tenantId,
    commit.commandId,
    commit.correlationId,
    commit.causationId,
    commit.actorId,
    commit.face,
    commit.commandText,
    commit.labTime,
    commit.schemaVersion,
  ]);
  return sha256(`${header}\n${commit.eventsText}`);
}
