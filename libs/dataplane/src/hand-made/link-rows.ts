import type { HandMade } from '@netfold/domain';
import { linkLocalAddress, networkOf } from '../addresses.ts';
import { connectedRoutes, linkLocalRoute } from '../links.ts';
import type { ForwardingRow, InterfaceAddress, InterfaceRow } from '../rows.ts';
import { inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The addresses that were given a link by hand, in the order in which they came. */
export function addressesByHand(made: HandMade, { namespace, interfaceIndex }: InterfaceRow) {
  return Object.values(made.addresses)
    .filter((one) => one.namespace === namespace && one.interfaceIndex === interfaceIndex)
    .map(({ family, address, broadcast, label }): InterfaceAddress => {
      const scope = address.startsWith('127.') ? 'host' : 'global';
      const named = label === undefined ? {} : { label };
      return { family, address, broadcast, scope, ...named };
    });
}

/**
 * IPv4, then IPv6 with the link-local one last. Of several IPv4 ones in one network all but the
 * first are secondary, and stand behind the others.
 *
 * @param linkLocalMac  of which the fe80:: address is made; `null`: there is none
 * @param isRemoved  whether somebody took that address away
 */
export function settledAddresses(
  given: readonly InterfaceAddress[],
  linkLocalMac: string | null,
  isRemoved: (address: string) => boolean,
): readonly InterfaceAddress[] {
  const linkLocal = linkLocalMac === null ? [] : [linkLocalAddress(linkLocalMac)];
  const own = linkLocal.filter(({ address }) => !isRemoved(address));
  const others = given.filter(({ family, scope }) => family === 4 || scope !== 'link');
  const all = [...others, ...own].map((one, index, known): InterfaceAddress => {
    const { isSecondary: _, ...address } = one;
    const isLater = known.slice(0, index).some((first) => isSameNetwork(first, one));
    return isLater ? { ...address, isSecondary: true } : address;
  });
  return all.toSorted((one, other) => placeOf(one) - placeOf(other));
}

const placeOf = ({ family, isSecondary }: InterfaceAddress): number =>
  family * 2 + (isSecondary === true ? 1 : 0);

const isSameNetwork = (one: InterfaceAddress, other: InterfaceAddress): boolean =>
  one.family === 4 && other.family === 4 && networkOf(one.address) === networkOf(other.address);

/** A link with the routes that the kernel keeps for its addresses while it is up. */
export function rowsOfLink(place: HostPlace, row: InterfaceRow): TableRow[] {
  const link: TableRow = { table: 'interface', row };
  if (!row.isUp) return [link];
  const device = { device: row.name, isLinkDown: !row.hasCarrier };
  const routes = row.addresses
    .filter(({ scope, isSecondary }) => scope === 'global' && isSecondary !== true)
    .flatMap(({ address }) => connectedRoutes(place, row.namespace, { ...device, address }));
  const hasLinkLocal = row.addresses.some(({ scope }) => scope === 'link');
  const own = hasLinkLocal ? [linkLocalRoute(place, row.namespace, device)] : [];
  return [link, ...routes, ...own];
}

/** The MAC of a port, or of a bridge that is up, which the bridge keeps as local. */
export function localEntry(place: HostPlace, row: InterfaceRow, bridge: string): TableRow {
  const entry: ForwardingRow = {
    ...inNamespace(place, row.namespace),
    device: row.name,
    mac: row.mac,
    bridge,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  };
  return { table: 'forwarding', row: entry };
}
