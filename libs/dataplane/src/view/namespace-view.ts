import { ingressSandboxId } from '@netfold/domain';
import type { ActiveLab, LabHost } from '@netfold/domain';
import { contributionOf } from '../entity.ts';
import type { EntityReference, HostEntityKind } from '../entity.ts';
import { loopbackRow } from '../links.ts';
import { overlayPeers } from '../overlay/overlay-peers.ts';
import { chainRank } from '../rank.ts';
import { compareRoutes } from '../route-order.ts';
import type {
  ChainRow,
  ForwardingRow,
  InterfaceRow,
  NeighbourRow,
  ProcessRow,
  RouteRow,
  RuleRow,
  RuleTable,
  SocketRow,
} from '../rows.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { selfEntries } from './self-entries.ts';
import { hostEntities } from './full-view.ts';

/** One network stack as its tools print it: every list in the kernel's order. */
export type NamespaceView = {
  /** By index. */
  readonly interfaces: readonly InterfaceRow[];
  /** IPv4 first; as `ip route` and `ip -6 route` list them. */
  readonly routes: readonly RouteRow[];
  /** By family, table and rank; builtin chains are never missing. */
  readonly chains: readonly ChainRow[];
  /** By family, table, chain and rank. */
  readonly rules: readonly RuleRow[];
  /** By device, as `bridge fdb show` lists them. */
  readonly forwarding: readonly ForwardingRow[];
  readonly neighbours: readonly NeighbourRow[];
  /** By protocol, port and address. */
  readonly sockets: readonly SocketRow[];
  /** By id; on the host all of them, in a sandbox those of the containers that share it. */
  readonly processes: readonly ProcessRow[];
  /** Indexes of links that nobody ever brought up: they have no queue. Absent: none. */
  readonly neverUp?: ReadonlySet<number>;
  /** Names that `ip netns` knows other stacks by, by their numbers here. Absent: none. */
  readonly namespaceNames?: ReadonlyMap<number, string>;
};

/**
 * The view of one network stack of a host.
 *
 * @param namespace  empty for the host, a sandbox id, or `overlay/<network id>`. A sandbox that is
 *   gone has `lo` left: whoever still runs in it sees that
 */
export function namespaceView(
  lab: ActiveLab,
  labId: string,
  host: LabHost,
  namespace: string,
): NamespaceView {
  const place: HostPlace = { lab, labId, tenantId: '', host };
  const rows = namespaceEntities(place, namespace).flatMap((reference) =>
    contributionOf(place, reference),
  );
  const here = rows.filter(({ row }) => 'namespace' in row && row.namespace === namespace);
  const interfaces = withLoopback(place, namespace, rowsOf(here, 'interface'));
  const peers = peersIn(place, namespace);
  return {
    interfaces,
    routes: sortedRoutes(rowsOf(here, 'route'), interfaces),
    chains: withBuiltinChains(place, namespace, rowsOf(here, 'chain')),
    rules: rowsOf(here, 'rule').toSorted(compareRules),
    forwarding: sortedForwarding(rowsOf(here, 'forwarding'), peers.forwarding, interfaces),
    neighbours: [...sortedNeighbours(rowsOf(here, 'neighbour'), interfaces), ...peers.neighbours],
    sockets: rowsOf(here, 'socket').toSorted(compareSockets),
    processes: rowsOf(rows, 'process').toSorted((one, other) => one.processId - other.processId),
    ...handMadeView(host, namespace),
  };
}

function handMadeView(
  { handMade }: LabHost,
  namespace: string,
): Pick<NamespaceView, 'neverUp' | 'namespaceNames'> {
  if (handMade === undefined) return {};
  const links = Object.values(handMade.links).filter((link) => link.namespace === namespace);
  const isOwn = namespace.startsWith('netns/');
  const isLoopbackNew = isOwn && handMade.edited[`${namespace} 1`]?.isUp === undefined;
  const fresh = links.filter(({ hasBeenUp }) => !hasBeenUp).map((link) => link.interfaceIndex);
  const named = namespace === hostNamespace ? handMade.namespaces : [];
  return {
    neverUp: new Set([...(isLoopbackNew ? [1] : []), ...fresh]),
    namespaceNames: new Map(
      named.flatMap(({ name, number }) => (number === null ? [] : [[number, name] as const])),
    ),
  };
}

/** A sandbox is made of few entities; everything can put something into the host's own stack. */
function namespaceEntities(place: HostPlace, namespace: string): readonly EntityReference[] {
  const { lab, host } = place;
  if (namespace === hostNamespace) return hostEntities(lab, host);
  const on = (kind: HostEntityKind, id: string) => ({
    kind,
    host: host.name,
    id,
  });
  const byHand = on('handMade', '');
  if (namespace.startsWith('netns/')) return [byHand];
  if (namespace.startsWith('overlay/')) {
    const networkId = namespace.slice('overlay/'.length);
    const endpointIds = host.networks.get(networkId)?.endpointIds.keys() ?? [];
    return [on('overlay', networkId), ...[...endpointIds].map((id) => on('endpoint', id))];
  }
  if (namespace.startsWith('balancer/')) {
    return [on('overlay', namespace.slice('balancer/'.length))];
  }
  const containers = [...host.containers.values()].filter(
    ({ sandboxId }) => sandboxId === namespace,
  );
  const endpointIds = host.sandboxes.get(namespace)?.endpointIds ?? [];
  const overlays = namespace === ingressSandboxId ? [...host.overlays.keys()] : [];
  return [
    on('sandbox', namespace),
    byHand,
    ...overlays.map((id) => on('overlay', id)),
    ...endpointIds.map((id) => on('endpoint', id)),
    ...containers.flatMap(({ id, execIds }) => [
      on('container', id),
      ...execIds.map((execId) => on('exec', execId)),
    ]),
  ];
}

type RowOf<T extends TableRow['table']> = Extract<TableRow, { table: T }>['row'];

function rowsOf<T extends TableRow['table']>(rows: readonly TableRow[], table: T): RowOf<T>[] {
  return rows.flatMap((row) => (row.table === table ? [row.row as RowOf<T>] : []));
}

function withLoopback(
  place: HostPlace,
  namespace: string,
  interfaces: readonly InterfaceRow[],
): InterfaceRow[] {
  const all = interfaces.some(({ kind }) => kind === 'loopback')
    ? [...interfaces]
    : [...rowsOf([loopbackRow(place, namespace, false)], 'interface'), ...interfaces];
  return all.toSorted((one, other) => one.interfaceIndex - other.interfaceIndex);
}

/** Routes of one network stand in the order of their devices, which came one after the other. */
function sortedRoutes(
  routes: readonly RouteRow[],
  interfaces: readonly InterfaceRow[],
): RouteRow[] {
  const place = new Map(interfaces.map(({ name }, index) => [name, index]));
  const placeOf = ({ device }: RouteRow): number => place.get(device) ?? 0;
  return routes
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .toSorted((one, other) => compareRoutes(one, other));
}

const builtinChains: Readonly<Record<RuleTable, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** The kernel has its own chains in every stack and family; rows hold those that someone set. */
function withBuiltinChains(
  place: HostPlace,
  namespace: string,
  chains: readonly ChainRow[],
): ChainRow[] {
  const known = new Set(chains.map(({ family, table, chain }) => `${family} ${table} ${chain}`));
  const where = inNamespace(place, namespace);
  const missing = ([4, 6] as const).flatMap((family) =>
    (['filter', 'nat'] as const).flatMap((table) =>
      builtinChains[table]
        .filter((chain) => !known.has(`${family} ${table} ${chain}`))
        .map((chain): ChainRow => {
          return { ...where, family, table, chain, policy: 'ACCEPT', rank: chainRank(chain) };
        }),
    ),
  );
  return [...chains, ...missing].toSorted(compareChains);
}

const compareText = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

function compareChains(one: ChainRow, other: ChainRow): number {
  const byTable = one.family - other.family || compareText(one.table, other.table);
  return byTable || compareText(one.rank, other.rank);
}

function compareRules(one: RuleRow, other: RuleRow): number {
  const byTable = one.family - other.family || compareText(one.table, other.table);
  const byChain = byTable || compareText(chainRank(one.chain), chainRank(other.chain));
  return byChain || compareText(one.rank, other.rank);
}

function compareSockets(one: SocketRow, other: SocketRow): number {
  const byProtocol = compareText(one.protocol, other.protocol);
  const byPort = byProtocol || one.localPort - other.localPort;
  return byPort || compareText(one.localAddress, other.localAddress);
}

function peersIn(place: HostPlace, namespace: string) {
  const networkId = namespace.startsWith('overlay/') ? namespace.slice('overlay/'.length) : '';
  const network = place.host.networks.get(networkId);
  return network === undefined ? { forwarding: [], neighbours: [] } : overlayPeers(place, network);
}

/** The kernel hashes them anew at every boot: any order is true. By device, and as they came. */
function sortedNeighbours(
  neighbours: readonly NeighbourRow[],
  interfaces: readonly InterfaceRow[],
): NeighbourRow[] {
  const place = new Map(interfaces.map(({ name }, index) => [name, index]));
  const placeOf = ({ device }: NeighbourRow): number => place.get(device) ?? 0;
  return neighbours.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/**
 * Device by device: for a bridge first its own (`self`) entries, then the one it keeps for itself;
 * for a port first what the bridge learnt there, what it keeps of it, what it was told, its own.
 */
function sortedForwarding(
  stored: readonly ForwardingRow[],
  peers: readonly ForwardingRow[],
  interfaces: readonly InterfaceRow[],
): ForwardingRow[] {
  return interfaces.flatMap((link) => {
    const atPort = stored.filter(({ device }) => device === link.name);
    const kept = atPort.toSorted(
      (one, other) => Number(one.isPermanent) - Number(other.isPermanent),
    );
    const told = peers.filter(({ device }) => device === link.name);
    const own = selfEntries(link);
    return link.kind === 'bridge' ? [...own, ...kept] : [...kept, ...told, ...own];
  });
}
