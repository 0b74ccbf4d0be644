import type { HostName, Outcome } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { isPruned, pruneFilterOf } from '../network/prune-filter.ts';
import { noSuchContainer, removeOfActive, removeOfDefaultLink } from '../refusal/container.ts';
import { removeAnonymousVolumes } from '../volume/remove-volume.ts';
import type { Container } from '../state/container.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { exitContainer } from './exit-container.ts';
import { isUp } from './links.ts';
import { containerOf } from './named-container.ts';
import { exitCodeOf, sigkill } from './signals.ts';

/** @source moby/moby daemon/delete.go ContainerRm */
export function removeContainer(work: Work, command: CommandOf<'RemoveContainer'>): Outcome {
  const reference = command.container.replace(/^\//, '');
  if (command.link && reference.includes('/')) return removeLink(work, command.host, reference);
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  // Only a container's own name is found here, and that is its default link.
  if (command.link) return refusedWith(removeOfDefaultLink());
  const containerId = container.id;
  if (isUp(container)) {
    if (!command.force) return refusedWith(removeOfActive(containerId, stateOf(container)));
    exitContainer(
      work,
      { hostName: command.host, containerId },
      { exitCode: exitCodeOf(sigkill), cause: 'removed', signal: sigkill, at: work.now },
    );
  }
  work.emit({ type: 'ContainerRemoved', data: { host: command.host, containerId } });
  if (command.volumes === true) removeAnonymousVolumes(work, command.host, container.mounts);
  return answered({ ids: { containerId } });
}

/**
 * `docker rm --link PARENT/ALIAS`.
 *
 * @source moby/moby daemon/delete.go rmLink; recorded docker-user-jump-and-rm-link
 */
function removeLink(work: Work, hostName: HostName, reference: string): Outcome {
  const host = getHost(work.lab, hostName);
  const [name = '', alias = ''] = reference.split('/', 2);
  const parent = host.containers.get(host.containerNames.get(name) ?? '');
  const link = parent?.links.find((one) => one.alias === alias);
  // The name under a link goes with the container it leads to.
  const isThere = link !== undefined && host.containers.has(link.containerId);
  if (parent === undefined || !isThere) return refusedWith(noSuchContainer(reference));
  const { id: containerId } = parent;
  const data = { host: hostName, containerId, targetId: link.containerId, alias };
  work.emit({ type: 'ContainerUnlinked', data });
  return answered({ ids: { containerId } });
}

/**
 * `docker container prune`: everything that is not up; answers `containersDeleted`.
 *
 * @source moby/moby daemon/prune.go ContainersPrune
 */
export function pruneContainers(work: Work, command: CommandOf<'PruneContainers'>): Outcome {
  const filter = pruneFilterOf(command.filters, work.now);
  if ('code' in filter) return refusedWith(filter);
  const containersDeleted: string[] = [];
  for (const container of getHost(work.lab, command.host).containers.values()) {
    const { createdAt, spec, id } = container;
    if (isUp(container) || !isPruned({ createdAt, labels: spec.labels }, filter)) continue;
    const data = { host: command.host, containerId: id, isPruned: true };
    work.emit({ type: 'ContainerRemoved', data });
    containersDeleted.push(id);
  }
  return answered({ data: { containersDeleted } });
}

/** Docker's word for what a container that is up does. */
function stateOf(container: Container): string {
  return container.restartsAt === null ? container.status : 'restarting';
}
