import type { Network, OverlayPresence } from '@netfold/domain';
import { globalAddress, withLengthOf } from '../addresses.ts';
import { connectedRoutes, linkRow, loopbackRow } from '../links.ts';
import { inNamespace, overlayNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
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
      row: {
        ...inNamespace(place, namespace),
        device: overlayVtep,
        mac: presence.vxlanMac,
        bridge: overlayBridge,
        isPermanent: true,
        remote: null,
        vlan: null,
      },
    },
  ];
}
