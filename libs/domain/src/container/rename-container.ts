import type { Outcome } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { nameNotAllocated, renameNeedsNames, renameToSameName } from '../refusal/container.ts';
import { renamedOnOverlay } from '../refusal/endpoint.ts';
import type { Container } from '../state/container.ts';
import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { reserveName } from './container-name.ts';
import { containerOf } from './named-container.ts';

/** @source moby/moby daemon/rename.go ContainerRename */
export function renameContainer(work: Work, command: CommandOf<'RenameContainer'>): Outcome {
  if (command.container === '' || command.name === '') return refusedWith(renameNeedsNames());
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const wanted = command.name.startsWith('/') ? command.name : `/${command.name}`;
  if (wanted === `/${container.name}`) return refusedWith(renameToSameName());
  const host = getHost(work.lab, command.host);
  const name = reserveName(host, wanted);
  if (typeof name !== 'string') return refusedWith(nameNotAllocated(name));
  const known = endpointKnownToCluster(host, container);
  if (known !== null) return refusedWith(renamedOnOverlay(name, known.networkId, known.id));
  work.emit({
    type: 'ContainerRenamed',
    data: { host: command.host, containerId: container.id, name },
  });
  return answered({ ids: { containerId: container.id } });
}

/**
 * The endpoint that a running container has on an overlay: the engine announces it under the new
 * name before it takes the old one back, which its own table refuses.
 *
 * @source docker/libnetwork endpoint.go rename, agent.go addServiceInfoToCluster
 */
function endpointKnownToCluster(host: LabHost, { id }: Container): Endpoint | null {
  const all = [...host.endpoints.values()].filter(({ containerId }) => containerId === id);
  return (
    all.find(({ joined, networkId }) => joined !== null && host.overlays.has(networkId)) ?? null
  );
}
