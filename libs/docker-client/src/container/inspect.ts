import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';
import type { Inspected } from '../format/inspect.ts';

/** @source docker/cli v20.10 cli/command/container/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => printInspect(call, call.words, (ref) => inspectedContainer(call, ref)),
};

/** @throws ClientError @source docker/docker client/container_inspect.go */
export const inspectedContainer = (call: CommandCall, ref: string): Inspected => {
  const size = call.flags.isOn('size') ? '1' : undefined;
  const path = pathWith(objectPath(`/containers/${ref}/json`), { size });
  return {
    raw: inspectBody(call, path, { object: 'container', ref }),
    type: 'types.ContainerJSON',
  };
};
