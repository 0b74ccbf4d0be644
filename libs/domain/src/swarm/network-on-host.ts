import { emptyMap } from '../persistent/empty-map.ts';
import type { Network } from '../state/network.ts';
import type { SwarmNetwork } from '../state/swarm.ts';

/** An overlay of the swarm as the engine of a host that uses it, or manages it, knows it. */
export function networkOnHost(network: SwarmNetwork, ordinal: number): Network {
  return {
    id: network.id,
    name: network.name,
    driver: network.driver,
    scope: 'swarm',
    isInternal: network.isInternal,
    isAttachable: network.isAttachable,
    isIngress: network.isIngress,
    isIPv6Enabled: network.isIPv6Enabled,
    isConfigOnly: false,
    configFrom: '',
    ipamDriver: network.ipamDriver,
    ipamOptions: network.ipamOptions,
    pools: network.pools,
    addressPools: [],
    options: network.options,
    labels: network.labels,
    createdAt: network.createdAt,
    ordinal,
    bridge: null,
    parentLink: null,
    vnis: network.vnis,
    endpointIds: emptyMap(),
    joinedCount: 0,
  };
}
