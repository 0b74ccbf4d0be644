import type { EndpointSpec, HostName, Outcome, Refusal } from '@netfold/contracts';
import { isUp } from '../container/links.ts';
import { containerOf } from '../container/named-container.ts';
import { isContainerMode } from '../container/spec-rules.ts';
import { getHost } from '../host/change-host.ts';
import { findLocalNetwork } from '../network/find-network.ts';
import {
  hostNetworkConflict,
  noneNetworkConflict,
  sharedNetworkConflict,
} from '../refusal/endpoint.ts';
import type { Attachment, Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { connectToNetwork } from './connect-to-network.ts';
import {
  aliasLimitProblem,
  emptyEndpoint,
  settingsProblem,
  withOwnAliases,
} from './endpoint-settings.ts';
import { referenceOf } from './sandbox-networks.ts';

/**
 * `docker network connect`: of a running container at once, of another for its next start.
 *
 * @source moby/moby daemon/container_operations.go ConnectToNetwork
 */
export function connectContainer(work: Work, command: CommandOf<'ConnectContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  const endpoint = command.endpoint ?? emptyEndpoint;
  const beyond = aliasLimitProblem(endpoint);
  if (beyond !== null) return refusedWith(beyond);
  const problem =
    isUp(container) && container.restartsAt === null
      ? connectRunning(work, command, { container, endpoint })
      : connectStopped(work, command, { container, endpoint });
  const ids = { containerId: container.id };
  return problem === null ? answered({ ids }) : refusedWith(problem);
}

type Wanted = { readonly container: Container; readonly endpoint: EndpointSpec };

function connectRunning(
  work: Work,
  command: CommandOf<'ConnectContainer'>,
  { container, endpoint }: Wanted,
): Refusal | null {
  if (isContainerMode(container.spec.networkMode)) return sharedNetworkConflict();
  const host = getHost(work.lab, command.host);
  const connected = connectToNetwork(work, {
    hostName: command.host,
    containerId: container.id,
    reference: command.network,
    endpoint,
    interfaceNames: { own: null, gateway: null },
    sandboxId: container.lastSandboxId === '' ? null : container.lastSandboxId,
    hasEmbeddedDns: false,
    heldNumber: null,
    check: (_, network) => modeConflict(host, container, network),
  });
  return 'message' in connected ? connected : null;
}

/** A network that does not exist is noted all the same: the start will say so. */
function connectStopped(
  work: Work,
  command: CommandOf<'ConnectContainer'>,
  { container, endpoint }: Wanted,
): Refusal | null {
  const host = getHost(work.lab, command.host);
  const found = findLocalNetwork(host, command.network);
  if (found.kind !== 'found') {
    attach(work, command.host, { container, networkName: command.network, endpoint });
    return null;
  }
  const { network } = found;
  const settled = withOwnAliases(container, network, endpoint);
  const problem = settingsProblem(network, settled) ?? modeConflict(host, container, network);
  if (problem !== null) return problem;
  // A network it is attached to already keeps its settings; an overlay's are always renewed.
  const isKnown = networksOf(host, container).some((known) => known.name === network.name);
  if (isKnown && network.scope !== 'swarm') return null;
  attach(work, command.host, { container, networkName: network.name, endpoint: settled });
  return null;
}

function attach(
  work: Work,
  host: HostName,
  attachment: Wanted & Pick<Attachment, 'networkName'>,
): void {
  const { container, networkName, endpoint } = attachment;
  work.emit({
    type: 'NetworkAttached',
    data: { host, containerId: container.id, networkName, networkId: '', endpoint },
  });
}

/**
 * @returns why the container's networks and this one do not go together, or `null`
 * @source moby/moby daemon/container_operations.go updateNetworkSettings
 */
function modeConflict(host: LabHost, container: Container, network: Network): Refusal | null {
  if (container.spec.networkMode !== 'host' && network.driver === 'host') {
    return hostNetworkConflict();
  }
  for (const known of networksOf(host, container)) {
    if (known.name === network.name && network.scope !== 'swarm') return null;
    if (known.name === network.name) continue;
    if (known.driver === 'host' || network.driver === 'host') return sharedNetworkConflict();
    if (known.name === 'none' || network.name === 'none') return noneNetworkConflict();
  }
  return null;
}

/** The networks it is attached to, as far as they exist. */
function networksOf(host: LabHost, container: Container): readonly Network[] {
  return [...container.attachments.values()].flatMap((attachment) => {
    const found = findLocalNetwork(host, referenceOf(attachment));
    return found.kind === 'found' ? [found.network] : [];
  });
}
