import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';

/** @source docker/cli v20.10 cli/command/container/export.go */
export const exportContainer: Command = {
  words: exactly(1),
  run: ({ engine, flags, out, words }) => {
    const path = objectPath(`/containers/${words[0] ?? ''}/export`);
    const { text } = engine.done({ method: 'GET', path });
    const file = flags.text('output');
    if (file !== '') {
      throw new ClientError(`netfold: a lab host keeps no files, so ${file} cannot be written`);
    }
    out.print(text);
  },
};
