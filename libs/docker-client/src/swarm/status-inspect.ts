import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { printInspect } from '../format/inspect.ts';
import type { Inspected } from '../format/inspect.ts';

/**
 * Prints objects of a swarm. The client tells what went wrong with a status around it.
 *
 * @param read the JSON of one object; throws ClientError
 * @param pretty what `--pretty` prints of one; absent: there is no such object in a lab
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/node/inspect.go, secret/inspect.go, service/inspect.go
 */
export const printWithStatus = (
  call: CommandCall,
  read: (ref: string) => Inspected,
  pretty: (raw: string) => string = notShown,
): void => {
  const { flags, out, words } = call;
  const format = flags.text('format');
  if (flags.isOn('pretty') || format === 'pretty') {
    out.print(words.map((ref) => `${pretty(read(ref).raw)}\n`).join(''));
    return;
  }
  if (format.startsWith('pretty')) {
    throw new ClientError('Cannot supply extra formatting options to the pretty template');
  }
  try {
    printInspect(call, words, read);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw new ClientError(`Status: ${error.message}, Code: ${error.exitCode}`);
  }
};

const notShown = (): never => {
  throw new ClientError('netfold: --pretty is played for nodes alone');
};
