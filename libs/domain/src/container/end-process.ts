import type { ContainerId, HostName, LabTime, Outcome } from '@netfold/contracts';
import { filesProblem, removalProblem } from '../file/files-problem.ts';
import { getHost } from '../host/change-host.ts';
import type { Container } from '../state/container.ts';
import { learn } from '../traffic/deciders.ts';
import { answered, at as dated, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { getContainer } from './change-container.ts';
import { exitContainer, removeIfWanted } from './exit-container.ts';
import { containerOf } from './named-container.ts';
import { restartAfter } from './restart-policy.ts';

/**
 * Whoever runs the tools of a lab says that a container's own program came to its end, or when it
 * will. A second word, or one about an earlier run, changes nothing.
 */
export function endContainerProcess(
  work: Work,
  command: CommandOf<'EndContainerProcess'>,
): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  if (isSettled(container, command)) return answered();
  const at = { hostName: command.host, containerId: container.id };
  const { output: chunks, exitCode } = command;
  if (chunks.length > 0) {
    work.emit({
      type: 'ContainerPrinted',
      data: { host: command.host, containerId: container.id, chunks },
    });
  }
  learn(work, command.traffic);
  write(work, container, command);
  if (command.endsAt === null) {
    foresee(work, at, { at: null, exitCode });
    return answered();
  }
  const endsAt = Math.max(command.endsAt ?? work.now, container.startedAt ?? work.now);
  // A frozen process ends when it is thawed.
  const isToCome = endsAt > work.now || container.status === 'paused';
  if (isToCome) foresee(work, at, { at: endsAt, exitCode });
  else endByItself(dated(work, endsAt), at, { at: endsAt, exitCode });
  return answered();
}

function isSettled(
  { status, processId, ends }: Container,
  command: CommandOf<'EndContainerProcess'>,
): boolean {
  if (status === 'created' || status === 'exited') return true;
  if (processId !== command.processId) return true;
  // Only a program that is run says when it ends, and its first run has said so.
  return command.endsAt !== undefined && ends !== null;
}

/** A disk that is full keeps nothing: its program was told so, and nobody else is. */
function write(
  work: Work,
  container: Container,
  { host, files = [], removed = [] }: CommandOf<'EndContainerProcess'>,
): void {
  const containerId = container.id;
  if (removed.length > 0 && removalProblem(container, removed) === null) {
    work.emit({ type: 'FilesRemoved', data: { host, containerId, paths: removed } });
  }
  if (files.length === 0 || filesProblem(files, [...container.files.values()]) !== null) return;
  const data = { host, containerId, files, isByProgram: true } as const;
  work.emit({ type: 'FilesWritten', data });
}

type At = { readonly hostName: HostName; readonly containerId: ContainerId };
type End = { readonly at: LabTime; readonly exitCode: number };

function foresee(
  work: Work,
  { hostName, containerId }: At,
  ends: NonNullable<Container['ends']>,
): void {
  work.emit({ type: 'ContainerEndForeseen', data: { host: hostName, containerId, ends } });
}

/** The main process ends without being told to: its restart policy decides what follows. */
export function endByItself(work: Work, at: At, end: End): void {
  const { hostName, containerId } = at;
  const container = getContainer(getHost(work.lab, hostName), containerId);
  const restart = restartAfter(container, end);
  exitContainer(work, at, { ...end, cause: 'ownEnd', signal: 0, restart });
  removeIfWanted(work, hostName, containerId);
}
