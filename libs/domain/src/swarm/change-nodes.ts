import type { NodeAvailability, Outcome, Refusal } from '@netfold/contracts';
import * as refusals from '../refusal/swarm.ts';
import type { Swarm, SwarmNode } from '../state/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { findNodes } from './find-node.ts';
import { swarmOfManager } from './swarm-of-manager.ts';

const roles = ['worker', 'manager'] as const;
const availabilities: readonly NodeAvailability[] = ['active', 'pause', 'drain'];

/**
 * Gives a node another role, availability and labels.
 *
 * @source moby/moby v20.10 daemon/cluster/nodes.go UpdateNode, swarmkit manager/controlapi/node.go
 */
export function updateNode(work: Work, command: CommandOf<'UpdateNode'>): Outcome {
  const swarm = swarmOfManager(work.lab, command.host);
  if ('code' in swarm) return refusedWith(swarm);
  const role = roles.find((one) => one === command.role.toLowerCase());
  if (role === undefined) return refusedWith(refusals.invalidNodeRole(command.role));
  const availability = availabilityOf(command.availability);
  if (availability === null) {
    return refusedWith(refusals.invalidNodeAvailability(command.availability));
  }
  const node = nodeOf(swarm, command.node);
  if ('code' in node) return refusedWith(node);
  const refusal = role === 'worker' ? refusalOfDemotion(swarm, node) : null;
  if (refusal !== null) return refusedWith(refusal);
  if (command.version !== node.version) return refusedWith(refusals.updateOutOfSequence());
  emitRole(work, swarm, { node, role });
  const data = { swarmId: swarm.id, nodeId: node.id };
  if (availability !== node.availability) {
    work.emit({ type: 'NodeAvailabilitySet', data: { ...data, availability } });
  }
  if (!isSameLabels(command.labels, node.labels)) {
    work.emit({ type: 'NodeLabelled', data: { ...data, labels: command.labels } });
  }
  return answered();
}

/**
 * Lets the managers forget a node that is down, or any worker by force.
 *
 * @source swarmkit manager/controlapi/node.go RemoveNode; recorded on engine 20.10.24
 */
export function removeNode(work: Work, command: CommandOf<'RemoveNode'>): Outcome {
  const swarm = swarmOfManager(work.lab, command.host);
  if ('code' in swarm) return refusedWith(swarm);
  const node = nodeOf(swarm, command.node);
  if ('code' in node) return refusedWith(node);
  if (node.role === 'manager') return refusedWith(refusals.nodeIsManager(node.id));
  if (!command.force && node.status === 'ready') {
    return refusedWith(refusals.nodeNotDown(node.id));
  }
  work.emit({ type: 'NodeRemoved', data: { swarmId: swarm.id, nodeId: node.id } });
  return answered();
}

/** What a client may write in any case, as the engine reads it; `null`: no availability. */
export function availabilityOf(text: string): NodeAvailability | null {
  return availabilities.find((one) => one === text.toLowerCase()) ?? null;
}

function nodeOf(swarm: Swarm, reference: string): SwarmNode | Refusal {
  const [node, ...others] = findNodes(swarm, reference);
  if (node === undefined) return refusals.nodeNotFound(reference);
  return others.length === 0 ? node : refusals.ambiguousNode(reference, others.length + 1);
}

/** The rest must still be able to agree: more than half of the managers that are left. */
function refusalOfDemotion(swarm: Swarm, node: SwarmNode): Refusal | null {
  if (node.role !== 'manager') return null;
  const rest = [...swarm.nodes.values()].filter(
    ({ id, role }) => role === 'manager' && id !== node.id,
  );
  if (rest.length === 0) return refusals.lastManagerDemoted();
  const reachable = rest.filter(({ status }) => status === 'ready').length;
  const quorum = Math.floor(rest.length / 2) + 1;
  return reachable < quorum ? refusals.demotionLosesQuorum() : null;
}

function emitRole(
  work: Work,
  { id: swarmId }: Swarm,
  { node, role }: { readonly node: SwarmNode; readonly role: 'manager' | 'worker' },
): void {
  if (role === node.role) return;
  const data = { host: node.host, swarmId, nodeId: node.id };
  work.emit({ type: role === 'manager' ? 'NodePromoted' : 'NodeDemoted', data });
}

function isSameLabels(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
