import { ClientError } from '../command/client-error.ts';

/** Why a value cannot be taken, in the client's words. */
export class ValueProblem extends ClientError {}

/** A check for `Command.checks`: what the reader of a value has against it. */
export const checkedBy =
  (read: (value: string) => unknown) =>
  (value: string): string | null => {
    try {
      read(value);
      return null;
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      return error.message;
    }
  };
