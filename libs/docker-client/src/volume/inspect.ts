import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';

/** @source docker/cli v20.10 cli/command/volume/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    printInspect(call, call.words, (ref) => ({
      raw: inspectBody(call, objectPath(`/volumes/${ref}`), { object: 'volume', ref }),
      type: 'types.Volume',
      isTypeAll: true,
    }));
  },
};
