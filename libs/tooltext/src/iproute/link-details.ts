import type { InterfaceRow } from '@netfold/dataplane';
import type { StackView } from '../tool.ts';

/** Virtual pairs take the largest segments; a bridge takes what all of its ports take. */
const segmentsMax = (stack: StackView, row: InterfaceRow): number => {
  const ports = bridgePorts(stack, row.name);
  const isPaired = ports.length > 0 && ports.every(({ kind }) => kind === 'veth');
  return row.kind === 'veth' || row.kind === 'loopback' || isPaired ? 524_280 : 65_536;
};

const queues = (stack: StackView, row: InterfaceRow): string => {
  const count = row.kind === 'veth' ? 2 : 1;
  const tso = segmentsMax(stack, row);
  return (
    `numtxqueues ${count} numrxqueues ${count} gso_max_size 65536 gso_max_segs 65535 ` +
    `tso_max_size ${tso} tso_max_segs 65535 gro_max_size 65536 `
  );
};

/** Ports of a bridge in the order they joined, which is the order of their indexes. */
export const bridgePorts = (stack: StackView, bridge: string): InterfaceRow[] =>
  stack.interfaces.filter((row) => row.master === bridge);

/** `8000.` and the MAC of the bridge. */
const bridgeId = (mac: string): string => `8000.${shortMac(mac)}`;

/** The kernel's `%x:` form drops leading zeros. */
const shortMac = (mac: string): string =>
  mac
    .split(':')
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');

/** @source recorded with iproute2 6.1: `ip -d link` of a bridge */
const bridgeData = (row: InterfaceRow): string =>
  '\n    bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 ' +
  `stp_state 0 priority 32768 vlan_filtering 0 bridge_id ${bridgeId(row.mac)} ` +
  `designated_root ${bridgeId(row.mac)} root_port 0 root_path_cost 0 topology_change 0 ` +
  'topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 ' +
  'topology_change_timer    0.00 gc_timer    0.00 group_fwd_mask 0 ' +
  'group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 ' +
  'mcast_vlan_snooping 0 mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 ' +
  'mcast_hash_elasticity 16 mcast_hash_max 4096 mcast_last_member_count 2 ' +
  'mcast_startup_query_count 2 mcast_last_member_interval 100 ' +
  'mcast_membership_interval 26000 mcast_querier_interval 25500 ' +
  'mcast_query_interval 12500 mcast_query_response_interval 1000 ' +
  'mcast_startup_query_interval 3124 mcast_stats_enabled 0 mcast_igmp_version 2 ' +
  'mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 nf_call_arptables 0 ';

const vxlanData = (row: InterfaceRow): string =>
  `\n    vxlan id ${row.vni ?? 0} srcport 0 0 dstport 4789 proxy l2miss l3miss ttl auto ` +
  'ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx ';

const slaveData = (stack: StackView, row: InterfaceRow): string => {
  const bridge = stack.interfaces.find((one) => one.name === row.master);
  if (bridge === undefined) return '';
  const number = bridgePorts(stack, bridge.name).indexOf(row) + 1;
  const id = bridgeId(bridge.mac);
  return (
    `\n    bridge_slave state forwarding priority 32 cost ${row.kind === 'veth' ? 2 : 100} ` +
    'hairpin off guard off root_block off fastleave off learning on flood on ' +
    `port_id 0x${(0x8000 + number).toString(16)} port_no 0x${number.toString(16)} ` +
    `designated_port ${32768 + number} designated_cost 0 designated_bridge ${id} ` +
    `designated_root ${id} hold_timer    0.00 message_age_timer    0.00 ` +
    'forward_delay_timer    0.00 topology_change_ack 0 config_pending 0 proxy_arp off ' +
    'proxy_arp_wifi off mcast_router 1 mcast_fast_leave off mcast_flood on bcast_flood on ' +
    'mcast_to_unicast off neigh_suppress off group_fwd_mask 0 group_fwd_mask_str 0x0 ' +
    'vlan_tunnel off isolated off locked off '
  );
};

const kindData = (row: InterfaceRow): string => {
  if (row.kind === 'bridge') return bridgeData(row);
  if (row.kind === 'vxlan') return vxlanData(row);
  if (row.kind === 'veth') return '\n    veth ';
  if (row.kind === 'macvlan') {
    return '\n    macvlan mode bridge bcqueuelen 1000 usedbcqueuelen 1000 ';
  }
  return '';
};

/**
 * What `-d` adds after the MAC line of an interface.
 * @param isLink  `ip link` also prints how IPv6 addresses are made
 */
export const linkDetails = (stack: StackView, row: InterfaceRow, isLink: boolean): string => {
  const limits = row.kind === 'loopback' ? 'minmtu 0 maxmtu 0' : 'minmtu 68 maxmtu 65535';
  const isPort = row.master !== null;
  return (
    ` promiscuity ${isPort ? 1 : 0}  allmulti ${isPort ? 1 : 0} ${limits} ` +
    kindData(row) +
    (row.master === null ? '' : slaveData(stack, row)) +
    (isLink ? 'addrgenmode eui64 ' : '') +
    queues(stack, row)
  );
};
