import type { ContainerId, HostName, Mount, Outcome } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { isPruned } from '../network/prune-filter.ts';
import { noSuchVolume, volumeFilterInvalid, volumeInUse } from '../refusal/volume.ts';
import type { LabHost } from '../state/lab-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';

/** Containers that have a volume among their mounts, running or not, by id. */
export function usersOfVolume(host: LabHost, name: string): readonly ContainerId[] {
  return [...host.containers.values()]
    .filter(({ mounts }) => mounts.some((mount) => mount.name === name))
    .map(({ id }) => id);
}

/** @source moby/moby volume/service/service.go Remove */
export function removeVolume(work: Work, command: CommandOf<'RemoveVolume'>): Outcome {
  const host = getHost(work.lab, command.host);
  const { volume: name } = command;
  if (!host.volumes.has(name)) {
    return command.force ? answered() : refusedWith(noSuchVolume(name));
  }
  const users = usersOfVolume(host, name);
  if (users.length > 0) return refusedWith(volumeInUse(name, users));
  work.emit({ type: 'VolumeRemoved', data: { host: command.host, name } });
  return answered();
}

const acceptedFilters: readonly string[] = ['label', 'label!'];

/**
 * `docker volume prune`: every volume that no container has and that was made without options;
 * answers `volumesDeleted`.
 *
 * @source moby/moby volume/service/service.go Prune
 */
export function pruneVolumes(work: Work, command: CommandOf<'PruneVolumes'>): Outcome {
  const { filters } = command;
  const unknown = Object.keys(filters).find((key) => !acceptedFilters.includes(key));
  if (unknown !== undefined) return refusedWith(volumeFilterInvalid(unknown));
  const filter = {
    until: null,
    labels: filters['label'] ?? [],
    labelsNot: filters['label!'] ?? [],
  };
  const volumesDeleted: string[] = [];
  for (const volume of getHost(work.lab, command.host).volumes.values()) {
    const { name, createdAt, options } = volume;
    if (Object.keys(options ?? {}).length > 0) continue;
    if (!isPruned({ createdAt, labels: volume.labels ?? {} }, filter)) continue;
    if (usersOfVolume(getHost(work.lab, command.host), name).length > 0) continue;
    work.emit({ type: 'VolumeRemoved', data: { host: command.host, name, isPruned: true } });
    volumesDeleted.push(name);
  }
  return answered({ data: { volumesDeleted } });
}

/**
 * The volumes that a container that has just gone had to itself and that nobody named.
 *
 * @source moby/moby daemon/mounts.go removeMountPoints
 */
export function removeAnonymousVolumes(
  work: Work,
  hostName: HostName,
  mounts: readonly Mount[],
): void {
  for (const { name, isAnonymous } of mounts) {
    const host = getHost(work.lab, hostName);
    if (!isAnonymous || !host.volumes.has(name) || usersOfVolume(host, name).length > 0) continue;
    work.emit({ type: 'VolumeRemoved', data: { host: hostName, name } });
  }
}
