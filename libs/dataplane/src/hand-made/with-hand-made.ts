import { addressKey, linkKey, routeKey } from '@netfold/domain';
import type { EditedLink, HandMade, LabHost } from '@netfold/domain';
import type { LinkPlace } from '@netfold/contracts';
import type { InterfaceRow, RouteRow } from '../rows.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { hasHandMadeCarrier, isLeftUp } from './carrier.ts';
import { addressesByHand, localEntry, rowsOfLink, settledAddresses } from './link-rows.ts';
import { nameOf } from './link-name.ts';

/**
 * What the machine and the engine made, with what was done to it by hand: links that are down,
 * renamed or gone, addresses and routes added and taken away. A hand-made bridge that a network
 * uses keeps its own rows.
 */
export function withHandMade(place: HostPlace, rows: TableRow[]): TableRow[] {
  const made = place.host.handMade;
  if (made === undefined) return rows;
  const rebuilt = new Set(
    rows.flatMap((one) => (isRebuilt(place.host, made, one) ? [deviceKey(one.row)] : [])),
  );
  const stored = rows.filter((one) => !isKernelRoute(one) || !rebuilt.has(deviceKey(one.row)));
  return stored.flatMap((one) => {
    switch (one.table) {
      case 'interface':
        return editedLink(place, made, one.row);
      case 'route':
        return editedRoute(made, one);
      case 'forwarding':
        return editedEntry(made, one);
      case 'neighbour':
        return editedNeighbour(made, one);
      default:
        return [one];
    }
  });
}

const deviceKey = (row: object): string => {
  const { namespace, device, name } = row as Partial<
    Record<'namespace' | 'device' | 'name', string>
  >;
  return `${namespace ?? ''} ${device ?? name ?? ''}`;
};

const isKernelRoute = ({ table, row }: TableRow): boolean =>
  table === 'route' && row.protocol === 'kernel';

/** Whether the routes of a link follow from what was done to it. */
function isRebuilt(host: LabHost, made: HandMade, { table, row }: TableRow): boolean {
  if (table !== 'interface') return false;
  if (linkKey(row) in made.edited) return true;
  const other = otherEnd(host, row);
  return other !== null && !isLeftUp(made, other);
}

const placeOf = ({ namespace, interfaceIndex }: LinkPlace): LinkPlace => ({
  namespace,
  interfaceIndex,
});

function editedLink(place: HostPlace, made: HandMade, row: InterfaceRow): TableRow[] {
  const key = linkKey(row);
  if (key in made.links) return [];
  const edited = made.edited[key];
  const other = otherEnd(place.host, row);
  if (edited?.isRemoved === true || isGone(made, other)) return [];
  if (edited === undefined && (other === null || isLeftUp(made, other)))
    return [renamed(made, row)];
  const link = { ...withEdit(row, edited, made), ...carrierOf(place.host, made, row, other) };
  const isUp = edited?.isUp ?? row.isUp;
  const isRemoved = (address: string): boolean => addressKey(row, address) in made.removedAddresses;
  const kept = row.addresses.filter(
    ({ address, scope }) => scope !== 'link' && !isRemoved(address),
  );
  const hadLinkLocal = row.addresses.some(({ scope }) => scope === 'link');
  const isFirstCarrier =
    link.hasCarrier && row.kind === 'bridge' && row.namespace === hostNamespace;
  const own = isUp && (hadLinkLocal || isFirstCarrier) ? row.mac : null;
  const addresses = settledAddresses([...kept, ...addressesByHand(made, row)], own, isRemoved);
  const after = { ...link, addresses };
  const rows = rowsOfLink(place, after).filter(
    (one) => one.table !== 'route' || !isReplaced(made, row, one.row),
  );
  if (edited?.master === undefined || after.master === null) return rows;
  return [...rows, localEntry(place, after, after.master)];
}

function withEdit(row: InterfaceRow, edited: EditedLink | undefined, made: HandMade): InterfaceRow {
  const { master } = edited ?? {};
  const port = master === undefined || master === null ? null : nameOf(made, master);
  return {
    ...row,
    name: edited?.name ?? row.name,
    mac: edited?.mac ?? row.mac,
    mtuBytes: edited?.mtuBytes ?? row.mtuBytes,
    master: master === undefined ? masterNow(made, row) : port,
  };
}

/** The name of a port's bridge, which may have been renamed or removed. */
function masterNow(
  made: HandMade,
  { namespace, master }: Pick<InterfaceRow, 'namespace' | 'master'>,
): string | null {
  if (master === null) return null;
  const bridge = editedByName(made, namespace, master);
  if (bridge === null) return master;
  return bridge.isRemoved === true ? null : (bridge.name ?? master);
}

const renamed = (made: HandMade, row: InterfaceRow): TableRow => ({
  table: 'interface',
  row: row.master === null ? row : { ...row, master: masterNow(made, row) },
});

function carrierOf(
  host: LabHost,
  made: HandMade,
  row: InterfaceRow,
  other: LinkPlace | null,
): Pick<InterfaceRow, 'isUp' | 'hasCarrier' | 'operationalState'> {
  if (!isLeftUp(made, row)) return { isUp: false, hasCarrier: false, operationalState: 'DOWN' };
  const isBridge = row.kind === 'bridge';
  const hasCarrier = isBridge
    ? row.hasCarrier || hasHandMadeCarrier(host, made, row)
    : other === null || isLeftUp(made, other);
  if (!hasCarrier) return { isUp: true, hasCarrier, operationalState: 'DOWN' };
  const isUnknown = row.operationalState === 'UNKNOWN';
  return { isUp: true, hasCarrier, operationalState: isUnknown ? 'UNKNOWN' : 'UP' };
}

/** The other half of a pair that the engine made. */
function otherEnd(host: LabHost, row: InterfaceRow): LinkPlace | null {
  if (row.kind !== 'veth' || row.endpointId === null) return null;
  const joined = host.endpoints.get(row.endpointId)?.joined;
  if (!joined?.veth) return null;
  const inside = { namespace: joined.sandboxId, interfaceIndex: joined.interfaceIndex };
  const outside = { namespace: hostNamespace, interfaceIndex: joined.veth.interfaceIndex };
  return linkKey(inside) === linkKey(placeOf(row)) ? outside : inside;
}

const isGone = (made: HandMade, other: LinkPlace | null): boolean =>
  other !== null && made.edited[linkKey(other)]?.isRemoved === true;

function editedByName(made: HandMade, namespace: string, name: string): EditedLink | null {
  const found = Object.values(made.edited).find(
    ({ link }) => link.namespace === namespace && link.name === name,
  );
  return found ?? null;
}

const isMadeName = (made: HandMade, namespace: string, name: string): boolean =>
  Object.values(made.links).some((link) => link.namespace === namespace && link.name === name);

/** Routes of the kernel were made anew with their link; of the others the removed ones go. */
function editedRoute(made: HandMade, one: Extract<TableRow, { table: 'route' }>): TableRow[] {
  const { row } = one;
  if (isMadeName(made, row.namespace, row.device)) return [];
  const edited = editedByName(made, row.namespace, row.device);
  if (edited === null) return [one];
  const { link } = edited;
  const isDown = edited.isUp === false || edited.isRemoved === true;
  if (isDown || isReplaced(made, link, row)) return [];
  return [{ table: 'route', row: { ...row, device: edited.name ?? row.device } }];
}

function isReplaced(made: HandMade, { namespace, interfaceIndex }: LinkPlace, row: RouteRow) {
  const key = routeKey({ ...row, namespace, interfaceIndex });
  return key in made.removedRoutes || key in made.routes;
}

function editedEntry(made: HandMade, one: Extract<TableRow, { table: 'forwarding' }>): TableRow[] {
  const { row } = one;
  if (isMadeName(made, row.namespace, row.device)) return [];
  const edited = editedByName(made, row.namespace, row.device);
  const bridge = row.bridge === null ? null : masterNow(made, { ...row, master: row.bridge });
  const isElsewhere = edited?.master !== undefined && row.bridge !== null;
  if (edited?.isRemoved === true || isElsewhere) return [];
  if (row.bridge !== null && bridge === null) return [];
  return [{ table: 'forwarding', row: { ...row, bridge, device: edited?.name ?? row.device } }];
}

function editedNeighbour(
  made: HandMade,
  one: Extract<TableRow, { table: 'neighbour' }>,
): TableRow[] {
  const { row } = one;
  const edited = editedByName(made, row.namespace, row.device);
  if (edited === null) return [one];
  const key = `${linkKey(edited.link)} ${row.address}`;
  const isDown = edited.isUp === false || edited.isRemoved === true;
  if (isDown || key in made.removedNeighbours || key in made.neighbours) return [];
  return [{ table: 'neighbour', row: { ...row, device: edited.name ?? row.device } }];
}
