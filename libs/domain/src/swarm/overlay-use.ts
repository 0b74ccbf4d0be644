import { containsAddress, formatIp, mustParseCidr, parseIp } from '@netfold/addressing';
import type { ContainerId, HostName, NetworkId, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { isAddressUsed } from '../pool/address-pool.ts';
import * as refusals from '../refusal/swarm.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Network } from '../state/network.ts';
import type { Swarm, SwarmNetwork } from '../state/swarm.ts';
import type { Work } from '../work.ts';
import { networkOnHost } from './network-on-host.ts';
import { nextOverlayAddress, showOverlay } from './overlay-appearance.ts';

export type OverlayJoining = {
  readonly host: HostName;
  /** Id or name, as the user typed it. */
  readonly reference: string;
  readonly containerId: ContainerId;
  /** `--ip`, or empty. */
  readonly ipv4Address: string;
  /** `--ip6`, or empty. */
  readonly ipv6Address: string;
};

export type OverlayJoined = {
  readonly networkId: NetworkId;
  /** With prefix length. */
  readonly ipv4: string;
};

/**
 * A network of the host's swarm by full id or name, whether the host uses it or not and whether
 * containers may join it or not; `null` also outside of any swarm.
 */
export function findAttachableOverlay(
  lab: ActiveLab,
  host: LabHost,
  reference: string,
): Network | null {
  const swarm = swarmOf(lab, host);
  const network = swarm === null ? null : findSwarmNetwork(swarm, reference);
  return network && (host.networks.get(network.id) ?? networkOnHost(network, host.nextOrdinal));
}

/**
 * Asks the managers to let a container onto an overlay: they give it a task and an address, and the
 * overlay appears on the host when it is the first there. The address comes before that of the
 * host's load balancer.
 *
 * @source moby/moby daemon/cluster/networks.go AttachNetwork, swarmkit manager/resourceapi
 */
export function joinOverlay(work: Work, joining: OverlayJoining): OverlayJoined | Refusal {
  const host = getHost(work.lab, joining.host);
  const swarm = swarmOf(work.lab, host);
  if (swarm === null) return refusals.attachTimeout();
  const network = findSwarmNetwork(swarm, joining.reference);
  if (network === null) return refusals.swarmNetworkNotFound(joining.reference);
  if (!network.isAttachable) return refusals.notAttachable(joining.reference);
  if (network.driver !== 'overlay') return refusals.swarmDriverNotSimulated(network.driver);
  // Without a pool for it the managers never find that address, and the engine gives up.
  const hasPool = network.pools.some(({ family }) => family === 6);
  if (joining.ipv6Address !== '' && !hasPool) return refusals.attachTimeout();
  const isStatic = joining.ipv4Address !== '';
  const ipv4 = isStatic ? wantedAddress(network, joining.ipv4Address) : nextOverlayAddress(network);
  if (ipv4 === null) return refusals.attachTimeout();
  const data = {
    host: joining.host,
    swarmId: swarm.id,
    networkId: network.id,
    containerId: joining.containerId,
    taskId: work.draw.swarmId(),
    ipv4,
  };
  work.emit({ type: 'TaskAllocated', data: isStatic ? { ...data, isStatic } : data });
  // The address comes with the task, whether the node takes that or not.
  const isTaken =
    takesTasks(swarm, host) &&
    (host.overlays.has(network.id) || showOverlay(work, joining.host, network.id));
  if (!isTaken) {
    releaseTask(work, joining.host, network.id, joining.containerId);
    return refusals.attachTimeout();
  }
  return { networkId: network.id, ipv4 };
}

/**
 * Gives a container's address back to the managers, and takes the overlay from the host when none
 * of its endpoints is left there. To be called once the endpoint is deleted.
 */
export function leaveOverlay(
  work: Work,
  leaving: {
    readonly host: HostName;
    readonly networkId: NetworkId;
    readonly containerId: ContainerId;
  },
): void {
  const { host: hostName, networkId, containerId } = leaving;
  releaseTask(work, hostName, networkId, containerId);
  const host = getHost(work.lab, hostName);
  const network = host.networks.get(networkId);
  const isUnused = network !== undefined && network.endpointIds.size === 0 && !network.isIngress;
  if (isUnused && host.overlays.has(networkId)) {
    work.emit({ type: 'OverlayVanished', data: { host: hostName, networkId } });
  }
}

/** Does nothing when the managers do not know the container, or the cluster is gone. */
function releaseTask(
  work: Work,
  host: HostName,
  networkId: NetworkId,
  containerId: ContainerId,
): void {
  const { membership } = getHost(work.lab, host);
  if (membership.state !== 'active') return;
  const network = work.lab.swarms.get(membership.swarmId)?.networks.get(networkId);
  const task = network?.tasks.get(containerId);
  if (task === undefined) return;
  const data = { host, swarmId: membership.swarmId, networkId, taskId: task.taskId };
  work.emit({ type: 'TaskReleased', data });
}

/** No task is started on a node that is drained, paused or removed: who waits, waits in vain. */
function takesTasks(swarm: Swarm, { membership }: LabHost): boolean {
  if (membership.state !== 'active') return false;
  return swarm.nodes.get(membership.nodeId)?.availability === 'active';
}

/** `null` without a manager that could be asked. */
function swarmOf(lab: ActiveLab, host: LabHost): Swarm | null {
  if (host.membership.state !== 'active') return null;
  const swarm = lab.swarms.get(host.membership.swarmId) ?? null;
  const isLed = [...(swarm?.nodes.values() ?? [])].some(
    (node) => node.role === 'manager' && node.status === 'ready',
  );
  return isLed ? swarm : null;
}

/** By full id, else by name when only one has it: the managers know no shortened ids. */
function findSwarmNetwork(swarm: Swarm, reference: string): SwarmNetwork | null {
  const exact = swarm.networks.get(reference);
  if (exact !== undefined) return exact;
  const named = [...swarm.networks.values()].filter((network) => network.name === reference);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** `null` when it is taken or of no pool: the managers never get round to allocating it. */
function wantedAddress(network: SwarmNetwork, wanted: string): string | null {
  const address = parseIp(wanted);
  if (address === null) return null;
  const pool = network.addressPools.find((candidate) =>
    containsAddress(mustParseCidr(candidate.subnet), address),
  );
  if (pool === undefined || isAddressUsed(pool, address)) return null;
  return `${formatIp(address)}/${mustParseCidr(pool.subnet).prefixLength}`;
}
