import type { LabTime } from '@netfold/contracts';
import type { ToolWorld } from '../tool.ts';
import { readKernelFile } from './kernel-files.ts';

const parameters = '/proc/sys/';

/** The name of the parameter behind a file below `/proc/sys`; `null` for any other file. */
export const parameterOf = (path: string): string | null =>
  path.startsWith(parameters) ? path.slice(parameters.length).replaceAll('/', '.') : null;

/** The lab's clock as it stands after what the engine did for the line. */
export const timeIn = ({ now, edits }: ToolWorld): LabTime =>
  Math.max(now, edits?.sight?.now ?? now);

/** Without those that the line has ended. */
const runningIn = ({ processes, processEdits }: ToolWorld): ToolWorld['processes'] =>
  processes.filter(({ processId }) => processEdits?.hasEnded(processId) !== true);

/** The world after what earlier words of the line did, themselves or by the engine. */
export const asEdited = (world: ToolWorld): ToolWorld => {
  const { edits } = world;
  if (edits === null) return { ...world, processes: runningIn(world) };
  const { stack, packets, sight } = edits;
  const now = timeIn(world);
  return {
    ...world,
    processes: sight?.processes ?? runningIn(world),
    now,
    stack,
    packets,
    readFile: (path) => {
      const parameter = parameterOf(path);
      if (parameter === null) return readKernelFile(stack, path, now) ?? world.readFile(path);
      const value = edits.parameter(parameter);
      return value === null ? null : `${value}\n`;
    },
  };
};
