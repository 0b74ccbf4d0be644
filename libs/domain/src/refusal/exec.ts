import type { Refusal } from '@netfold/contracts';

/** What the engine says about execs, byte for byte (moby v20.10.24). */

/** @source daemon/errors.go errExecNotFound */
export const noSuchExec = (execId: string): Refusal => ({
  class: 'notFound',
  code: 'ExecNotFound',
  message: `No such exec instance: ${execId}`,
});

/** @source api/server/router/container/exec.go execCommandError */
export const noExecCommand = (): Refusal => ({
  class: 'invalidParameter',
  code: 'ExecCommandMissing',
  message: 'No exec command specified',
});

/** @source daemon/errors.go errExecPaused; transcript stop-start-addresses */
export const execOnPaused = (reference: string): Refusal => ({
  class: 'conflict',
  code: 'ExecOnPaused',
  message: `Container ${reference} is paused, unpause the container before exec`,
});

/** @source daemon/exec.go getExecConfig: no class in the engine's source */
export const execOnStopped = (containerId: string, state: string): Refusal => ({
  class: 'internal',
  code: 'ExecOnStopped',
  message: `Container ${containerId} is not running: ${state}`,
});

/** @source daemon/exec.go ContainerExecStart */
export const execHasRun = (execId: string): Refusal => ({
  class: 'conflict',
  code: 'ExecHasRun',
  message: `Error: Exec command ${execId} has already run`,
});

/** @source daemon/exec.go ContainerExecStart */
export const execIsRunning = (execId: string): Refusal => ({
  class: 'conflict',
  code: 'ExecIsRunning',
  message: `Error: Exec command ${execId} is already running`,
});
