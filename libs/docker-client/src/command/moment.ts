import { readTimestamp } from '../value/timestamp.ts';
import { ValueProblem } from '../value/value-problem.ts';
import { ClientError } from './client-error.ts';
import type { CommandCall } from './command.ts';

/**
 * The moment that `--since` or `--until` names, as the engine takes it; `undefined`: none.
 *
 * @param prefix  what the command says before the reason why it cannot be read
 * @throws ClientError
 */
export const momentOf = (
  { flags, now }: Pick<CommandCall, 'flags' | 'now'>,
  flag: string,
  prefix = '',
): string | undefined => {
  const text = flags.text(flag);
  if (text === '') return undefined;
  try {
    return readTimestamp(text, now);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    throw new ClientError(`${prefix}${error.message}`);
  }
};
