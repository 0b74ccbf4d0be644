import type { CommandCall } from '../command/command.ts';
import { refusalText } from '../command/engine.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';
import { pathWith } from '../command/engine.ts';
import { log } from '../command/log-line.ts';
import { usageExitCode } from '../command/client-error.ts';

/** When a wait ends: as soon as the container is not running, at its next exit, or its removal. */
type WaitCondition = '' | 'next-exit' | 'removed';

/** @param path  of the container: `/containers/web` */
export const waitFor = (path: string, condition: WaitCondition): EngineCall => ({
  method: 'POST',
  path: pathWith(`${path}/wait`, { condition }),
});

/** What a wait answers. */
export type Exit = {
  readonly StatusCode: number;
  readonly Error?: { readonly Message: string } | null;
};

/**
 * The exit code that a client ends with whose container has ended.
 *
 * @source docker/cli v20.10 cli/command/container/utils.go waitExitOrRemoved
 */
export const exitCodeOf = (call: CommandCall, wait: EngineReply | undefined): number => {
  if (wait === undefined || (wait.isOpen && wait.text === '')) {
    call.out.pass([], true);
    return 0;
  }
  if (wait.status >= 400) {
    log(call, 'error', `error waiting for container: ${refusalText(wait)}`);
    return usageExitCode;
  }
  const { StatusCode, Error: problem = null } = JSON.parse(wait.text) as Exit;
  if (problem === null) return StatusCode;
  log(call, 'error', `Error waiting for container: ${problem.Message}`);
  return usageExitCode;
};

/** The wait of a container that could not be started is given up, which is told. */
export const giveUpWaiting = (call: CommandCall): void =>
  log(call, 'error', 'error waiting for container: context canceled');
