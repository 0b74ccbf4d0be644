import type { ContainerId, HostName, LabTime, Outcome } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { getContainer } from './change-container.ts';
import { exitContainer, removeIfWanted } from './exit-container.ts';
import { containerOf } from './named-container.ts';
import { restartAfter } from './restart-policy.ts';

/**
 * Whoever runs the tools of a lab says that a container's own program came to its end. A second
 * word, or one about an earlier run, changes nothing.
 */
export function endContainerProcess(
  work: Work,
  command: CommandOf<'EndContainerProcess'>,
): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const { id, processId, status } = container;
  if (status === 'created' || status === 'exited') return answered();
  if (processId !== command.processId) return answered();
  if (command.output.length > 0) {
    work.emit({
      type: 'ContainerPrinted',
      data: { host: command.host, containerId: id, chunks: command.output },
    });
  }
  endByItself(
    work,
    { hostName: command.host, containerId: id },
    {
      at: work.now,
      exitCode: command.exitCode,
    },
  );
  return answered();
}

/** The main process ends without being told to: its restart policy decides what follows. */
export function endByItself(
  work: Work,
  at: { readonly hostName: HostName; readonly containerId: ContainerId },
  end: { readonly at: LabTime; readonly exitCode: number },
): void {
  const { hostName, containerId } = at;
  const container = getContainer(getHost(work.lab, hostName), containerId);
  const restart = restartAfter(container, end);
  exitContainer(work, at, { ...end, cause: 'ownEnd', signal: 0, restart });
  removeIfWanted(work, hostName, containerId);
}
