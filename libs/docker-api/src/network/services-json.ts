import type { LabHost, Network } from '@netfold/domain';
import type { Seen } from '../engine/call.ts';

/** Every endpoint of the overlay on a host; of ingress that is its balancer's alone. */
const tasksOn = (host: LabHost, network: Network, address: string): unknown[] => {
  const presence = host.overlays.get(network.id);
  if (presence === undefined) return [];
  const info = { 'Host IP': address };
  if (network.isIngress) {
    return [
      {
        Name: `${network.name}-endpoint`,
        EndpointID: presence.loadBalancerEndpointId,
        EndpointIP: bare(presence.loadBalancerAddress),
        Info: info,
      },
    ];
  }
  const local = host.networks.get(network.id);
  return [...(local?.endpointIds.keys() ?? [])].flatMap((id) => {
    const endpoint = host.endpoints.get(id);
    if (endpoint === undefined || endpoint.joined === null) return [];
    const name = host.containers.get(endpoint.containerId)?.name ?? '';
    return [{ Name: name, EndpointID: id, EndpointIP: bare(endpoint.ipv4), Info: info }];
  });
};

const bare = (address: string): string => address.split('/')[0] ?? '';

/**
 * What `docker network inspect --verbose` tells of an overlay that this host takes part in:
 * containers attached by hand are tasks of a service without a name.
 *
 * @returns nothing for a network without any
 * @source moby/moby v20.10 daemon/network.go (buildDetailedNetworkResources),
 *   docker/libnetwork agent.go (Services); recorded on engine 20.10.24
 */
export const servicesJson = (seen: Seen, network: Network): { readonly Services?: unknown } => {
  const { membership } = seen.host;
  if (network.driver !== 'overlay' || membership.state !== 'active') return {};
  if (!seen.host.overlays.has(network.id)) return {};
  const nodes = [...(seen.lab.swarms.get(membership.swarmId)?.nodes.values() ?? [])];
  const tasks = nodes.flatMap(({ host, address, status }) => {
    const labHost = seen.lab.hosts.get(host);
    return labHost === undefined || status === 'down' ? [] : tasksOn(labHost, network, address);
  });
  if (tasks.length === 0) return {};
  return { Services: { '': { VIP: '<nil>', Ports: [], LocalLBIndex: 0, Tasks: tasks } } };
};
