import { listenersOfCommand, scriptOf } from '@netfold/domain';
import { findInstalled } from './program.ts';
import type { ProgramFinder } from './program-call.ts';

/** What the script of a container's own process calls: its servers serve, and never end. */
export const findServing: ProgramFinder = (world, name) => {
  const found = findInstalled(world, name);
  if (found === null) return null;
  return (call) => {
    const isServer = scriptOf(call.argv) === null && listenersOfCommand(call.argv).length > 0;
    return isServer ? { pieces: [], exitCode: 0, durationMs: null } : found(call);
  };
};
