import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';
import type { Inspected } from '../format/inspect.ts';

/** @source docker/cli v20.10 cli/command/image/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => printInspect(call, call.words, (ref) => inspectedImage(call, ref)),
};

/** @throws ClientError */
export const inspectedImage = (call: CommandCall, ref: string): Inspected => {
  const path = objectPath(`/images/${ref}/json`);
  return { raw: inspectBody(call, path, { object: 'image', ref }), type: 'types.ImageInspect' };
};
