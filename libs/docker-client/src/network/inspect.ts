import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';

/** @source docker/cli v20.10 cli/command/network/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    const verbose = call.flags.isOn('verbose') ? 'true' : undefined;
    printInspect(call, call.words, (ref) => {
      const path = pathWith(objectPath(`/networks/${ref}`), { verbose });
      const raw = inspectBody(call, path, { object: 'network', ref });
      return { raw, type: 'types.NetworkResource' };
    });
  },
};
