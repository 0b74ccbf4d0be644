import type { Outcome, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import * as refusals from '../refusal/network.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { removeSwarmNetwork } from '../swarm/remove-swarm-network.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { searchNetwork, visibleNetworks } from './find-network.ts';
import type { NetworkSearch } from './find-network.ts';
import { isPredefinedNetwork } from './predefined-name.ts';

/**
 * `docker network rm` of one network.
 *
 * @source moby/moby api/server/router/network/network_routes.go deleteNetwork, daemon/network.go
 *   deleteNetwork, docker/libnetwork network.go delete
 */
export function removeNetwork(work: Work, command: CommandOf<'RemoveNetwork'>): Outcome {
  const host = getHost(work.lab, command.host);
  const search = searchNetwork(visibleNetworks(work.lab, host), command.network);
  if (search.kind !== 'found') return refusedWith(refusalOfSearch(search, command.network));
  const { network } = search;
  if (network.scope === 'swarm') return removeSwarmNetwork(work, host, network);
  const refusal = refusalOfRemoval(host, network);
  if (refusal !== null) return refusedWith(refusal);
  work.emit({ type: 'NetworkRemoved', data: { host: command.host, networkId: network.id } });
  return answered({ ids: { networkId: network.id } });
}

/** What the router says of a reference that names no network, or several. */
function refusalOfSearch(
  search: Exclude<NetworkSearch, { kind: 'found' }>,
  reference: string,
): Refusal {
  if (search.kind === 'missing') return refusals.networkNotFound(reference);
  return search.by === 'name'
    ? refusals.ambiguousNetworkName(reference, search.count)
    : refusals.ambiguousNetworkId(reference, search.count);
}

/** Why a local network cannot go; `null`: it can. */
export function refusalOfRemoval(host: LabHost, network: Network): Refusal | null {
  if (isPredefinedNetwork(network.name)) return refusals.predefinedNetworkRemoval(network.name);
  if (network.isConfigOnly) {
    const isUsed = [...host.networks.values()].some((other) => other.configFrom === network.name);
    return isUsed ? refusals.configNetworkInUse(network.name) : null;
  }
  return network.endpointIds.size > 0 ? refusals.activeEndpoints(network.name, network.id) : null;
}
