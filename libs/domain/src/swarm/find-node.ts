import type { Swarm, SwarmNode } from '../state/swarm.ts';

/**
 * The nodes that a reference means: that of the full id, else those of the hostname, else those
 * whose id begins so. Several: the reference is ambiguous.
 *
 * @source moby/moby v20.10 daemon/cluster/helpers.go getNode; recorded on engine 20.10.24
 */
export function findNodes(swarm: Swarm, reference: string): readonly SwarmNode[] {
  const exact = swarm.nodes.get(reference);
  if (exact !== undefined) return [exact];
  const all = [...swarm.nodes.values()];
  const named = all.filter(({ host }) => host === reference);
  return named.length > 0 ? named : all.filter(({ id }) => id.startsWith(reference));
}
