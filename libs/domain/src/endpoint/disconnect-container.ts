import type { Outcome, Refusal } from '@netfold/contracts';
import { isUp } from '../container/links.ts';
import { containerOf } from '../container/named-container.ts';
import { getHost } from '../host/change-host.ts';
import { findLocalNetwork } from '../network/find-network.ts';
import {
  endpointNotFound,
  hostNetworkConflict,
  leaveFailed,
  notConnected,
  stoppedNotConnected,
} from '../refusal/endpoint.ts';
import { ambiguousNetworkId, ambiguousNetworkName, networkNotFound } from '../refusal/network.ts';
import type { NetworkSearch } from '../network/find-network.ts';
import type { Container } from '../state/container.ts';
import type { Network } from '../state/network.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { disconnect } from './connect-to-network.ts';
import type { Disconnection } from './connect-to-network.ts';
import { endpointsOf } from './endpoint-on.ts';
import { deleteEndpoint, leaveEndpoint } from './join.ts';

/**
 * `docker network disconnect`.
 *
 * @source moby/moby daemon/container_operations.go DisconnectFromNetwork
 */
export function disconnectContainer(
  work: Work,
  command: CommandOf<'DisconnectContainer'>,
): Outcome {
  const search = findLocalNetwork(getHost(work.lab, command.host), command.network);
  const container = containerOf(work, command);
  if ('message' in container) {
    return refusedWith(command.force ? withoutContainer(command, search) : container);
  }
  const isRunning = isUp(container) && container.restartsAt === null;
  const isForced = search.kind !== 'found' && command.force;
  const problem =
    !isRunning || isForced
      ? detach(work, command, { container, search })
      : disconnectRunning(work, command, { container, search });
  const ids = { containerId: container.id };
  return problem === null ? answered({ ids }) : refusedWith(problem);
}

type Found = { readonly container: Container; readonly search: NetworkSearch };

/** Only the settings change: it will not join at its next start. */
function detach(
  work: Work,
  command: CommandOf<'DisconnectContainer'>,
  { container, search }: Found,
): Refusal | null {
  const networkName = search.kind === 'found' ? search.network.name : command.network;
  if (!container.attachments.has(networkName)) {
    return stoppedNotConnected(container.id, networkName);
  }
  emitDetached(work, command, { container, networkName });
  return null;
}

function disconnectRunning(
  work: Work,
  command: CommandOf<'DisconnectContainer'>,
  { container, search }: Found,
): Refusal | null {
  if (search.kind !== 'found') return searchProblem(command.network, search);
  const { network } = search;
  if (container.spec.networkMode === 'host' && network.driver === 'host') {
    return hostNetworkConflict();
  }
  const endpoint = ownEndpoint(work, command, { container, network });
  if (endpoint === undefined || endpoint.joined === null) {
    return notConnected(container.id, network.name);
  }
  const seat = {
    hostName: command.host,
    containerId: container.id,
    endpointId: endpoint.id,
    sandboxId: endpoint.joined.sandboxId,
  };
  if (!container.attachments.has(network.name)) return leaveGateway(work, seat, network);
  disconnect(work, seat, false);
  emitDetached(work, command, { container, networkName: network.name });
  return null;
}

/** The engine's own endpoint: it leaves, but where it is needed the engine fails to replace it. */
function leaveGateway(work: Work, seat: Disconnection, network: Network): Refusal | null {
  const problem = leaveEndpoint(work, seat, false);
  if (problem !== null) return leaveFailed(seat.containerId, network.name, problem);
  deleteEndpoint(work, seat.hostName, seat.endpointId);
  return null;
}

function ownEndpoint(
  work: Work,
  command: CommandOf<'DisconnectContainer'>,
  at: { readonly container: Container; readonly network: Network },
): ReturnType<typeof endpointsOf>[number] | undefined {
  const endpoints = endpointsOf(getHost(work.lab, command.host), at.container);
  return endpoints.find((endpoint) => endpoint.networkId === at.network.id);
}

function emitDetached(
  work: Work,
  command: CommandOf<'DisconnectContainer'>,
  from: { readonly container: Container; readonly networkName: string },
): void {
  work.emit({
    type: 'NetworkDetached',
    data: {
      host: command.host,
      containerId: from.container.id,
      networkName: from.networkName,
    },
  });
}

/** @source moby/moby daemon/container_operations.go ForceEndpointDelete */
function withoutContainer(
  command: CommandOf<'DisconnectContainer'>,
  search: NetworkSearch,
): Refusal {
  if (search.kind !== 'found') return searchProblem(command.network, search);
  return endpointNotFound(command.container);
}

function searchProblem(
  reference: string,
  search: Exclude<NetworkSearch, { kind: 'found' }>,
): Refusal {
  if (search.kind === 'missing') return networkNotFound(reference);
  const refuse = search.by === 'name' ? ambiguousNetworkName : ambiguousNetworkId;
  return refuse(reference, search.count);
}
