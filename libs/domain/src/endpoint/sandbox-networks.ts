import type { ContainerId, HostName, Refusal, SandboxId } from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { getHost } from '../host/change-host.ts';
import { findLocalNetwork } from '../network/find-network.ts';
import type { Attachment, Container } from '../state/container.ts';
import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import { findAttachableOverlay } from '../swarm/overlay-use.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Work } from '../work.ts';
import { connectToNetwork, disconnect } from './connect-to-network.ts';
import { isUserDefined } from './endpoint-settings.ts';
import {
  compareTraits,
  gatewayNetworkName,
  hasNoStack,
  orderedEndpoints,
  ownGatewayEndpoint,
  traitsOf,
} from './gateway-order.ts';
import type { NetworkTraits } from './gateway-order.ts';
import { createSandbox } from './sandbox.ts';
import { deleteEndpoint, leftBehind } from './join.ts';

const defaultNetworkName = 'bridge';

/**
 * Gives a container that starts its network stack: every network it is attached to, the default
 * bridge first. When one fails, what was joined before stays for the caller to release.
 *
 * @param heldNumber  of the namespace of a run that ended just now; `null` for none
 * @source moby/moby daemon/container_operations.go allocateNetwork
 */
export function allocateNetworks(
  work: Work,
  hostName: HostName,
  containerId: ContainerId,
  heldNumber: number | null,
): { readonly sandboxId: SandboxId | 'host' } | Refusal {
  const host = getHost(work.lab, hostName);
  const container = getContainer(host, containerId);
  const attachments = attachmentsInOrder(work.lab, host, container);
  const names = interfaceNames(work.lab, host, attachments);
  const hasEmbeddedDns = attachments.some(({ networkName }) => isUserDefined(networkName));
  let sandboxId: SandboxId | 'host' | null = null;
  for (const attachment of attachments) {
    const connected: { readonly sandboxId: SandboxId | 'host' } | Refusal = connectToNetwork(work, {
      hostName,
      containerId,
      reference: referenceOf(attachment),
      endpoint: attachment.endpoint,
      interfaceNames: {
        own: names.get(attachment.networkName) ?? null,
        gateway: `eth${names.size}`,
      },
      sandboxId,
      hasEmbeddedDns,
      heldNumber,
      check: () => null,
    });
    if ('message' in connected) return connected;
    sandboxId = connected.sandboxId;
  }
  return sandboxId === null ? emptyStack(work, hostName, container) : { sandboxId };
}

/**
 * Takes a container's network stack down: endpoints in libnetwork's order, then the sandbox.
 *
 * @source moby/moby daemon/container_operations.go releaseNetwork; libnetwork sandbox.go delete
 */
export function releaseNetworks(work: Work, hostName: HostName, containerId: ContainerId): void {
  const host = getHost(work.lab, hostName);
  const container = getContainer(host, containerId);
  const sandboxId = container.lastSandboxId;
  if (sandboxId === 'host') {
    for (const endpoint of ownHostEndpoints(host, containerId)) {
      disconnect(work, { hostName, containerId, endpointId: endpoint, sandboxId }, true);
    }
    return;
  }
  const sandbox = host.sandboxes.get(sandboxId);
  if (sandbox === undefined) return;
  // The gateway network's endpoint goes by itself with the last one that needed it.
  const ordered = orderedEndpoints(host, sandbox);
  const isGateway = (endpoint: Endpoint): boolean =>
    endpoint.id === ownGatewayEndpoint(host, sandbox)?.id;
  const others = ordered.filter((endpoint) => !isGateway(endpoint));
  for (const { id } of others.length === 0 ? ordered : others) {
    disconnect(work, { hostName, containerId, endpointId: id, sandboxId }, true);
  }
  // The real engine forgets these for as long as it runs; here they go with their sandbox.
  const gateway = host.networks.get(host.networkNames.get(gatewayNetworkName) ?? '');
  for (const { id } of gateway === undefined ? [] : leftBehind(host, gateway, containerId)) {
    deleteEndpoint(work, hostName, id);
  }
  removeUnusedSandbox(work, hostName, sandboxId);
}

/**
 * Ends a network stack that nobody is in any more. Containers in container mode keep that of a
 * container that stopped for as long as they run: with `lo`, and what the engine left in it.
 */
export function removeUnusedSandbox(
  work: Work,
  hostName: HostName,
  sandboxId: SandboxId | 'host',
): void {
  const { sandboxes, containers } = getHost(work.lab, hostName);
  const sandbox = sandboxId === 'host' ? undefined : sandboxes.get(sandboxId);
  if (sandbox === undefined) return;
  for (const container of containers.values()) if (container.sandboxId === sandbox.id) return;
  work.emit({ type: 'SandboxRemoved', data: { host: hostName, sandboxId: sandbox.id } });
}

/** How the engine looks an attachment's network up: by id once it is known. */
export function referenceOf(attachment: Attachment): string {
  const { networkName, networkId } = attachment;
  return isUserDefined(networkName) && networkId !== '' ? networkId : networkName;
}

function ownHostEndpoints(host: LabHost, containerId: ContainerId): readonly string[] {
  const network = host.networks.get(host.networkNames.get('host') ?? '');
  return [...(network?.endpointIds.keys() ?? [])].filter(
    (id) => host.endpoints.get(id)?.containerId === containerId,
  );
}

/**
 * A container that was disconnected from everything starts all the same, with no way to anywhere.
 *
 * @source moby/moby daemon/container_operations.go allocateNetwork; transcript
 *   none-and-host-refusals
 */
function emptyStack(
  work: Work,
  hostName: HostName,
  { id, spec }: Container,
): { readonly sandboxId: SandboxId | 'host' } {
  if (spec.networkMode === 'host') return { sandboxId: 'host' };
  const wish = { containerId: id, hasEmbeddedDns: false, isEmpty: true, heldNumber: null };
  return { sandboxId: createSandbox(work, hostName, wish) };
}

/**
 * The default bridge, then local networks, then overlays, each in order of attachment.
 * The engine goes through a Go map here, in no order; this one makes the fewest detours.
 */
function attachmentsInOrder(
  lab: ActiveLab,
  host: LabHost,
  container: Container,
): readonly Attachment[] {
  const rank = (attachment: Attachment): number => {
    if (attachment.networkName === defaultNetworkName) return 0;
    return traitsOfReference(lab, host, referenceOf(attachment))?.driver === 'overlay' ? 2 : 1;
  };
  return [...container.attachments.values()].toSorted(
    (left, right) => rank(left) - rank(right) || left.ordinal - right.ordinal,
  );
}

/** At a start the interfaces are named in the order of the endpoints, once all are there. */
function interfaceNames(
  lab: ActiveLab,
  host: LabHost,
  attachments: readonly Attachment[],
): ReadonlyMap<string, string> {
  const found = attachments.flatMap((attachment) => {
    const traits = traitsOfReference(lab, host, referenceOf(attachment));
    return traits === null || hasNoStack(traits) ? [] : [{ attachment, traits }];
  });
  const ordered = found.toSorted((left, right) => compareTraits(left.traits, right.traits));
  const counts = new Map<string, number>();
  return new Map(
    ordered.map(({ attachment, traits }) => {
      const number = counts.get(traits.interfacePrefix) ?? 0;
      counts.set(traits.interfacePrefix, number + 1);
      return [attachment.networkName, `${traits.interfacePrefix}${number}`];
    }),
  );
}

function traitsOfReference(lab: ActiveLab, host: LabHost, reference: string): NetworkTraits | null {
  const local = findLocalNetwork(host, reference);
  if (local.kind === 'found') return traitsOf(local.network);
  const overlay = findAttachableOverlay(lab, host, reference);
  return overlay && traitsOf(overlay);
}
