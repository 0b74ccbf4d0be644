import type { ContainerId, HostName, LabTime } from '@netfold/contracts';
import { releaseNetworks, removeUnusedSandbox } from '../endpoint/sandbox-networks.ts';
import { getHost } from '../host/change-host.ts';
import { removeAnonymousVolumes } from '../volume/remove-volume.ts';
import type { DataOf } from '../fold.ts';
import type { Work } from '../work.ts';
import { getContainer } from './change-container.ts';
import { exitCodeOf, sigkill } from './signals.ts';
import { isContainerMode } from './spec-rules.ts';

/** How a main process came to its end. */
export type Exit = Pick<DataOf<'ContainerExited'>, 'exitCode' | 'cause' | 'signal' | 'isForced'> & {
  readonly at: LabTime;
  /** Its restart policy starts it again: when, after which wait. */
  readonly restart?: { readonly at: LabTime; readonly delayMs: number } | null;
};

/**
 * The main process ends: its execs die with it, its network stack goes with whoever is in it last.
 *
 * @source moby/moby daemon/monitor.go handleContainerExit
 */
export function exitContainer(
  work: Work,
  at: { readonly hostName: HostName; readonly containerId: ContainerId },
  exit: Exit,
): void {
  const { hostName, containerId } = at;
  const host = getHost(work.lab, hostName);
  const container = getContainer(host, containerId);
  for (const execId of container.execIds) {
    if (host.execs.get(execId)?.status !== 'running') continue;
    work.emit({
      type: 'ExecDied',
      data: { host: hostName, execId, exitCode: exitCodeOf(sigkill) },
    });
  }
  const ended = {
    host: hostName,
    containerId,
    exitCode: exit.exitCode,
    finishedAt: exit.at,
    cause: exit.cause,
    signal: exit.signal,
    ...(exit.isForced === true ? { isForced: true as const } : {}),
  };
  const restart = exit.restart ?? null;
  const restarting = restart && { restartsAt: restart.at, restartDelayMs: restart.delayMs };
  work.emit({ type: 'ContainerExited', data: { ...ended, ...restarting } });
  if (!isContainerMode(container.spec.networkMode)) releaseNetworks(work, hostName, containerId);
  else if (container.sandboxId !== null) removeUnusedSandbox(work, hostName, container.sandboxId);
}

/** `--rm`: a container that stays down goes. */
export function removeIfWanted(work: Work, hostName: HostName, containerId: ContainerId): void {
  const container = getContainer(getHost(work.lab, hostName), containerId);
  if (!container.spec.autoRemove || container.restartsAt !== null) return;
  work.emit({ type: 'ContainerRemoved', data: { host: hostName, containerId } });
  removeAnonymousVolumes(work, hostName, container.mounts);
}
