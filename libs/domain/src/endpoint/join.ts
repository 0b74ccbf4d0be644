import type { ContainerId, EndpointId, HostName, Refusal, SandboxId } from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { getHost } from '../host/change-host.ts';
import { publishPorts, unpublishPorts } from '../published-port/publish.ts';
import { endpointExists, gatewayUnreachable } from '../refusal/endpoint.ts';
import { connectivityFailed, gatewayCreateFailed, gatewayJoinFailed } from '../refusal/publish.ts';
import type { Endpoint, OverlayPresence } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { createGatewayNetwork } from '../swarm/ingress-appearance.ts';
import { keptIndex } from '../stack/link-index.ts';
import type { Work } from '../work.ts';
import { getEndpoint, getNetwork, getSandbox } from './change-endpoint.ts';
import { chooseAddresses, chooseMac } from './endpoint-address.ts';
import { isUserDefined } from './endpoint-settings.ts';
import { unreachableGateway } from './gateway.ts';
import {
  gatewayEndpoint,
  gatewayNetworkName,
  hasNoStack,
  isGatewayNetwork,
  joinedTraits,
  needsGatewayNetwork,
  ownGatewayEndpoint,
  traitsOf,
} from './gateway-order.ts';
import { drawDnsPorts, lowestNamespaceNumber, unnumbered } from './sandbox.ts';

/** An endpoint on its way into or out of a sandbox. */
export type Seat = {
  readonly hostName: HostName;
  readonly endpointId: EndpointId;
  readonly sandboxId: SandboxId | 'host';
};

/** How interfaces are called inside the sandbox; `null`: the next one of its prefix. */
export type InterfaceNames = {
  readonly own: string | null;
  /** Of the endpoint on `docker_gwbridge`, should one be made. */
  readonly gateway: string | null;
};

const nextNames: InterfaceNames = { own: null, gateway: null };

/**
 * Joins an endpoint to a sandbox: its interface appears, and when it becomes the way to the
 * outside the published ports move to it.
 *
 * @returns why not, after undoing nothing: the caller leaves and deletes
 * @source docker/libnetwork endpoint.go sbJoin
 */
export function joinEndpoint(work: Work, seat: Seat, names: InterfaceNames): Refusal | null {
  const { hostName, sandboxId } = seat;
  const before = gatewayEndpoint(getHost(work.lab, hostName), sandboxId);
  emitJoined(work, seat, names.own);
  if (sandboxId === 'host') return null;
  if (lacksGateway(getHost(work.lab, hostName), sandboxId)) {
    return joinGatewayNetwork(work, { hostName, sandboxId }, names.gateway);
  }
  const problem = moveConnectivity(work, seat, before);
  if (problem !== null) return problem;
  clearGatewayNetwork(work, hostName, sandboxId);
  return null;
}

/**
 * Takes an endpoint out of its sandbox; what it published moves to the next way to the outside.
 *
 * @param isLast  the sandbox is being removed: no new way to the outside is made
 * @returns why no new way to the outside was made; the endpoint has left all the same
 * @source docker/libnetwork endpoint.go sbLeave
 */
export function leaveEndpoint(work: Work, seat: Seat, isLast: boolean): Refusal | null {
  const { hostName, endpointId, sandboxId } = seat;
  const before = gatewayEndpoint(getHost(work.lab, hostName), sandboxId);
  const wasGateway = before?.id === endpointId;
  if (wasGateway) unpublishPorts(work, hostName, endpointId);
  work.emit({ type: 'EndpointLeft', data: { host: hostName, endpointId } });
  if (sandboxId === 'host') return null;
  if (!isLast && lacksGateway(getHost(work.lab, hostName), sandboxId)) {
    return joinGatewayNetwork(work, { hostName, sandboxId }, null);
  }
  const after = gatewayEndpoint(getHost(work.lab, hostName), sandboxId);
  // The engine only logs what fails here. An internal network gets its proxies, but no rules.
  if (wasGateway && after !== null) publishOn(work, hostName, after);
  clearGatewayNetwork(work, hostName, sandboxId);
  return null;
}

/** Deletes an endpoint that no sandbox holds: its addresses are free again. */
export function deleteEndpoint(work: Work, hostName: HostName, endpointId: EndpointId): void {
  work.emit({ type: 'EndpointDeleted', data: { host: hostName, endpointId } });
}

function emitJoined(work: Work, seat: Seat, interfaceName: string | null): void {
  const { hostName, endpointId, sandboxId } = seat;
  const host = getHost(work.lab, hostName);
  const network = getNetwork(host, getEndpoint(host, endpointId).networkId);
  const place = { host: hostName, endpointId, sandboxId };
  if (sandboxId === 'host' || hasNoStack(network)) {
    work.emit({
      type: 'EndpointJoined',
      data: { ...place, interfaceName: '', interfaceIndex: 0, veth: null },
    });
    return;
  }
  const sandbox = getSandbox(host, sandboxId);
  const prefix = traitsOf(network).interfacePrefix;
  const name = interfaceName ?? `${prefix}${sandbox.nextInterfaceNumber}`;
  const drawnIndex = host.nextInterfaceIndex;
  const interfaceIndex = keptIndex(host, sandboxId, drawnIndex);
  const isLateDns = sandbox.dnsPorts === null && isUserDefined(network.name);
  const joined = {
    ...place,
    interfaceName: name,
    interfaceIndex,
    veth: hasVeth(network) ? drawVeth(work, drawnIndex + 1, host.overlays.get(network.id)) : null,
  };
  const late = isLateDns ? { dnsPorts: drawDnsPorts(work) } : {};
  const isFirstWayIn = sandbox.namespaceNumber === unnumbered;
  const numbered = isFirstWayIn ? { namespaceNumber: lowestNamespaceNumber(host) } : {};
  work.emit({ type: 'EndpointJoined', data: { ...joined, ...late, ...numbered } });
  if (interfaceIndex === drawnIndex || joined.veth !== null) return;
  // A pair's other end stands for both.
  const data = { host: hostName, next: drawnIndex + 1 };
  work.emit({ type: 'InterfaceIndexesConsumed', data });
}

/**
 * On an overlay the engine moves the host's half into the overlay's namespace and numbers it there,
 * after `veth0` of the load balancer.
 *
 * @source docker/libnetwork osl/interface_linux.go AddInterface; recorded on engine 20.10.24
 */
function drawVeth(
  work: Work,
  interfaceIndex: number,
  presence: OverlayPresence | undefined,
): { readonly name: string; readonly interfaceIndex: number; readonly mac: string } {
  const drawn = work.draw.vethName();
  const name = presence === undefined ? drawn : `veth${(presence.lastVeth ?? 0) + 1}`;
  return { name, interfaceIndex, mac: work.draw.mac() };
}

/** The container's half takes the first of two interface indexes, the host's half the second. */
export function hasVeth(network: Network): boolean {
  return network.driver === 'bridge' || network.driver === 'overlay';
}

/** Whether the sandbox needs the gateway network and is not on it yet. */
function lacksGateway(host: LabHost, sandboxId: SandboxId): boolean {
  const sandbox = getSandbox(host, sandboxId);
  if (!needsGatewayNetwork(joinedTraits(host, sandbox))) return false;
  return ownGatewayEndpoint(host, sandbox) === null;
}

function isStackUp(host: LabHost, sandboxId: SandboxId): boolean {
  return getContainer(host, getSandbox(host, sandboxId).containerId).sandboxId === sandboxId;
}

function moveConnectivity(work: Work, seat: Seat, before: Endpoint | null): Refusal | null {
  const { hostName, sandboxId, endpointId } = seat;
  const host = getHost(work.lab, hostName);
  const after = gatewayEndpoint(host, sandboxId);
  if (after?.id === before?.id) return null;
  if (before !== null) unpublishPorts(work, hostName, before.id);
  // Before a program runs in it, the sandbox has no stack yet: the runtime's hook fails instead.
  const gateway = after === null ? '' : unreachableGateway(host, after);
  if (gateway !== '' && isStackUp(host, sandboxId)) return gatewayUnreachable(gateway);
  const endpoint = getEndpoint(host, endpointId);
  if (getNetwork(host, endpoint.networkId).isInternal) return null;
  return publishOn(work, hostName, endpoint);
}

/**
 * Gives the sandbox its endpoint on `docker_gwbridge`.
 *
 * @source docker/libnetwork default_gateway.go setupDefaultGW
 */
function joinGatewayNetwork(
  work: Work,
  at: { readonly hostName: HostName; readonly sandboxId: SandboxId },
  interfaceName: string | null,
): Refusal | null {
  const { hostName, sandboxId } = at;
  const refusal = createGatewayNetwork(work, hostName);
  if (refusal !== null) return refusal;
  const host = getHost(work.lab, hostName);
  const { containerId } = getSandbox(host, sandboxId);
  const network = getNetwork(host, host.networkNames.get(gatewayNetworkName) ?? '');
  if (leftBehind(host, network, containerId).length > 0) {
    const name = gatewayEndpointName(sandboxId);
    return gatewayCreateFailed(containerId, endpointExists(name, network.name));
  }
  const addresses = chooseAddresses(network, { ipv4Address: '', ipv6Address: '' });
  if ('message' in addresses) return gatewayCreateFailed(containerId, addresses);
  const endpointId = work.draw.hex64();
  work.emit({
    type: 'EndpointCreated',
    data: {
      host: hostName,
      endpointId,
      networkId: network.id,
      containerId,
      ...addresses,
      mac: chooseMac(addresses, ''),
      createdAt: work.now,
    },
  });
  const seat = { hostName, endpointId, sandboxId };
  const problem = joinEndpoint(work, seat, { ...nextNames, own: interfaceName });
  return problem && gatewayJoinFailed(containerId, problem);
}

/**
 * Takes the sandbox off `docker_gwbridge` when it needs it no longer.
 *
 * @source docker/libnetwork default_gateway.go clearDefaultGW
 */
function clearGatewayNetwork(work: Work, hostName: HostName, sandboxId: SandboxId): void {
  const host = getHost(work.lab, hostName);
  const sandbox = getSandbox(host, sandboxId);
  const endpoint = ownGatewayEndpoint(host, sandbox);
  if (endpoint === null || needsGatewayNetwork(joinedTraits(host, sandbox))) return;
  leaveEndpoint(work, { hostName, endpointId: endpoint.id, sandboxId }, true);
  deleteEndpoint(work, hostName, endpoint.id);
}

/** Only the bridge driver publishes ports. */
function publishOn(work: Work, hostName: HostName, endpoint: Endpoint): Refusal | null {
  const host = getHost(work.lab, hostName);
  if (getNetwork(host, endpoint.networkId).driver !== 'bridge') return null;
  const problem = publishPorts(work, hostName, endpoint.id);
  if (problem === null) return null;
  return connectivityFailed(endpointName(host, endpoint), endpoint.id, problem);
}

/**
 * Endpoints on the gateway network that a user took from the container's sandbox by hand: the
 * engine fails to make another of that name, and keeps the one that left.
 */
export function leftBehind(
  host: LabHost,
  network: Network,
  containerId: ContainerId,
): readonly Endpoint[] {
  const endpoints = [...network.endpointIds.keys()].flatMap((id) => host.endpoints.get(id) ?? []);
  return endpoints.filter(
    (endpoint) => endpoint.containerId === containerId && endpoint.joined === null,
  );
}

/** The container's name, or `gateway_` and the sandbox on the gateway network. */
export function endpointName(host: LabHost, endpoint: Endpoint): string {
  const network = getNetwork(host, endpoint.networkId);
  const container = getContainer(host, endpoint.containerId);
  const isGateway = isGatewayNetwork(network) && !container.attachments.has(network.name);
  return isGateway ? gatewayEndpointName(container.lastSandboxId) : container.name;
}

function gatewayEndpointName(sandboxId: string): string {
  return `gateway_${sandboxId.slice(0, 12)}`;
}
