import type { Refusal } from '@netfold/contracts';
import type { CommandRequest, CommandResult } from '../command-request.ts';
import type { RememberedOutcome } from '../event-log.ts';
import { keyReused } from './request-check.ts';

/**
 * What a command is told once its outcome is durable.
 *
 * @param payloadHash of this request: another one than remembered is a conflict
 * @param of.effects `null`: the outcome is that of an earlier, equal command
 */
export function resultOf(
  request: CommandRequest,
  payloadHash: string,
  of: {
    readonly remembered: RememberedOutcome;
    readonly effects: CommandResult['effects'] | null;
  },
): CommandResult {
  const { remembered } = of;
  if (remembered.payloadHash !== payloadHash) {
    return unrememberedResult(request, keyReused(request.id));
  }
  return {
    commandId: request.id,
    labId: request.labId,
    outcome: remembered.outcome,
    labVersion: remembered.labVersion,
    position: remembered.position,
    labTime: remembered.labTime,
    effects: of.effects ?? [],
    isRepeat: of.effects === null,
  };
}

/** A refusal that depends on the request alone, or on an id that is taken: the lab is untouched. */
export function unrememberedResult(request: CommandRequest, refusal: Refusal): CommandResult {
  return {
    commandId: request.id,
    labId: request.labId,
    outcome: { kind: 'refused', refusal },
    labVersion: 0,
    position: null,
    labTime: 0,
    effects: [],
    isRepeat: false,
  };
}
