import type { Network } from '@netfold/domain';
import { globalAddress, linkLocalAddress, withLengthOf } from '../addresses.ts';
import { connectedRoutes, linkLocalRoute, linkRow } from '../links.ts';
import type { ForwardingRow, InterfaceAddress } from '../rows.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { bridgeOptions } from './bridge-options.ts';

/** A bridge without ports has the kernel's default, whatever its network says. */
const emptyBridgeMtuBytes = 1500;

/** Set by the engine on the bridge of an IPv6 network, so that it can be a next hop. */
const bridgeLinkLocal: InterfaceAddress = {
  family: 6,
  address: 'fe80::1/64',
  broadcast: null,
  scope: 'link',
};

/** The Linux bridge of a network on its host: the link, its routes, its own FDB entry. */
export function bridgeLink(place: HostPlace, network: Network): TableRow[] {
  const { bridge } = network;
  if (bridge === null) return [];
  const hasMember = network.joinedCount > 0;
  const addresses = bridgeAddresses(network, bridge);
  const link = { device: bridge.name, isLinkDown: !hasMember };
  const hasLinkLocal = addresses.some(({ scope }) => scope === 'link');
  return [
    linkRow(place, hostNamespace, {
      interfaceIndex: bridge.interfaceIndex,
      name: bridge.name,
      kind: 'bridge',
      mac: bridge.mac,
      mtuBytes: hasMember ? bridgeOptions(network).mtuBytes : emptyBridgeMtuBytes,
      hasCarrier: hasMember,
      operationalState: hasMember ? 'UP' : 'DOWN',
      addresses,
      networkId: network.id,
    }),
    ...addresses
      .filter(({ scope }) => scope === 'global')
      .flatMap(({ address }) => connectedRoutes(place, hostNamespace, { ...link, address })),
    ...(hasLinkLocal ? [linkLocalRoute(place, hostNamespace, link)] : []),
    { table: 'forwarding', row: localEntry(place, bridge) },
  ];
}

/**
 * In the order of `ip addr`: IPv4, then IPv6 by scope and the newest of a scope first. The kernel
 * gives the bridge its own fe80:: address when the first member brings the link up, and the address
 * stays when the last one goes.
 */
function bridgeAddresses(
  network: Network,
  bridge: NonNullable<Network['bridge']>,
): InterfaceAddress[] {
  const gateways = network.pools
    .filter(({ family, gateway }) => gateway !== '' && (family === 4 || network.isIPv6Enabled))
    .filter(({ family }) => family === 6 || !bridgeOptions(network).inhibitIPv4)
    .toSorted((one, other) => one.family - other.family)
    .map(({ gateway, subnet }) => globalAddress(withLengthOf(gateway, subnet)));
  const { takenOverAddress } = bridge;
  const ownAddresses = takenOverAddress === null ? gateways : [globalAddress(takenOverAddress)];
  const own = bridge.hasHadMember ? [linkLocalAddress(bridge.mac)] : [];
  return [...ownAddresses, ...own, ...(network.isIPv6Enabled ? [bridgeLinkLocal] : [])];
}

function localEntry(
  place: HostPlace,
  bridge: { readonly name: string; readonly mac: string },
): ForwardingRow {
  return {
    ...inNamespace(place, hostNamespace),
    device: bridge.name,
    mac: bridge.mac,
    bridge: bridge.name,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  };
}
