import type { CommandId, LabId } from '@netfold/contracts';

/** What could still be read of a record that is not one of our messages. */
export type MessageIdentity = {
  readonly commandId: CommandId | null;
  readonly labId: LabId | null;
};

/** The record is not one of our messages: reading it again is of no use. */
export class MessageInvalid extends Error {
  override readonly name = 'MessageInvalid';
  /** Path of what is wrong within the message's data. */
  readonly field: readonly (string | number)[];
  readonly identity: MessageIdentity;

  constructor(
    reason: string,
    of: {
      readonly field?: readonly (string | number)[];
      readonly identity?: MessageIdentity;
      readonly cause?: unknown;
    } = {},
  ) {
    super(reason, { cause: of.cause });
    this.field = of.field ?? [];
    this.identity = of.identity ?? { commandId: null, labId: null };
  }
}
