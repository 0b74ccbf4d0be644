import { createHash } from 'node:crypto';
import type { CommandRequest } from '@netfold/application';
import type { CommandBody, CommandId, LabId } from '@netfold/contracts';
import { z } from 'zod';
import { commandId, name } from '../input/text.ts';
import { labIdOf } from './lab-reference.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import type { Payload } from './payload.ts';
import { payloadOf, refusedPayload } from './payload.ts';
import { labNotFound, userErrorOfFault, userErrorsOfInput } from './user-error.ts';

/** What stands beside the command itself in the input of a mutation. */
const envelope = z.object({
  lab: name,
  commandId: commandId.nullish(),
  expectedVersion: z.number().nullish(),
});

/** A repeat of `labCreate` must ask for the same lab: its id follows from tenant and command. */
export const labIdFor = (tenantId: string, id: CommandId): LabId =>
  `lab-${createHash('sha256')
    .update(JSON.stringify([tenantId, id]))
    .digest('hex')
    .slice(0, 8)}`;

/** From raw input to payload: parse, find the lab, submit. */
export async function applyInput(
  parts: ResolverParts,
  context: ResolverContext,
  input: Readonly<Record<string, unknown>>,
  body: z.ZodType<CommandBody>,
): Promise<Payload> {
  const beside = envelope.safeParse(input);
  const parsed = body.safeParse(input);
  const id = (beside.success ? beside.data.commandId : null) ?? parts.newCommandId();
  if (!beside.success) return refusedPayload(id, userErrorsOfInput(beside.error));
  if (!parsed.success) return refusedPayload(id, userErrorsOfInput(parsed.error));
  const labId = await labIdOf(parts, context.request.actor, beside.data.lab);
  if (labId === null) return refusedPayload(id, [labNotFound(beside.data.lab)]);
  const expectedVersion = beside.data.expectedVersion ?? null;
  return submit(context, { id, labId, expectedVersion, body: parsed.data }, input);
}

export type Wish = Pick<CommandRequest, 'id' | 'labId' | 'expectedVersion' | 'body'>;

/** Sends a command on its way; what is the user's to know becomes user errors. */
export async function submit(
  { request }: ResolverContext,
  wish: Wish,
  input: Readonly<Record<string, unknown>>,
): Promise<Payload> {
  try {
    const result = await request.submit({
      ...wish,
      tenantId: request.actor.tenantId,
      actorId: request.actor.id,
      face: 'graphql',
      commandText: null,
      correlationId: request.requestId,
      causationId: null,
    });
    return payloadOf(result, input);
  } catch (fault) {
    const userError = userErrorOfFault(fault, wish.labId);
    if (userError === null) throw fault;
    return refusedPayload(wish.id, [userError]);
  }
}
