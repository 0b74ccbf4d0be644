import type { HostName, NetworkId, Outcome, SwarmObjectId } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { isPruned } from '../network/prune-filter.ts';
import type { PruneFilter } from '../network/prune-filter.ts';
import { notAManager, overlayInUse } from '../refusal/swarm.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { answered, refusedWith } from '../work.ts';
import type { Work } from '../work.ts';
import { getSwarm, getSwarmNetwork } from './change-swarm.ts';
import { removeIngressSandbox } from './ingress-appearance.ts';
import { managedSwarm } from './managed-swarm.ts';
import { allocateWaiting } from './overlay-allocation.ts';

/**
 * Removes a network from the swarm, which only a manager can, and only when no task is on it.
 *
 * @source swarmkit manager/controlapi/network.go RemoveNetwork
 */
export function removeSwarmNetwork(work: Work, host: LabHost, network: Network): Outcome {
  const swarm = managedSwarm(work.lab, host);
  if (swarm === null) return refusedWith(notAManager());
  const [task] = getSwarmNetwork(swarm, network.id).tasks.values();
  if (task !== undefined) return refusedWith(overlayInUse(network.id, task.taskId));
  takeFromNodes(work, swarm.id, network.id);
  const data = { swarmId: swarm.id, networkId: network.id };
  work.emit({ type: 'SwarmNetworkRemoved', data });
  allocateWaiting(work, swarm.id);
  return answered({ ids: { networkId: network.id } });
}

/** Prunes the swarm's networks where this host manages it; answers the removed names. */
export function pruneSwarmNetworks(
  work: Work,
  hostName: HostName,
  filter: PruneFilter,
): readonly string[] {
  const swarm = managedSwarm(work.lab, getHost(work.lab, hostName));
  if (swarm === null) return [];
  const removed: string[] = [];
  for (const network of swarm.networks.values()) {
    const isIdle = network.tasks.size === 0 && !network.isIngress;
    if (!isIdle || !isPruned(network, filter)) continue;
    takeFromNodes(work, swarm.id, network.id);
    const data = { swarmId: swarm.id, networkId: network.id };
    work.emit({ type: 'SwarmNetworkRemoved', data });
    removed.push(network.name);
  }
  if (removed.length > 0) allocateWaiting(work, swarm.id);
  return removed;
}

/** A network without tasks is still on the nodes when it is ingress. */
function takeFromNodes(work: Work, swarmId: SwarmObjectId, networkId: NetworkId): void {
  for (const node of getSwarm(work.lab, swarmId).nodes.values()) {
    const overlay = work.lab.hosts.get(node.host)?.overlays.get(networkId);
    if (node.status !== 'ready' || overlay === undefined) continue;
    removeIngressSandbox(work, node.host);
    work.emit({ type: 'OverlayVanished', data: { host: node.host, networkId } });
  }
}
