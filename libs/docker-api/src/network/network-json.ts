import { endpointName, ingressContainerId, shownMac } from '@netfold/domain';
import type { Endpoint, LabHost, Network, Swarm } from '@netfold/domain';
import type { Seen } from '../engine/call.ts';
import { goTime } from '../http/go-time.ts';
import { sortedMap } from '../http/fields.ts';

const poolsJson = (network: Network): unknown[] =>
  network.pools.map((pool) => {
    // The managers of a swarm write down the gateway that they choose.
    const isAllocated = network.driver === 'overlay';
    const isGatewayShown = pool.isGatewayGiven || pool.isPredefined || isAllocated;
    const auxiliary = Object.entries(pool.auxAddresses);
    return {
      Subnet: pool.subnet,
      ...(pool.ipRange === '' ? {} : { IPRange: pool.ipRange }),
      ...(isGatewayShown && pool.gateway !== '' ? { Gateway: pool.gateway } : {}),
      ...(auxiliary.length === 0 ? {} : { AuxiliaryAddresses: sortedMap(auxiliary) }),
    };
  });

const endpointJson = (name: string, endpoint: Endpoint, mac: string): unknown => ({
  Name: name,
  EndpointID: endpoint.id,
  MacAddress: mac,
  IPv4Address: endpoint.ipv4,
  IPv6Address: endpoint.ipv6,
});

/** What of the joined endpoints `inspect` lists under `Containers`. */
const containersJson = (host: LabHost, network: Network): Record<string, unknown> => {
  const found: [string, unknown][] = [];
  for (const id of network.endpointIds.keys()) {
    const endpoint = host.endpoints.get(id);
    if (endpoint === undefined || endpoint.joined === null) continue;
    const name =
      endpoint.containerId === ingressContainerId
        ? `gateway_${ingressContainerId}`
        : endpointName(host, endpoint);
    const container = host.containers.get(endpoint.containerId);
    const mac = container === undefined ? endpoint.mac : shownMac(container, network, endpoint.mac);
    found.push([endpoint.containerId, endpointJson(name, endpoint, mac)]);
  }
  return sortedMap([...found, ...loadBalancerJson(host, network)]);
};

const loadBalancerJson = (host: LabHost, network: Network): [string, unknown][] => {
  const presence = host.overlays.get(network.id);
  if (presence === undefined) return [];
  const key = network.isIngress ? ingressContainerId : `lb-${network.name}`;
  const value = {
    Name: `${network.name}-endpoint`,
    EndpointID: presence.loadBalancerEndpointId,
    MacAddress: presence.loadBalancerMac,
    IPv4Address: presence.loadBalancerAddress,
    IPv6Address: '',
  };
  return [[key, value]];
};

const swarmOf = (seen: Seen): Swarm | undefined => {
  const { membership } = seen.host;
  return membership.state === 'active' ? seen.lab.swarms.get(membership.swarmId) : undefined;
};

/** Hosts that take part in an overlay, by address. */
const peersJson = (seen: Seen, network: Network): unknown[] => {
  const nodes = [...(swarmOf(seen)?.nodes.values() ?? [])];
  return nodes
    .filter((node) => seen.lab.hosts.get(node.host)?.overlays.has(network.id) ?? false)
    .toSorted((a, b) => (a.address < b.address ? -1 : 1))
    .map((node) => ({ Name: node.peerName, IP: node.address }));
};

const optionsOf = (network: Network): Record<string, string> => {
  const own = Object.entries(network.options);
  if (network.driver !== 'overlay' || network.vnis.length === 0) return sortedMap(own);
  const list = ['com.docker.network.driver.overlay.vxlanid_list', network.vnis.join(',')] as const;
  return sortedMap([...own.filter(([key]) => key !== list[0]), list]);
};

/** Its managers have not found it a subnet that is free: they know what was asked for alone. */
const isUnallocated = (network: Network): boolean =>
  network.driver === 'overlay' && network.vnis.length === 0;

/** Managers tell no labels as none, an engine as an empty map. */
const labelsJson = (network: Network, present: boolean): Record<string, string> | null => {
  const labels = Object.entries(network.labels);
  return labels.length === 0 && !present ? null : sortedMap(labels);
};

const ipamJson = (network: Network): unknown =>
  isUnallocated(network)
    ? { Driver: '', Options: null, Config: null }
    : {
        Driver: network.ipamDriver === '' ? 'default' : network.ipamDriver,
        Options: network.ipamOptions,
        Config: poolsJson(network),
      };

/** Swarm networks that this host does not use are told by their manager without containers. */
const isPresent = (seen: Seen, network: Network): boolean => seen.host.networks.has(network.id);

const modeJson = (network: Network): Record<string, unknown> => ({
  Internal: network.isInternal,
  Attachable: network.isAttachable,
  Ingress: network.isIngress,
  ConfigFrom: { Network: network.configFrom },
  ConfigOnly: network.isConfigOnly,
});

/**
 * A network as `GET /networks/{id}` has it; a list leaves the containers out.
 * @source moby/moby v20.10 api/types/types.go (NetworkResource), daemon/cluster/convert/network.go
 *   (BasicNetworkFromGRPC)
 */
export const networkJson = (seen: Seen, network: Network, isListed: boolean): object => {
  const present = isPresent(seen, network);
  const options = optionsOf(network);
  const peers =
    network.driver === 'overlay' && present && !isListed ? { Peers: peersJson(seen, network) } : {};
  return {
    Name: network.name,
    Id: network.id,
    Created: goTime(network.createdAt),
    Scope: network.scope,
    Driver: isUnallocated(network) ? '' : network.driver,
    EnableIPv6: network.isIPv6Enabled,
    IPAM: ipamJson(network),
    ...modeJson(network),
    Containers: present ? (isListed ? {} : containersJson(seen.host, network)) : null,
    Options: isUnallocated(network) ? null : options,
    Labels: labelsJson(network, present),
    ...peers,
  };
};
