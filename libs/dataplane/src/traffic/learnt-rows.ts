import type { LearntNeighbour, LearntStation } from '@netfold/domain';
import type { EndpointView } from '../endpoint/endpoint-view.ts';
import { memberNamespace } from '../network/member-namespace.ts';
import { overlayBridge } from '../overlay/overlay-options.ts';
import type { NeighbourRow } from '../rows.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** What stands where no MAC is known, as in `/proc/net/arp`. */
const unknownMac = '00:00:00:00:00:00';

type Link = { readonly namespace: string; readonly device: string };

/** What packets taught: neighbours at the end in the sandbox, MACs at the bridge's port. */
export function learntByEndpoint(place: HostPlace, view: EndpointView): TableRow[] {
  const { joined } = view.endpoint;
  if (joined === null || joined.interfaceName === '' || joined.sandboxId === 'host') return [];
  const inside = { namespace: joined.sandboxId, device: joined.interfaceName };
  const { veth, neighbours = [], stations = [] } = joined;
  const rows = neighbours.map((learnt) => neighbourRow(place, inside, learnt));
  if (veth === null) return rows;
  const { network } = view;
  const port = { namespace: memberNamespace(network), device: veth.name };
  const bridge = network.bridge?.name ?? overlayBridge;
  return [...rows, ...stations.map((learnt) => stationRow(place, { ...port, bridge }, learnt))];
}

/**
 * What the host's own links learnt, one entity per entry: a bridge may know every container.
 *
 * @param id  of the link and the neighbour, see `hostNeighbourId`
 */
export function hostNeighbourContribution(place: HostPlace, id: string): TableRow[] {
  const [kind, link = '', address] = id.split(' ');
  const { host } = place;
  const network = kind === 'bridge' ? host.networks.get(link) : undefined;
  const device = kind === 'bridge' ? network?.bridge?.name : link;
  const table = kind === 'bridge' ? network?.neighbours : host.nicNeighbours?.[link];
  const learnt = table?.find((one) => one.address === address);
  if (learnt === undefined || device === undefined) return [];
  return [neighbourRow(place, { namespace: hostNamespace, device }, learnt)];
}

/** The entity of one entry of a bridge's or a NIC's neighbour table. */
export const hostNeighbourId = (kind: 'bridge' | 'nic', link: string, address: string): string =>
  `${kind} ${link} ${address}`;

/** All of them on one host. */
export function hostNeighbourIds({ networks, nicNeighbours = {} }: HostPlace['host']): string[] {
  const bridges = [...networks.values()].flatMap(({ id, neighbours = [] }) =>
    neighbours.map(({ address }) => hostNeighbourId('bridge', id, address)),
  );
  const nics = Object.entries(nicNeighbours).flatMap(([nic, neighbours]) =>
    neighbours.map(({ address }) => hostNeighbourId('nic', nic, address)),
  );
  return [...bridges, ...nics];
}

export function neighbourRow(place: HostPlace, link: Link, learnt: LearntNeighbour): TableRow {
  const row: NeighbourRow = {
    ...inNamespace(place, link.namespace),
    device: link.device,
    address: learnt.address,
    mac: learnt.mac ?? unknownMac,
    state: firstState(learnt),
    learntAt: learnt.at,
  };
  return { table: 'neighbour', row };
}

function firstState({ how, mac }: LearntNeighbour): NeighbourRow['state'] {
  if (how === 'answered') return 'REACHABLE';
  if (how === 'heard') return 'DELAY';
  return mac === null ? 'INCOMPLETE' : 'PROBE';
}

export function stationRow(
  place: HostPlace,
  port: Link & { readonly bridge: string },
  { mac, at }: LearntStation,
): TableRow {
  return {
    table: 'forwarding',
    row: {
      ...inNamespace(place, port.namespace),
      device: port.device,
      mac,
      bridge: port.bridge,
      isPermanent: false,
      learntAt: at,
      remote: null,
      vlan: null,
    },
  };
}
