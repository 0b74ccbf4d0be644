import type { SwarmObjectId } from '@netfold/contracts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { SwarmNode } from '../state/swarm.ts';
import { changeSwarm } from './change-swarm.ts';
import { ledAnew } from './leader.ts';

/** Of a node or cluster that nobody has updated yet. */
export const firstVersion = 10;

export const nodeFolds: Folds<
  'NodePromoted' | 'NodeDemoted' | 'NodeAvailabilitySet' | 'NodeLabelled' | 'NodeRemoved'
> = {
  NodePromoted: (lab, data) => withRole(lab, data, 'manager'),

  NodeDemoted: (lab, data) => withRole(lab, data, 'worker'),

  NodeAvailabilitySet: (lab, data) => changeNode(lab, data, { availability: data.availability }),

  NodeLabelled: (lab, data) => changeNode(lab, data, { labels: data.labels }),

  NodeRemoved: (lab, { swarmId, nodeId }) =>
    changeSwarm(lab, swarmId, (swarm) => ({ ...swarm, nodes: swarm.nodes.without(nodeId) })),
};

type OfNode = { readonly swarmId: SwarmObjectId; readonly nodeId: SwarmObjectId };

function changeNode(
  lab: ActiveLab,
  { swarmId, nodeId }: OfNode,
  change: Partial<SwarmNode>,
): ActiveLab {
  return changeSwarm(lab, swarmId, (swarm) => {
    const node = swarm.nodes.get(nodeId);
    if (node === undefined) throw new Error(`no node ${nodeId}`);
    const changed = { ...node, ...change, version: node.version + 1 };
    return ledAnew({ ...swarm, nodes: swarm.nodes.with(nodeId, changed) });
  });
}

/** The host learns of its role, unless it has left and the managers only remember it. */
function withRole(
  lab: ActiveLab,
  data: DataOf<'NodePromoted'>,
  role: 'manager' | 'worker',
): ActiveLab {
  const changed = changeNode(lab, data, { role });
  if (!changed.hosts.has(data.host)) return changed;
  return changeHost(changed, data.host, (host) => {
    const { membership } = host;
    const isNode = membership.state === 'active' && membership.nodeId === data.nodeId;
    return isNode ? { ...host, membership: { ...membership, role } } : host;
  });
}
