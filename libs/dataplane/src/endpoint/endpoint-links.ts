import type { Endpoint, Network } from '@netfold/domain';
import { globalAddress, linkLocalAddress } from '../addresses.ts';
import { connectedRoutes, linkLocalRoute, linkRow } from '../links.ts';
import { bridgeOptions } from '../network/bridge-options.ts';
import { memberNamespace } from '../network/member-namespace.ts';
import { parentIndex } from '../network/parent-link.ts';
import { overlayBridge, overlayMtuBytes } from '../overlay/overlay-options.ts';
import type { ForwardingRow, InterfaceAddress } from '../rows.ts';
import { namespaceNumber } from '../sandbox/namespace-number.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import type { EndpointView } from './endpoint-view.ts';

/** A joined endpoint's `ethN`, and the other half of its pair where its driver makes one. */
export function endpointLinks(place: HostPlace, view: EndpointView): TableRow[] {
  const { joined } = view.endpoint;
  if (joined === null || joined.interfaceName === '' || joined.sandboxId === 'host') return [];
  return [
    ...sandboxLink(place, view, joined),
    ...(joined.veth === null ? parentEntry(place, view) : otherHalf(place, view, joined.veth)),
  ];
}

type Joined = NonNullable<Endpoint['joined']>;

function sandboxLink(place: HostPlace, view: EndpointView, joined: Joined): TableRow[] {
  const { endpoint, network, sandbox } = view;
  const namespace = joined.sandboxId;
  const outside = sandbox === null ? 0 : namespaceNumber(sandbox, network);
  const isPaired = joined.veth !== null;
  return [
    linkRow(place, namespace, {
      interfaceIndex: joined.interfaceIndex,
      name: joined.interfaceName,
      kind: isPaired ? 'veth' : 'macvlan',
      mac: endpoint.mac,
      mtuBytes: memberMtuBytes(network),
      peerInterfaceIndex: joined.veth?.interfaceIndex ?? parentIndex(place, network),
      peerNamespaceNumber: outside,
      addresses: sandboxAddresses(endpoint),
      networkId: network.id,
      endpointId: endpoint.id,
    }),
    ...sandboxRoutesOf(place, endpoint),
  ];
}

/** The routes that the kernel adds in the sandbox with the addresses of a joined endpoint. */
function sandboxRoutesOf(place: HostPlace, { joined, ipv4, ipv6 }: Endpoint): TableRow[] {
  if (joined === null || joined.interfaceName === '') return [];
  const namespace = joined.sandboxId;
  const link = { device: joined.interfaceName, isLinkDown: false };
  const connected = [ipv4, ipv6]
    .filter((address) => address !== '')
    .flatMap((address) => connectedRoutes(place, namespace, { ...link, address }));
  return ipv6 === '' ? connected : [...connected, linkLocalRoute(place, namespace, link)];
}

/** IPv6 is off in a sandbox but on the interfaces of networks that have it. */
function sandboxAddresses({ ipv4, ipv6, mac }: Endpoint): InterfaceAddress[] {
  const addresses = ipv4 === '' ? [] : [globalAddress(ipv4)];
  if (ipv6 !== '') addresses.push({ ...globalAddress(ipv6), noDad: true }, linkLocalAddress(mac));
  return addresses;
}

function memberMtuBytes(network: Network): number {
  return network.driver === 'overlay' ? overlayMtuBytes(network) : bridgeOptions(network).mtuBytes;
}

function otherHalf(
  place: HostPlace,
  { endpoint, network, sandbox }: EndpointView,
  veth: NonNullable<Joined['veth']>,
): TableRow[] {
  const isOverlay = network.driver === 'overlay';
  const namespace = memberNamespace(network);
  const bridge = network.bridge?.name ?? overlayBridge;
  const numberOutside = sandbox?.namespaceNumber ?? null;
  return [
    linkRow(place, namespace, {
      interfaceIndex: veth.interfaceIndex,
      name: veth.name,
      kind: 'veth',
      mac: veth.mac,
      mtuBytes: memberMtuBytes(network),
      master: bridge,
      peerInterfaceIndex: endpoint.joined?.interfaceIndex ?? null,
      peerNamespaceNumber: isOverlay ? numberInOverlay(veth.name) : numberOutside,
      // The overlay driver turns IPv6 off in its namespaces.
      addresses: isOverlay ? [] : [linkLocalAddress(veth.mac)],
      networkId: network.id,
      endpointId: endpoint.id,
    }),
    ...(isOverlay
      ? []
      : [linkLocalRoute(place, namespace, { device: veth.name, isLinkDown: false })]),
    { table: 'forwarding', row: localEntry(place, namespace, { ...veth, bridge }) },
  ];
}

/** A macvlan's MAC is one that its parent link listens to. */
function parentEntry(place: HostPlace, { endpoint, network }: EndpointView): TableRow[] {
  const device = network.parentLink?.name ?? network.options['parent'] ?? '';
  if (network.driver !== 'macvlan' || device === '') return [];
  const row: ForwardingRow = {
    ...inNamespace(place, hostNamespace),
    device,
    mac: endpoint.mac,
    bridge: null,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  };
  return [{ table: 'forwarding', row }];
}

/** In an overlay's namespace 0 is the host, and `vethN` leads to the sandbox numbered N + 1. */
function numberInOverlay(vethName: string): number | null {
  const number = /^veth(\d{1,4})$/.exec(vethName)?.[1];
  return number === undefined ? null : Number(number) + 1;
}

/** A port's own MAC, which the bridge keeps as local. */
function localEntry(
  place: HostPlace,
  namespace: string,
  port: { readonly name: string; readonly mac: string; readonly bridge: string },
): ForwardingRow {
  return {
    ...inNamespace(place, namespace),
    device: port.name,
    mac: port.mac,
    bridge: port.bridge,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  };
}
