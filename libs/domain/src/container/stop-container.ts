import type { HostName, Outcome, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { imageOf } from '../image/image-catalogue.ts';
import { processOf } from '../image/main-process.ts';
import {
  alreadyPaused,
  alreadyStopped,
  cannotKill,
  cannotRestart,
  isRestarting,
  notPaused,
  notRunning,
  signalInvalid,
  signalUnsupported,
} from '../refusal/container.ts';
import type { Container } from '../state/container.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { exitContainer, removeIfWanted } from './exit-container.ts';
import type { Exit } from './exit-container.ts';
import { isUp } from './links.ts';
import { containerOf } from './named-container.ts';
import { exitCodeOf, isSignal, parseSignal, sigint, sigkill, sigquit, sigterm } from './signals.ts';
import { start } from './start-container.ts';

/** @source moby/moby daemon/stop.go ContainerStop */
export function stopContainer(work: Work, command: CommandOf<'StopContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  if (!isUp(container)) return refusedWith(alreadyStopped());
  stop(work, command.host, container, { cause: 'stopped', isAtOnce: isAtOnce(command) });
  removeIfWanted(work, command.host, container.id);
  return answeredFor(container);
}

/** @source moby/moby daemon/restart.go ContainerRestart */
export function restartContainer(work: Work, command: CommandOf<'RestartContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const held = getHost(work.lab, command.host).sandboxes.get(container.sandboxId ?? '');
  if (isUp(container)) {
    stop(work, command.host, container, { cause: 'restarted', isAtOnce: isAtOnce(command) });
  }
  const problem = start(work, command.host, container.id, held?.namespaceNumber ?? null);
  if (problem !== null) return refusedWith(cannotRestart(command.container, problem));
  work.emit({
    type: 'ContainerRestarted',
    data: { host: command.host, containerId: container.id, byPolicy: false },
  });
  return answeredFor(container);
}

/** @source moby/moby daemon/kill.go ContainerKill */
export function killContainer(work: Work, command: CommandOf<'KillContainer'>): Outcome {
  const signal = command.signal === '' ? sigkill : parseSignal(command.signal);
  if (signal === null) return refusedWith(signalInvalid(command.signal));
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(cannotKill(command.container, container));
  const problem = killProblem(container, signal);
  if (problem !== null) return refusedWith(cannotKill(command.container, problem));
  if (container.restartsAt !== null) {
    stop(work, command.host, container, { cause: 'killed', isAtOnce: false });
    return answeredFor(container);
  }
  const exitCode = answerToSignal(work, container, signal);
  if (exitCode === null) return answeredFor(container);
  exitContainer(
    work,
    { hostName: command.host, containerId: container.id },
    { exitCode, cause: 'killed', signal, at: work.now },
  );
  removeIfWanted(work, command.host, container.id);
  return answeredFor(container);
}

/** @source moby/moby daemon/pause.go */
export function pauseContainer(work: Work, command: CommandOf<'PauseContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const { id } = container;
  if (!isUp(container)) return refusedWith(notRunning(id));
  if (container.status === 'paused') return refusedWith(alreadyPaused(id));
  if (container.restartsAt !== null) return refusedWith(isRestarting(id));
  work.emit({
    type: 'ContainerPaused',
    data: { host: command.host, containerId: id, at: work.now },
  });
  return answeredFor(container);
}

/** @source moby/moby daemon/unpause.go */
export function unpauseContainer(work: Work, command: CommandOf<'UnpauseContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const { id } = container;
  if (container.status !== 'paused') return refusedWith(notPaused(id));
  work.emit({
    type: 'ContainerUnpaused',
    data: { host: command.host, containerId: id, at: work.now },
  });
  return answeredFor(container);
}

/** With `-t 0` nobody waits: SIGKILL follows the stop signal whatever comes of that. */
function isAtOnce({ timeoutSeconds }: { readonly timeoutSeconds: number | null }): boolean {
  return timeoutSeconds === 0;
}

/** Ends what is up: by its stop signal, or by force when it does not heed that one. */
function stop(
  work: Work,
  hostName: HostName,
  container: Container,
  { cause, isAtOnce: isHurried }: { readonly cause: Exit['cause']; readonly isAtOnce: boolean },
): void {
  const at = { hostName, containerId: container.id };
  const signal = parseSignal(container.spec.stopSignal) ?? sigterm;
  if (container.restartsAt !== null) {
    // Nothing runs between two runs: the policy is told to give up, the last end stays.
    const { exitCode, finishedAt } = container;
    exitContainer(work, at, { exitCode, cause, signal, at: finishedAt ?? work.now });
    return;
  }
  const exitCode = answerToSignal(work, container, signal) ?? exitCodeOf(sigkill);
  const forced = isHurried ? { isForced: true as const } : {};
  exitContainer(work, at, { exitCode, cause, signal, at: work.now, ...forced });
}

/**
 * What the main process ends with on a signal; `null`: it goes on. Process 1 of a namespace does
 * not get signals it has no handler for, but for SIGKILL.
 */
function answerToSignal(work: Work, container: Container, signal: number): number | null {
  if (signal === sigkill) return exitCodeOf(sigkill);
  const { spec, image } = container;
  const { stopExitCode } = processOf(imageOf(work.lab, image), spec);
  const isStop = [sigint, sigquit, sigterm, parseSignal(spec.stopSignal)].includes(signal);
  return isStop ? stopExitCode : null;
}

function killProblem(container: Container, signal: number): Refusal | null {
  if (!isSignal(signal)) return signalUnsupported(signal);
  return isUp(container) ? null : notRunning(container.id);
}

function answeredFor(container: Container): Outcome {
  return answered({ ids: { containerId: container.id } });
}
