import { formatMac } from '@netfold/addressing';
import { ingressSandboxId } from '@netfold/domain';
import type { Network, OverlayPresence } from '@netfold/domain';
import { globalAddress, withLengthOf } from '../addresses.ts';
import { connectedRoutes, linkRow, loopbackRow } from '../links.ts';
import type { ForwardingRow } from '../rows.ts';
import { balancerNamespace, inNamespace, overlayNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { stationRow } from '../traffic/learnt-rows.ts';
import { overlayBridge, overlayMtuBytes, overlayVtep } from './overlay-options.ts';

/** Within an overlay's namespace, the host's own is numbered first. */
const numberOfHost = 0;

/**
 * A host's part in an overlay: a namespace with a bridge and a VTEP. What they know of other hosts
 * is not stored here but joined when it is read (`overlayPeers`).
 *
 * @source moby/moby v20.10 libnetwork drivers/overlay/ov_network.go (setupSubnetSandbox)
 */
export function overlayContribution(place: HostPlace, presence: OverlayPresence): TableRow[] {
  const network = place.host.networks.get(presence.networkId);
  if (network === undefined) return [];
  return [
    loopbackRow(place, overlayNamespace(network.id), false),
    ...bridgeRows(place, presence, network),
    ...vtepRows(place, presence, network),
    ...balancerRows(place, presence, network),
  ];
}

function bridgeRows(place: HostPlace, presence: OverlayPresence, network: Network): TableRow[] {
  const namespace = overlayNamespace(network.id);
  const pool = network.pools.find(({ family }) => family === 4);
  const hasGateway = pool !== undefined && pool.gateway !== '';
  const address = hasGateway ? withLengthOf(pool.gateway, pool.subnet) : null;
  const link = { device: overlayBridge, isLinkDown: false };
  return [
    linkRow(place, namespace, {
      interfaceIndex: presence.interfaceIndexes.bridge,
      name: overlayBridge,
      kind: 'bridge',
      mac: presence.bridgeMac,
      mtuBytes: overlayMtuBytes(network),
      addresses: address === null ? [] : [globalAddress(address)],
      networkId: network.id,
    }),
    ...(address === null ? [] : connectedRoutes(place, namespace, { ...link, address })),
  ];
}

function vtepRows(place: HostPlace, presence: OverlayPresence, network: Network): TableRow[] {
  const namespace = overlayNamespace(network.id);
  const interfaceIndex = presence.interfaceIndexes.vxlan;
  return [
    linkRow(place, namespace, {
      interfaceIndex,
      name: overlayVtep,
      kind: 'vxlan',
      mac: presence.vxlanMac,
      mtuBytes: overlayMtuBytes(network),
      operationalState: 'UNKNOWN',
      master: overlayBridge,
      // It was made in the host's namespace and moved: the tools print `vxlan0@ifN`.
      peerInterfaceIndex: interfaceIndex,
      peerNamespaceNumber: numberOfHost,
      vni: network.vnis[0] ?? null,
      networkId: network.id,
    }),
    {
      table: 'forwarding',
      row: localEntry(place, namespace, overlayVtep, presence.vxlanMac),
    },
    ...(presence.stations ?? []).map((learnt) =>
      stationRow(place, { namespace, device: overlayVtep, bridge: overlayBridge }, learnt),
    ),
  ];
}

/**
 * The balancer's pair: its half on the bridge, and the other one in its own stack. It takes the two
 * indexes after the VTEP's; the driver numbers its namespace first after the host's.
 */
function balancerRows(place: HostPlace, presence: OverlayPresence, network: Network): TableRow[] {
  const namespace = overlayNamespace(network.id);
  const inside = presence.interfaceIndexes.vxlan + 1;
  const mtuBytes = overlayMtuBytes(network);
  const mac = macFromId(presence.loadBalancerEndpointId);
  const port = linkRow(place, namespace, {
    interfaceIndex: inside + 1,
    name: 'veth0',
    kind: 'veth',
    mac,
    mtuBytes,
    master: overlayBridge,
    peerInterfaceIndex: inside,
    peerNamespaceNumber: numberOfHost + 1,
    networkId: network.id,
  });
  const entry: TableRow = { table: 'forwarding', row: localEntry(place, namespace, 'veth0', mac) };
  const address = presence.loadBalancerAddress;
  const link = { device: 'eth0', address, isLinkDown: false };
  const balancer = network.isIngress ? ingressSandboxId : balancerNamespace(network.id);
  return [
    port,
    entry,
    ...(network.isIngress ? [] : [loopbackRow(place, balancer, false)]),
    linkRow(place, balancer, {
      interfaceIndex: inside,
      name: 'eth0',
      kind: 'veth',
      mac: presence.loadBalancerMac,
      mtuBytes,
      peerInterfaceIndex: inside + 1,
      peerNamespaceNumber: numberOfHost,
      addresses: [globalAddress(address)],
      networkId: network.id,
    }),
    ...connectedRoutes(place, balancer, link),
  ];
}

/** The kernel makes this MAC up: locally administered, unicast. Here it comes from the id. */
function macFromId(endpointId: string): string {
  const first = ((Number.parseInt(endpointId.slice(0, 2), 16) & 0xfc) | 0x02).toString(16);
  return formatMac(first.padStart(2, '0') + endpointId.slice(2, 12));
}

function localEntry(
  place: HostPlace,
  namespace: string,
  device: string,
  mac: string,
): ForwardingRow {
  return {
    ...inNamespace(place, namespace),
    device,
    mac,
    bridge: overlayBridge,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  };
}
