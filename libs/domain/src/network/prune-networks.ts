import type { Outcome } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { pruneSwarmNetworks } from '../swarm/remove-swarm-network.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { isPruned, pruneFilterOf } from './prune-filter.ts';
import { refusalOfRemoval } from './remove-network.ts';

/**
 * `docker network prune`: every network of this host without endpoints, but the predefined and
 * the config-only ones;
 * on a manager also the swarm's overlays without tasks. Answers the names, the swarm's first.
 *
 * @source moby/moby daemon/prune.go NetworksPrune
 */
export function pruneNetworks(work: Work, command: CommandOf<'PruneNetworks'>): Outcome {
  const filter = pruneFilterOf(command.filters, work.now);
  if ('code' in filter) return refusedWith(filter);
  const removed = [...pruneSwarmNetworks(work, command.host, filter)];
  for (const network of getHost(work.lab, command.host).networks.values()) {
    const host = getHost(work.lab, command.host);
    const isCandidate =
      network.scope === 'local' && !network.isConfigOnly && isPruned(network, filter);
    if (!isCandidate || refusalOfRemoval(host, network) !== null) continue;
    const data = { host: command.host, networkId: network.id, isPruned: true };
    work.emit({ type: 'NetworkRemoved', data });
    removed.push(network.name);
  }
  return answered({ data: { networksDeleted: removed } });
}
