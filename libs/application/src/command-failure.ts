import type { CommandId, Refusal } from '@netfold/contracts';

/** Why a command got neither an answer nor a refusal. Faces branch on `code`. */
export type CommandFailureCode =
  /** It may or may not be in the log: repeat it with the same id. */
  | 'OutcomeUnknown'
  /** The log could not be reached; the command left no trace. */
  | 'LogUnavailable'
  /** Our own mistake: the command could not be decided, or the log refused it. */
  | 'CommandBroken'
  /** Too many commands wait already; this one was not looked at. */
  | 'WriterOverloaded'
  /** The process is shutting down, or no longer writes this lab; this one was not looked at. */
  | 'WriterStopped'
  /** What carries commands to their writer cannot be reached; the command was not sent. */
  | 'CommandsUnavailable';

/** Not the user's mistake; those are refusals. The message holds none of the store's texts. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: CommandFailureCode;
  readonly commandId: CommandId;

  constructor(code: CommandFailureCode, commandId: CommandId, cause?: unknown) {
    super(`${messages[code]} (command ${commandId})`, { cause });
    this.code = code;
    this.commandId = commandId;
  }
}

/** `CommandBroken` as the outcome of a command whose writer is another process. */
export const commandBroken: Refusal = {
  class: 'internal',
  code: 'CommandBroken',
  message: 'the command failed inside the server; nothing was done',
};

const messages = {
  OutcomeUnknown: 'it is not known whether the command was carried out; repeat it with its id',
  LogUnavailable: 'the log cannot be reached; nothing was done',
  CommandBroken: commandBroken.message,
  WriterOverloaded: 'too many commands are waiting; nothing was done',
  WriterStopped: 'the server is shutting down; nothing was done',
  CommandsUnavailable: 'commands cannot be taken at the moment; repeat it with its id',
} as const satisfies Record<CommandFailureCode, string>;
