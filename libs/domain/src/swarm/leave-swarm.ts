import type { HostName, NetworkId, Outcome, Refusal } from '@netfold/contracts';
import { disconnect } from '../endpoint/connect-to-network.ts';
import { getHost } from '../host/change-host.ts';
import * as refusals from '../refusal/swarm.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { removeIngressSandbox } from './ingress-appearance.ts';
import { managedSwarm } from './managed-swarm.ts';

/**
 * The host leaves its swarm: its overlays vanish, `docker_gwbridge` stays. Containers run on, but
 * without their endpoints on overlays.
 *
 * @source moby/moby daemon/cluster/swarm.go Leave; transcript swarm-leave-and-cleanup
 */
export function leaveSwarm(work: Work, command: CommandOf<'LeaveSwarm'>): Outcome {
  const host = getHost(work.lab, command.host);
  if (host.membership.state !== 'active') return refusedWith(refusals.notInSwarm());
  const refusal = command.force ? null : refusalOfManager(work.lab, host);
  if (refusal !== null) return refusedWith(refusal);
  const { swarmId, nodeId } = host.membership;
  for (const networkId of host.overlays.keys()) dropOverlay(work, command.host, networkId);
  work.emit({ type: 'NodeLeft', data: { host: command.host, swarmId, nodeId } });
  return answered();
}

/** A manager leaves only when told so by force. */
function refusalOfManager(lab: ActiveLab, host: LabHost): Refusal | null {
  const swarm = managedSwarm(lab, host);
  if (swarm === null) return null;
  const managers = [...swarm.nodes.values()].filter((node) => node.role === 'manager');
  const reachable = managers.filter((node) => node.status === 'ready').length;
  const total = managers.length;
  if (reachable === 1 && total === 1) return refusals.lastManagerLeaves();
  const losesQuorum = reachable - 2 <= total - reachable;
  return refusals.managerLeaves(reachable - 1, total, losesQuorum);
}

/**
 * Containers of the overlay lose their endpoint, and that on the gateway network when it
 * was for it.
 */
function dropOverlay(work: Work, hostName: HostName, networkId: NetworkId): void {
  const host = getHost(work.lab, hostName);
  const network = host.networks.get(networkId);
  if (network?.isIngress === true) removeIngressSandbox(work, hostName);
  for (const endpointId of network?.endpointIds.keys() ?? []) {
    const endpoint = host.endpoints.get(endpointId);
    if (endpoint?.joined === null || endpoint === undefined) continue;
    const { containerId, joined } = endpoint;
    disconnect(work, { hostName, containerId, endpointId, sandboxId: joined.sandboxId }, false);
  }
  // It vanished already with the last endpoint, if there was one.
  if (getHost(work.lab, hostName).overlays.has(networkId)) {
    work.emit({ type: 'OverlayVanished', data: { host: hostName, networkId } });
  }
}
