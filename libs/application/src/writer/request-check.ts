import type { Refusal } from '@netfold/contracts';
import type { CommandRequest } from '../command-request.ts';
import { canonicalJson } from '../hashing/canonical-json.ts';
import { sha256 } from '../hashing/commit-hash.ts';

/** Printable ASCII: ids are log fields, keys and text columns. */
const idForm = /^[\x21-\x7e]{1,128}$/;
const labIdForm = /^lab-[0-9a-f]{8}$/;
/** What is kept of a typed line. */
const commandTextCharactersMax = 4_096;

/** @returns why the request cannot even be remembered, or `null` */
export function requestRefusal(request: CommandRequest): Refusal | null {
  if (!idForm.test(request.id)) return invalidId('command id', ['id']);
  if (!labIdForm.test(request.labId)) return invalidId('lab id', ['labId']);
  const ids = [request.tenantId, request.actorId, request.correlationId, request.causationId];
  return ids.every((id) => id === null || idForm.test(id)) ? null : invalidId('request id', []);
}

const invalidId = (what: string, field: readonly string[]): Refusal => ({
  class: 'invalidParameter',
  code: 'InvalidId',
  message: `invalid ${what}`,
  fix: 'use 1 to 128 printable ASCII characters without spaces; a lab id as the server gave it',
  field,
});

/** PostgreSQL's text holds no NUL, and a log line no novel. */
export function storableText(text: string | null): string | null {
  if (text === null) return null;
  return text.slice(0, commandTextCharactersMax).toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Equal requests have equal hashes, whatever the order of their members: 64 hex characters. */
export function payloadHash(
  request: Pick<CommandRequest, 'labId' | 'expectedVersion' | 'body'>,
): string {
  const { labId, expectedVersion, body } = request;
  return sha256(canonicalJson({ labId, expectedVersion, body }));
}

/** The id was used for another request before. */
export const keyReused = (commandId: string): Refusal => ({
  class: 'conflict',
  code: 'IdempotencyKeyReused',
  message: `command id ${commandId} was used for another command`,
  fix: 'use a new id for a new command, or repeat the first one unchanged',
});
