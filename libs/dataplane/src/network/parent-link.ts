import type { Network } from '@netfold/domain';
import { defaultQueueLength, linkRow } from '../links.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** `lo` is 1; NICs follow in the order of the host's specification. */
const firstNicIndex = 2;
const mtuBytes = 1500;

/** The link that a macvlan network hangs its members on: a NIC, or one it made for itself. */
export function parentIndex(place: HostPlace, network: Network): number | null {
  if (network.parentLink !== null) return network.parentLink.interfaceIndex;
  return nicIndex(place, network.options['parent'] ?? '');
}

function nicIndex(place: HostPlace, name: string): number | null {
  const index = place.host.spec.nics.findIndex((nic) => nic.name === name);
  return index < 0 ? null : firstNicIndex + index;
}

/** The VLAN or dummy link that a macvlan network made, where it had no NIC of its own. */
export function parentLink(place: HostPlace, network: Network): TableRow[] {
  const link = network.parentLink;
  if (link === null) return [];
  const lower = nicIndex(place, link.name.split('.', 1)[0] ?? '');
  return [
    linkRow(place, hostNamespace, {
      ...link,
      kind: lower === null ? 'dummy' : 'vlan',
      mtuBytes,
      queueLength: defaultQueueLength,
      operationalState: lower === null ? 'UNKNOWN' : 'UP',
      peerInterfaceIndex: lower,
      networkId: network.id,
    }),
  ];
}
