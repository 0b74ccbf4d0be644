import { addressKey, bridgeMacOf, linkKey, routeKey } from '@netfold/domain';
import type { HandMade, HandMadeLink, LabHost } from '@netfold/domain';
import type { LinkPlace } from '@netfold/contracts';
import { defaultQueueLength, linkRow, loopbackRow } from '../links.ts';
import type { InterfaceRow, NeighbourRow, RouteRow } from '../rows.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import { neighbourRow as learntRow, stationRow } from '../traffic/learnt-rows.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { engineMembers, isCarrying, stateColumns } from './carrier.ts';
import { addressesByHand, localEntry, rowsOfLink, settledAddresses } from './link-rows.ts';
import { nameOf } from './link-name.ts';

/** What was made by hand on a host: its links, and routes and neighbours on any link. */
export function handMadeContribution(place: HostPlace): TableRow[] {
  const made = place.host.handMade;
  if (made === undefined) return [];
  const rows = [
    ...made.namespaces.flatMap(({ name }) => loopbackRows(place, made, `netns/${name}`)),
    ...Object.values(made.links).flatMap((link) => rowsOfMade(place, made, link)),
    ...Object.values(made.neighbours).flatMap((one) => neighbourRow(place, made, one)),
  ];
  const known = new Set(rows.flatMap((one) => (one.table === 'route' ? [routeText(one.row)] : [])));
  const routes = Object.values(made.routes)
    .flatMap((one) => routeRow(place, made, one))
    .filter(({ row }) => !known.has(routeText(row)));
  const removed = (row: TableRow): boolean => isRouteRemoved(made, row);
  return [...rows.filter((row) => !removed(row)), ...routes.map((row): TableRow => row)];
}

const routeText = (row: RouteRow): string =>
  [row.namespace, row.family, row.destination, row.device, row.metric, row.gateway].join(' ');

function isRouteRemoved(made: HandMade, { table, row }: TableRow): boolean {
  if (table !== 'route') return false;
  const link = Object.values(made.links).find(
    ({ namespace, name }) => namespace === row.namespace && name === row.device,
  );
  if (link === undefined) return false;
  return routeKey({ ...row, ...link }) in made.removedRoutes;
}

const loopbackIndex = 1;

/** A new stack has its loopback down. */
function loopbackRows(place: HostPlace, made: HandMade, namespace: string): TableRow[] {
  const edited = made.edited[linkKey({ namespace, interfaceIndex: loopbackIndex })];
  const { row } = loopbackRow(place, namespace, true) as { row: InterfaceRow };
  const isUp = edited?.isUp === true;
  const added = addressesByHand(made, row);
  if (isUp)
    return [{ table: 'interface', row: { ...row, addresses: [...row.addresses, ...added] } }];
  const down = { isUp, hasCarrier: false, operationalState: 'DOWN' as const, addresses: added };
  return [{ table: 'interface', row: { ...row, ...down } }];
}

function rowsOfMade(place: HostPlace, made: HandMade, link: HandMadeLink): TableRow[] {
  const row = interfaceRow(place, made, link);
  const rows = rowsOfLink(place, row);
  if (row.master !== null) rows.push(localEntry(place, row, row.master));
  const { namespace } = link;
  const device = link.name;
  const told = new Set(Object.keys(made.neighbours));
  const learnt = (link.learnt ?? []).filter((one) => !told.has(addressKey(link, one.address)));
  rows.push(...learnt.map((one) => learntRow(place, { namespace, device }, one)));
  const port = { namespace, device, bridge: row.master ?? '' };
  if (row.master !== null) {
    rows.push(...(link.stations ?? []).map((one) => stationRow(place, port, one)));
  }
  const isBridgeUp = link.kind === 'bridge' && row.isUp && !link.hasHadPort;
  return isBridgeUp ? [...rows, localEntry(place, row, row.name)] : rows;
}

function interfaceRow(place: HostPlace, made: HandMade, link: HandMadeLink): InterfaceRow {
  const { host } = place;
  const hasCarrier = isCarrying(host, made, link);
  const isBridge = link.kind === 'bridge';
  const mac = isBridge ? bridgeMacOf(made, link, engineMembers(host, made, link)) : link.mac;
  const isApart = link.peer !== null && link.peer.namespace !== link.namespace;
  const peer = link.peer === null ? undefined : made.links[linkKey(link.peer)];
  // The kernel looks for the peer in the link's own stack; what it found at first stays.
  const isLowerDown = !isApart || peer?.hasBeenUp !== true;
  const { row } = linkRow(place, link.namespace, {
    interfaceIndex: link.interfaceIndex,
    name: link.name,
    kind: link.kind,
    mac,
    mtuBytes: link.mtuBytes,
    isUp: link.isUp,
    ...stateColumns(link, hasCarrier, isLowerDown),
    master: link.master === null ? null : nameOf(made, link.master),
    peerInterfaceIndex: link.peer?.interfaceIndex ?? null,
    peerNamespaceNumber: isApart ? numberFrom(host, link.namespace, link.peer) : null,
    queueLength: defaultQueueLength,
  }) as { row: InterfaceRow };
  const given = addressesByHand(made, row);
  const isRemoved = (address: string): boolean =>
    addressKey(link, address) in made.removedAddresses;
  return { ...row, addresses: settledAddresses(given, linkLocalMac(link, row), isRemoved) };
}

/** A bridge keeps the address that it came up with; the others have one while they get through. */
function linkLocalMac(link: HandMadeLink, { isUp, hasCarrier, mac }: InterfaceRow): string | null {
  if (!isUp) return null;
  const carried = hasCarrier ? (link.linkLocalMac ?? mac) : null;
  return link.kind === 'bridge' ? (link.linkLocalMac ?? carried) : carried;
}

/** By which number a stack knows another one: the host counts, the others know the host first. */
function numberFrom(host: LabHost, from: string, to: LinkPlace | null): number | null {
  if (to === null) return null;
  if (from !== hostNamespace) return 0;
  const sandbox = host.sandboxes.get(to.namespace);
  if (sandbox !== undefined) return sandbox.namespaceNumber;
  const name = to.namespace.replace(/^netns\//, '');
  return host.handMade?.namespaces.find((one) => one.name === name)?.number ?? null;
}

function isLinkUp(made: HandMade, place: LinkPlace): boolean {
  const own = made.links[linkKey(place)];
  if (own !== undefined) return own.isUp;
  const edited = made.edited[linkKey(place)];
  return edited?.isUp ?? !place.namespace.startsWith('netns/');
}

function routeRow(
  place: HostPlace,
  made: HandMade,
  route: HandMade['routes'][string],
): { readonly table: 'route'; readonly row: RouteRow }[] {
  const device = nameOf(made, route);
  if (device === null || !isLinkUp(made, route)) return [];
  const own = made.links[linkKey(route)];
  const { family, destination, gateway, scope, source, metric } = route;
  return [
    {
      table: 'route',
      row: {
        ...inNamespace(place, route.namespace),
        destination,
        family,
        gateway,
        device,
        protocol: 'boot',
        scope,
        source,
        metric,
        isLinkDown: own !== undefined && !isCarrying(place.host, made, own),
      },
    },
  ];
}

function neighbourRow(
  place: HostPlace,
  made: HandMade,
  { address, mac, ...link }: HandMade['neighbours'][string],
): TableRow[] {
  const device = nameOf(made, link);
  if (device === null || !isLinkUp(made, link)) return [];
  const where = inNamespace(place, link.namespace);
  const row: NeighbourRow = { ...where, device, address, mac, state: 'PERMANENT', learntAt: null };
  return [{ table: 'neighbour', row }];
}
