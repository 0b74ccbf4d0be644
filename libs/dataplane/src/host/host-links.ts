import { globalAddress, linkLocalAddress } from '../addresses.ts';
import {
  connectedRoutes,
  defaultQueueLength,
  defaultRoute,
  linkLocalRoute,
  linkRow,
  loopbackRow,
} from '../links.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** `lo` is 1; the NICs follow in the order of the host's specification. */
const firstNicIndex = 2;

/** The host's loopback and NICs, with their routes; the first NIC's LAN has the way out. */
export function hostLinks(place: HostPlace): TableRow[] {
  const rows = [loopbackRow(place, hostNamespace, true)];
  for (const [index, nic] of place.host.spec.nics.entries()) {
    const link = { device: nic.name, address: nic.address, isLinkDown: false };
    rows.push(
      linkRow(place, hostNamespace, {
        interfaceIndex: firstNicIndex + index,
        name: nic.name,
        kind: 'nic',
        mac: nic.mac,
        mtuBytes: nic.mtuBytes,
        queueLength: defaultQueueLength,
        addresses: [globalAddress(nic.address), linkLocalAddress(nic.mac)],
      }),
      ...connectedRoutes(place, hostNamespace, link),
      linkLocalRoute(place, hostNamespace, link),
    );
  }
  const first = place.host.spec.nics[0];
  const lan = place.lab.lans.find(({ name }) => name === first?.lan);
  if (first === undefined || lan === undefined) return rows;
  rows.push(defaultRoute(place, hostNamespace, { gateway: lan.gateway, device: first.name }));
  return rows;
}
