import type { ExecCommand, Outcome, Refusal } from '@netfold/contracts';
import { isUp, linkedTargetProblem } from '../container/links.ts';
import { containerOf } from '../container/named-container.ts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { isRestarting, noSuchContainer, notRunning } from '../refusal/container.ts';
import {
  execHasRun,
  execIsRunning,
  execOnPaused,
  execOnStopped,
  noExecCommand,
  noSuchExec,
} from '../refusal/exec.ts';
import { limitReached } from '../refusal/lab.ts';
import type { Container } from '../state/container.ts';
import type { Exec } from '../state/exec.ts';
import { describeState } from '../container/state-text.ts';
import { learn } from '../traffic/deciders.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Deciders, Work } from '../work.ts';

export const execDeciders: Deciders<ExecCommand['type']> = {
  CreateExec: createExec,
  StartExec: startExec,
  EndExec: endExec,
};

/** `POST /containers/x/exec`: answers `execId`. @source moby/moby daemon/exec.go */
function createExec(work: Work, command: CommandOf<'CreateExec'>): Outcome {
  if (command.command.length === 0) return refusedWith(noExecCommand());
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const problem =
    stateProblem(container, command.container) ??
    linkedTargetProblem(getHost(work.lab, command.host), container) ??
    limitProblem(container);
  if (problem !== null) return refusedWith(problem);
  const execId = work.draw.hex64();
  const { type: _, container: __, ...asked } = command;
  work.emit({
    type: 'ExecCreated',
    data: {
      ...asked,
      execId,
      containerId: container.id,
      user: asked.user === '' ? container.spec.user : asked.user,
      workingDir: asked.workingDir === '' ? container.spec.workingDir : asked.workingDir,
    },
  });
  return answered({ ids: { execId } });
}

/** @source moby/moby daemon/exec.go getExecConfig, ContainerExecStart */
function startExec(work: Work, command: CommandOf<'StartExec'>): Outcome {
  const host = getHost(work.lab, command.host);
  const exec = host.execs.get(command.execId);
  if (exec === undefined) return refusedWith(noSuchExec(command.execId));
  const container = host.containers.get(exec.containerId);
  if (container === undefined) return refusedWith(noSuchContainer(command.execId));
  const problem = startProblem(work, exec, container);
  if (problem !== null) return refusedWith(problem);
  const processId = host.nextProcessId;
  work.emit({
    type: 'ExecStarted',
    data: { host: command.host, execId: exec.id, processId },
  });
  return answered();
}

/** The exec's process is over. A second word, or one after its container died, changes nothing. */
function endExec(work: Work, command: CommandOf<'EndExec'>): Outcome {
  const { host, execId, exitCode } = command;
  const exec = getHost(work.lab, host).execs.get(execId);
  if (exec === undefined) return refusedWith(noSuchExec(execId));
  if (exec.status !== 'running') return answered();
  learn(work, command.traffic);
  work.emit({ type: 'ExecDied', data: { host, execId, exitCode } });
  return answered();
}

/** @source moby/moby daemon/exec.go getActiveContainer */
function stateProblem(container: Container, reference: string): Refusal | null {
  if (!isUp(container)) return notRunning(container.id);
  if (container.status === 'paused') return execOnPaused(reference);
  return container.restartsAt === null ? null : isRestarting(container.id);
}

function startProblem(work: Work, exec: Exec, container: Container): Refusal | null {
  const { id } = container;
  if (!isUp(container)) return execOnStopped(id, describeState(container, work.now));
  if (container.status === 'paused') return execOnPaused(id);
  if (container.restartsAt !== null) return isRestarting(id);
  if (exec.status === 'died') return execHasRun(exec.id);
  return exec.status === 'running' ? execIsRunning(exec.id) : null;
}

function limitProblem(container: Container): Refusal | null {
  const { execsPerContainerMax } = limits;
  const inUse = container.execIds.length;
  if (inUse < execsPerContainerMax) return null;
  return limitReached('execs of a container', execsPerContainerMax, inUse);
}
