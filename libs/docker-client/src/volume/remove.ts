import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { removeEach } from '../command/each.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';

/** @source docker/cli v20.10 cli/command/volume/remove.go */
export const remove: Command = {
  words: atLeast(1),
  run: (call) => {
    const force = call.flags.isOn('force') ? '1' : undefined;
    removeEach(call, 'volume', (name) =>
      call.engine.reply({
        method: 'DELETE',
        path: pathWith(objectPath(`/volumes/${name}`), { force }),
      }),
    );
  },
};
