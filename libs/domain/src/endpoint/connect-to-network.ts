import {
  formatNetwork,
  macOfHardwareAddress,
  mustParseCidr,
  parseHardwareAddress,
} from '@netfold/addressing';
import type {
  ContainerId,
  EndpointId,
  EndpointSpec,
  HostName,
  NetworkId,
  Refusal,
  SandboxId,
} from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { linkProblem } from '../container/links.ts';
import { getHost } from '../host/change-host.ts';
import { isVethMtuPossible } from '../network/bridge-options.ts';
import { findLocalNetwork } from '../network/find-network.ts';
import {
  alreadyAttached,
  endpointExists,
  endpointOnConfigOnly,
  hostStackConflict,
  hostStackNotSimulated,
  networkForgotten,
  vethMtuRefused,
} from '../refusal/endpoint.ts';
import { ambiguousNetworkId, ambiguousNetworkName, networkNotFound } from '../refusal/network.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { joinOverlay, leaveOverlay } from '../swarm/overlay-use.ts';
import type { Work } from '../work.ts';
import { getEndpoint, getNetwork } from './change-endpoint.ts';
import { chooseAddresses, chooseMac } from './endpoint-address.ts';
import type { EndpointAddresses } from './endpoint-address.ts';
import { endpointOn, endpointsOf } from './endpoint-on.ts';
import {
  isUserDefined,
  optionsProblem,
  ownMac,
  settingsProblem,
  withOwnAliases,
} from './endpoint-settings.ts';
import { hasNoStack } from './gateway-order.ts';
import { deleteEndpoint, endpointName, hasVeth, joinEndpoint, leaveEndpoint } from './join.ts';
import type { InterfaceNames } from './join.ts';
import { createSandbox } from './sandbox.ts';

/** One network that a container is to join now. */
export type Connection = {
  readonly hostName: HostName;
  readonly containerId: ContainerId;
  /** Id or name, as it is looked up. */
  readonly reference: string;
  readonly endpoint: EndpointSpec;
  readonly interfaceNames: InterfaceNames;
  /** The container's sandbox, once it has one. */
  readonly sandboxId: SandboxId | 'host' | null;
  /** Whether the sandbox gets the embedded DNS as it is made. */
  readonly hasEmbeddedDns: boolean;
  /** Number of the namespace of a run that ended just now: the kernel frees it later. */
  readonly heldNumber: number | null;
  /** Checks of a connect by hand that a start does not make. */
  readonly check: (container: Container, network: Network) => Refusal | null;
};

/** The sandbox that the container is in now. */
export type Connected = { readonly sandboxId: SandboxId | 'host' };

/** A network as found, and for an overlay what its manager allocated. */
type Found = { readonly network: Network; readonly allocated: EndpointAddresses | null };

/**
 * Connects a container's sandbox to a network: settings, endpoint, sandbox if there is none,
 * join. Whatever fails is undone, but for the interface indexes and ephemeral ports it used.
 *
 * @source moby/moby daemon/container_operations.go connectToNetwork
 */
export function connectToNetwork(work: Work, connection: Connection): Connected | Refusal {
  const found = findOrAllocate(work, connection);
  if ('message' in found) return found;
  const { hostName, containerId } = connection;
  const problem = emitSettings(work, connection, found.network);
  if (problem !== null) return undone(work, connection, found, problem);
  const endpointId = createEndpoint(work, connection, found);
  if (typeof endpointId !== 'string') return undone(work, connection, found, endpointId);
  const sandboxId = chooseSandbox(work, connection, endpointId);
  if (typeof sandboxId !== 'string') {
    consumeIndexes(work, hostName, found.network);
    forgetEndpoint(work, connection, endpointId);
    return undone(work, connection, found, sandboxId);
  }
  const seat = { hostName, endpointId, sandboxId };
  const failure = joinEndpoint(work, seat, connection.interfaceNames);
  if (failure === null) return { sandboxId };
  disconnect(work, { ...seat, containerId }, connection.sandboxId === null);
  return failure;
}

/**
 * Deletes an endpoint for which there was no sandbox. The engine cleans the settings of a container
 * only when that has had a sandbox: before, they go on showing the address it had for a moment.
 *
 * @source moby/moby daemon/container_operations.go releaseNetwork; transcripts links, rename
 */
function forgetEndpoint(work: Work, connection: Connection, endpointId: EndpointId): void {
  const { hostName, containerId } = connection;
  const { lastSandboxId, spec } = getContainer(getHost(work.lab, hostName), containerId);
  const isFirst = lastSandboxId === '' && spec.networkMode !== 'host';
  const remembered = isFirst ? { isRemembered: true as const } : {};
  work.emit({ type: 'EndpointDeleted', data: { host: hostName, endpointId, ...remembered } });
}

/** An endpoint that is to be taken off its network. */
export type Disconnection = {
  readonly hostName: HostName;
  readonly containerId: ContainerId;
  readonly endpointId: EndpointId;
  readonly sandboxId: SandboxId | 'host';
};

/**
 * Takes an endpoint off its network; an overlay's manager takes its address back.
 *
 * @param isLast  the sandbox goes away with it
 */
export function disconnect(work: Work, leaving: Disconnection, isLast: boolean): void {
  const { hostName, endpointId, containerId } = leaving;
  const host = getHost(work.lab, hostName);
  const network = getNetwork(host, getEndpoint(host, endpointId).networkId);
  leaveEndpoint(work, leaving, isLast);
  deleteEndpoint(work, hostName, endpointId);
  if (network.driver === 'overlay') release(work, hostName, containerId, network.id);
}

function findOrAllocate(work: Work, connection: Connection): Found | Refusal {
  const { hostName, containerId, reference, endpoint } = connection;
  const host = getHost(work.lab, hostName);
  const local = findLocalNetwork(host, reference);
  if (local.kind === 'found' && local.network.driver !== 'overlay') {
    return { network: local.network, allocated: null };
  }
  if (local.kind === 'ambiguous') {
    const refuse = local.by === 'name' ? ambiguousNetworkName : ambiguousNetworkId;
    return refuse(reference, local.count);
  }
  // In a swarm its managers are asked, and refuse in their own words.
  if (host.membership.state !== 'active') return networkNotFound(reference);
  const container = getContainer(host, containerId);
  if (local.kind === 'found' && endpointOn(host, container, local.network.name) !== null) {
    return alreadyAttached(container.name, local.network.name);
  }
  const joined = joinOverlay(work, {
    host: hostName,
    containerId,
    reference,
    ipv4Address: endpoint.ipv4Address,
    ipv6Address: endpoint.ipv6Address,
  });
  if ('message' in joined) return joined;
  const network = getNetwork(getHost(work.lab, hostName), joined.networkId);
  return { network, allocated: { ipv4: joined.ipv4, ipv6: '' } };
}

/** What the container is attached to, as settled: it stays after a stop. */
function emitSettings(work: Work, connection: Connection, network: Network): Refusal | null {
  const { hostName, containerId, endpoint } = connection;
  const container = getContainer(getHost(work.lab, hostName), containerId);
  const settled = withOwnAliases(container, network, endpoint);
  const problem =
    settingsProblem(network, settled) ??
    connection.check(container, network) ??
    optionsProblem(container, network, settled) ??
    creationProblem(getHost(work.lab, hostName), container, network);
  if (problem !== null) return problem;
  if (container.attachments.get(network.name)?.endpoint === settled) return null;
  work.emit({
    type: 'NetworkAttached',
    data: {
      host: hostName,
      containerId,
      networkName: network.name,
      networkId: network.id,
      endpoint: settled,
    },
  });
  forgetId(work, connection, network);
  return null;
}

/** An attachment that was noted by the network's id is from now on known by its name. */
function forgetId(work: Work, connection: Connection, network: Network): void {
  const { hostName: host, containerId } = connection;
  const { attachments } = getContainer(getHost(work.lab, host), containerId);
  if (!attachments.has(network.id)) return;
  work.emit({ type: 'NetworkDetached', data: { host, containerId, networkName: network.id } });
}

/** @source docker/libnetwork network.go CreateEndpoint */
function creationProblem(host: LabHost, container: Container, network: Network): Refusal | null {
  if (network.isConfigOnly) return endpointOnConfigOnly();
  const isThere = endpointsOf(host, container).some(
    (endpoint) =>
      endpoint.networkId === network.id && endpointName(host, endpoint) === container.name,
  );
  return isThere ? endpointExists(container.name, network.name) : null;
}

function createEndpoint(work: Work, connection: Connection, found: Found): EndpointId | Refusal {
  const { hostName, containerId, endpoint } = connection;
  const { network } = found;
  const container = getContainer(getHost(work.lab, hostName), containerId);
  const addresses = hasNoStack(network)
    ? { ipv4: '', ipv6: '' }
    : (found.allocated ?? chooseAddresses(network, endpoint));
  if ('message' in addresses) return addresses;
  if (network.bridge !== null && network.bridge.takenOverAddress !== null) {
    return networkForgotten(container.name, network.name, network.id);
  }
  if (network.driver === 'bridge' && !isVethMtuPossible(network.options)) {
    consumeIndexes(work, hostName, network);
    return vethMtuRefused(container.name, network.name, work.draw.vethName());
  }
  const endpointId = work.draw.hex64();
  const wantedMac = parseHardwareAddress(ownMac(container, network)) ?? '';
  work.emit({
    type: 'EndpointCreated',
    data: {
      host: hostName,
      endpointId,
      networkId: network.id,
      containerId,
      ...addresses,
      mac: chooseMac(addresses, macOfHardwareAddress(wantedMac)),
      createdAt: work.now,
    },
  });
  return endpointId;
}

/** The host's own stack takes no interface whose network it has a route to already. */
function chooseSandbox(
  work: Work,
  connection: Connection,
  endpointId: EndpointId,
): SandboxId | 'host' | Refusal {
  const { hostName } = connection;
  const { networkId, ipv4 } = getEndpoint(getHost(work.lab, hostName), endpointId);
  const network = getNetwork(getHost(work.lab, hostName), networkId);
  const sandboxId = connection.sandboxId ?? makeSandbox(work, connection, network);
  if (sandboxId !== 'host' || hasNoStack(network)) return sandboxId;
  if (network.bridge === null) return hostStackNotSimulated(network.driver);
  const pool = network.pools.find(({ family }) => family === 4);
  return hostStackConflict({
    vethName: work.draw.vethName(),
    address: ipv4,
    interfaceIndex: network.bridge.interfaceIndex,
    subnet: formatNetwork(mustParseCidr(pool?.subnet ?? ipv4)),
    gateway: pool?.gateway ?? '',
  });
}

function makeSandbox(
  work: Work,
  connection: Connection,
  network: Network,
): SandboxId | 'host' | Refusal {
  const { hostName, containerId } = connection;
  const host = getHost(work.lab, hostName);
  const container = getContainer(host, containerId);
  const problem = linkProblem(host, container);
  if (problem !== null) return problem;
  const { networkMode } = container.spec;
  if (networkMode === 'host') return 'host';
  const hasEmbeddedDns = connection.hasEmbeddedDns || isUserDefined(network.name);
  const isEmpty = hasNoStack(network);
  const { heldNumber } = connection;
  return createSandbox(work, hostName, { containerId, hasEmbeddedDns, isEmpty, heldNumber });
}

/** The pair had been made with the endpoint; other drivers make their interface when they join. */
function consumeIndexes(work: Work, hostName: HostName, network: Network): void {
  if (!hasVeth(network) || network.driver === 'overlay') return;
  const next = getHost(work.lab, hostName).nextInterfaceIndex + 2;
  work.emit({ type: 'InterfaceIndexesConsumed', data: { host: hostName, next } });
}

function undone(work: Work, connection: Connection, found: Found, problem: Refusal): Refusal {
  const { hostName, containerId } = connection;
  if (found.allocated !== null) release(work, hostName, containerId, found.network.id);
  return problem;
}

function release(
  work: Work,
  hostName: HostName,
  containerId: ContainerId,
  networkId: NetworkId,
): void {
  leaveOverlay(work, { host: hostName, containerId, networkId });
}
