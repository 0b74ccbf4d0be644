import type { CommandRequest, CommandResult } from '../command-request.ts';
import type { RememberedOutcome } from '../event-log.ts';
import type { DecidedCommand, IfBroken } from './decided-command.ts';

/** A command that was decided and waits until what it rests on is durable. */
export type WaitingCommand = {
  readonly request: CommandRequest;
  readonly payloadHash: string;
  decided: DecidedCommand;
  ifBroken: IfBroken;
  readonly settle: (settlement: Settlement) => void;
};

/** A command was found broken. @returns whether it goes on, as one that is refused for that */
export function turnsRefused(command: Pick<WaitingCommand, 'ifBroken'>): boolean {
  if (command.ifBroken !== 'remember') return false;
  command.ifBroken = 'refuse';
  return true;
}

/** What it takes to end a command. */
export type EndingCommand = Pick<WaitingCommand, 'request' | 'settle'>;

/** How a command ended: with an outcome that is in the log, or with a failure. */
export type Settlement =
  | {
      readonly kind: 'durable';
      readonly remembered: RememberedOutcome;
      readonly effects: CommandResult['effects'];
      readonly isRepeat: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: Error };

export function rememberedOf(waiting: WaitingCommand, position: number | null): RememberedOutcome {
  const { request, decided, payloadHash } = waiting;
  return {
    tenantId: request.tenantId,
    commandId: request.id,
    payloadHash,
    labId: request.labId,
    labVersion: decided.after.version,
    position,
    outcome: decided.outcome,
    labTime: decided.labTime,
  };
}
