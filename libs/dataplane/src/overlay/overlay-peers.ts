import { compareIp, parseIp } from '@netfold/addressing';
import type { LabHost, Network } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import type { ForwardingRow, NeighbourRow } from '../rows.ts';
import { inNamespace, overlayNamespace } from '../table-row.ts';
import type { HostPlace } from '../table-row.ts';
import { overlayVtep } from './overlay-options.ts';

/** What the VTEP of one host was told about the members on the others. */
export type OverlayPeers = {
  readonly forwarding: readonly ForwardingRow[];
  readonly neighbours: readonly NeighbourRow[];
};

/**
 * The peers of an overlay as one host sees them, joined from the other hosts' members: one FDB and
 * one neighbour entry for each address, a host's load balancer included. By address.
 */
export function overlayPeers(place: HostPlace, network: Network): OverlayPeers {
  const members = [...place.lab.hosts.values()]
    .filter((host) => host.name !== place.host.name && sharesSwarm(host, place.host))
    .flatMap((host) => membersOn(host, network.id))
    .toSorted((one, other) => compareAddresses(one.address, other.address));
  const where = { ...inNamespace(place, overlayNamespace(network.id)), device: overlayVtep };
  return {
    forwarding: members.map(({ mac, vtep }) => ({
      ...where,
      mac,
      bridge: null,
      isPermanent: true,
      learntAt: null,
      remote: vtep,
      vlan: null,
    })),
    neighbours: members.map(({ address, mac }) => ({
      ...where,
      address,
      mac,
      state: 'PERMANENT',
      learntAt: null,
    })),
  };
}

type Member = { readonly address: string; readonly mac: string; readonly vtep: string };

function sharesSwarm({ membership: one }: LabHost, { membership: other }: LabHost): boolean {
  return one.state === 'active' && other.state === 'active' && one.swarmId === other.swarmId;
}

function membersOn(host: LabHost, networkId: string): Member[] {
  const presence = host.overlays.get(networkId);
  const network = host.networks.get(networkId);
  const { membership } = host;
  if (!presence || !network || membership.state !== 'active') return [];
  const vtep = membership.address;
  const balancer = { address: presence.loadBalancerAddress, mac: presence.loadBalancerMac };
  const joined = [...network.endpointIds.keys()]
    .flatMap((id) => host.endpoints.get(id) ?? [])
    .filter((endpoint) => endpoint.joined !== null && endpoint.ipv4 !== '')
    .map(({ ipv4, mac }) => ({ address: ipv4, mac }));
  return [...joined, balancer].map(({ address, mac }) => ({
    address: bareAddress(address),
    mac,
    vtep,
  }));
}

function compareAddresses(one: string, other: string): number {
  const [left, right] = [parseIp(one), parseIp(other)];
  if (left === null || right === null) return 0;
  return compareIp(left, right);
}
