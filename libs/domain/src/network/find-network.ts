import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Network } from '../state/network.ts';
import { managedSwarm } from '../swarm/managed-swarm.ts';
import { networkOnHost } from '../swarm/network-on-host.ts';

/**
 * What a reference names: a network, nothing, or several by name or by the beginning of
 * their id.
 */
export type NetworkSearch =
  | { readonly kind: 'found'; readonly network: Network }
  | { readonly kind: 'missing' }
  | { readonly kind: 'ambiguous'; readonly by: 'name' | 'id'; readonly count: number };

/**
 * Everything that `docker network ls` on this host shows: its own networks and the overlays it
 * uses; on a manager also the overlays that it does not use.
 */
export function visibleNetworks(lab: ActiveLab, host: LabHost): readonly Network[] {
  const own = [...host.networks.values()];
  const swarm = managedSwarm(lab, host);
  if (swarm === null) return own;
  const others = [...swarm.networks.values()].filter((network) => !host.networks.has(network.id));
  return [...own, ...others.map((network) => networkOnHost(network, host.nextOrdinal))];
}

/**
 * The network that the user means: by full id, else by name, else by a unique beginning of the id.
 * As the engine's router looks, with the overlays that a manager knows.
 *
 * @source moby/moby api/server/router/network/network_routes.go findUniqueNetwork
 */
export function findNetwork(
  lab: ActiveLab,
  host: LabHost,
  reference: string,
): Network | null | 'ambiguous' {
  const search = searchNetwork(visibleNetworks(lab, host), reference);
  if (search.kind === 'found') return search.network;
  return search.kind === 'missing' ? null : 'ambiguous';
}

/**
 * As the daemon looks when it connects a container: only among the networks that the host has.
 *
 * @source moby/moby daemon/network.go FindNetwork
 */
export function findLocalNetwork(host: LabHost, reference: string): NetworkSearch {
  return searchNetwork([...host.networks.values()], reference);
}

/** With the kind of ambiguity, which the refusal tells. */
export function searchNetwork(networks: readonly Network[], reference: string): NetworkSearch {
  const exact = networks.find((network) => network.id === reference);
  if (exact !== undefined) return { kind: 'found', network: exact };
  const byName = networks.filter((network) => network.name === reference);
  if (byName.length > 0) return only(byName, 'name');
  const byId = networks.filter((network) => network.id.startsWith(reference));
  return only(byId, 'id');
}

function only(networks: readonly Network[], by: 'name' | 'id'): NetworkSearch {
  const [network] = networks;
  if (network === undefined) return { kind: 'missing' };
  if (networks.length > 1) return { kind: 'ambiguous', by, count: networks.length };
  return { kind: 'found', network };
}
