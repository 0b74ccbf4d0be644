import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { Flags } from '../command/flags.ts';
import { printInspect } from '../format/inspect.ts';
import type { Inspected } from '../format/inspect.ts';

/** How objects of one kind are shown. */
export type StatusInspection = {
  /** The JSON of one object. @throws ClientError */
  readonly read: (ref: string) => Inspected;
  /** What `--pretty` prints of one; absent: there is no such object in a lab. */
  readonly pretty?: (raw: string) => string;
  /** What a word given as `--format` stands for, as lists have it. */
  readonly formatOf?: (format: string) => string;
};

/**
 * Prints objects of a swarm. The client tells what went wrong with a status around it.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/node/inspect.go, secret/inspect.go, service/inspect.go
 */
export const printWithStatus = (
  call: CommandCall,
  { read, pretty = notShown, formatOf = (format) => format }: StatusInspection,
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
  const shown = new Flags([{ name: 'format', value: formatOf(format) }]);
  try {
    printInspect({ flags: shown, out }, words, read);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw new ClientError(`Status: ${error.message}, Code: ${error.exitCode}`);
  }
};

const notShown = (): never => {
  throw new ClientError('netfold: --pretty is played for nodes alone');
};
