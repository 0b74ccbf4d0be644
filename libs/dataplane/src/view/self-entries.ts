import type { ForwardingRow, InterfaceRow } from '../rows.ts';

/** Groups that every link listens to: all nodes of IPv6, all hosts of IPv4. */
const allNodes = '33:33:00:00:00:01';
const allHosts = '01:00:5e:00:00:01';
/** A bridge also listens for multicast routers (RFC 4286, 224.0.0.106 and ff02::6a). */
const snoopers4 = '01:00:5e:00:00:6a';
const snoopers6 = '33:33:00:00:00:6a';

/**
 * The multicast addresses that a link itself listens to, as `bridge fdb show` lists them (`self
 * permanent`): a function of the link alone, so no row is stored for them. Loopback and VTEP have
 * none.
 */
export function selfEntries(link: InterfaceRow): readonly ForwardingRow[] {
  return groupsOf(link).map((mac) => ({
    labId: link.labId,
    host: link.host,
    namespace: link.namespace,
    device: link.name,
    mac,
    bridge: null,
    isPermanent: true,
    learntAt: null,
    remote: null,
    vlan: null,
  }));
}

function groupsOf({ kind, addresses }: InterfaceRow): readonly string[] {
  if (kind === 'loopback' || kind === 'vxlan') return [];
  const groups =
    kind === 'bridge' ? [allNodes, snoopers4, snoopers6, allHosts] : [allNodes, allHosts];
  const solicited = addresses
    .filter(({ family }) => family === 6)
    .map(({ address }) => solicitedNode(address.split('/', 1)[0] ?? ''));
  return [...new Set([...groups, ...solicited])];
}

/** `33:33:ff` and the last three bytes of an IPv6 address (RFC 4291 §2.7.1, RFC 2464 §7). */
function solicitedNode(address: string): string {
  const groups = address.split(':');
  const last = (groups.at(-1) ?? '').padStart(4, '0');
  const middle = (groups.at(-2) ?? '').padStart(4, '0');
  return `33:33:ff:${middle.slice(2)}:${last.slice(0, 2)}:${last.slice(2)}`;
}
