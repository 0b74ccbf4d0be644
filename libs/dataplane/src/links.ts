import type { HostPlace, TableRow } from './table-row.ts';
import { inNamespace } from './table-row.ts';
import { loopbackAddress, loopbackAddress6, networkOf } from './addresses.ts';
import type { InterfaceRow, RouteRow } from './rows.ts';

/** What all links of one namespace have in common; a contribution says what differs. */
type LinkColumns = Pick<InterfaceRow, 'interfaceIndex' | 'name' | 'kind' | 'mac' | 'mtuBytes'> &
  Partial<InterfaceRow>;

/** A link that is up and running, with nothing attached to it. */
export function linkRow(place: HostPlace, namespace: string, columns: LinkColumns): TableRow {
  const row: InterfaceRow = {
    ...inNamespace(place, namespace),
    isUp: true,
    hasCarrier: true,
    operationalState: 'UP',
    master: null,
    peerInterfaceIndex: null,
    peerNamespaceNumber: null,
    queueLength: null,
    addresses: [],
    vni: null,
    networkId: null,
    endpointId: null,
    ...columns,
  };
  return { table: 'interface', row };
}

const loopbackMtuBytes = 65_536;
/** `qlen`: the kernel's default; Docker asks for none on the links it makes. */
export const defaultQueueLength = 1000;

/** @param hasIPv6  whether IPv6 is on: in a sandbox only beside an endpoint with an address */
export function loopbackRow(place: HostPlace, namespace: string, hasIPv6: boolean): TableRow {
  return linkRow(place, namespace, {
    interfaceIndex: 1,
    name: 'lo',
    kind: 'loopback',
    mac: '00:00:00:00:00:00',
    mtuBytes: loopbackMtuBytes,
    operationalState: 'UNKNOWN',
    queueLength: defaultQueueLength,
    addresses: hasIPv6 ? [loopbackAddress, loopbackAddress6] : [loopbackAddress],
  });
}

/** IPv6 routes of the kernel carry this metric; IPv4 ones none. */
const kernelMetric6 = 256;
/** A prefix as long as an address leads nowhere. */
const hostPrefixes: ReadonlySet<string> = new Set(['32', '128']);
/** Networks from 224.0.0.0 on are multicast, and `0.0.0.0/8` is no place to go to. */
const firstMulticastOctet = 224;

function isRouted(destination: string): boolean {
  if (hostPrefixes.has(destination.split('/')[1] ?? '')) return false;
  const octet = Number(destination.split('.', 1)[0]);
  return destination.includes(':') || (octet > 0 && octet < firstMulticastOctet);
}

/** The route that the kernel adds with an interface's address, where it adds one. */
export function connectedRoutes(
  place: HostPlace,
  namespace: string,
  link: { readonly device: string; readonly address: string; readonly isLinkDown: boolean },
): TableRow[] {
  const destination = networkOf(link.address);
  if (!isRouted(destination)) return [];
  if (destination.includes(':')) return [kernelRoute6(place, namespace, { ...link, destination })];
  const row: RouteRow = {
    ...inNamespace(place, namespace),
    destination,
    family: 4,
    gateway: null,
    device: link.device,
    protocol: 'kernel',
    scope: 'link',
    source: link.address.split('/', 1)[0] ?? null,
    metric: 0,
    isLinkDown: link.isLinkDown,
  };
  return [{ table: 'route', row }];
}

/** The route of every fe80:: address of an interface. */
export function linkLocalRoute(
  place: HostPlace,
  namespace: string,
  link: { readonly device: string; readonly isLinkDown: boolean },
): TableRow {
  return kernelRoute6(place, namespace, { ...link, destination: 'fe80::/64' });
}

function kernelRoute6(
  place: HostPlace,
  namespace: string,
  link: { readonly device: string; readonly destination: string; readonly isLinkDown: boolean },
): TableRow {
  const row: RouteRow = {
    ...inNamespace(place, namespace),
    destination: link.destination,
    family: 6,
    gateway: null,
    device: link.device,
    protocol: 'kernel',
    scope: 'global',
    source: null,
    metric: kernelMetric6,
    isLinkDown: link.isLinkDown,
  };
  return { table: 'route', row };
}

/** Routes set by the engine over IPv6 have this metric. */
const defaultMetric6 = 1024;

export function defaultRoute(
  place: HostPlace,
  namespace: string,
  hop: { readonly gateway: string; readonly device: string },
): TableRow {
  const isIPv6 = hop.gateway.includes(':');
  const row: RouteRow = {
    ...inNamespace(place, namespace),
    destination: 'default',
    family: isIPv6 ? 6 : 4,
    gateway: hop.gateway,
    device: hop.device,
    protocol: null,
    scope: 'global',
    source: null,
    metric: isIPv6 ? defaultMetric6 : 0,
    isLinkDown: false,
  };
  return { table: 'route', row };
}
