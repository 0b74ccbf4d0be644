import { isForwardingKnown } from '@netfold/dataplane';
import type { ForwardingRow, InterfaceRow } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { interfaceFlags, labelledName } from './interface-text.ts';
import { matches, parseIpOptions } from './ip-options.ts';
import type { IpOptions } from './ip-options.ts';
import { jsonText } from './json-text.ts';
import { isShow } from './link-filter.ts';

const valueAfter = (words: readonly string[], ...names: readonly string[]): string | null => {
  const at = words.findIndex((word) => names.includes(word));
  return at < 0 ? null : (words[at + 1] ?? '');
};

const slaveDetails =
  '\n    hairpin off guard off root_block off fastleave off learning on flood on ' +
  'mcast_flood on bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off ' +
  'vlan_tunnel off isolated off locked off ';

/** A bridge tells a port's lower link, and none where that is the port itself. */
const portName = (stack: StackView, row: InterfaceRow): string =>
  row.peerInterfaceIndex === row.interfaceIndex ? row.name : labelledName(stack, row);

const linkLine = (stack: StackView, row: InterfaceRow, isDetailed: boolean): string =>
  `${row.interfaceIndex}: ${portName(stack, row)}: <${interfaceFlags(row).join(',')}> ` +
  `mtu ${row.mtuBytes} master ${row.master ?? ''} state forwarding priority 32 ` +
  `cost ${portCost(row)} ${isDetailed ? slaveDetails : ''}`;

const jsonPort = (row: InterfaceRow): unknown => ({
  ifindex: row.interfaceIndex,
  ...(row.peerInterfaceIndex === null || row.peerInterfaceIndex === row.interfaceIndex
    ? {}
    : { link: `if${row.peerInterfaceIndex}` }),
  ifname: row.name,
  flags: interfaceFlags(row),
  mtu: row.mtuBytes,
  master: row.master,
  state: 'forwarding',
  priority: 32,
  cost: portCost(row),
});

const portCost = (row: InterfaceRow): number => (row.kind === 'veth' ? 2 : 100);

const showPorts = (
  stack: StackView,
  words: readonly string[],
  { isDetailed, isJson, isPretty }: IpOptions,
): ToolOutput => {
  const device = valueAfter(words, 'dev');
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(1, `Cannot find device "${device}"\n`);
  }
  const rows = stack.interfaces.filter(
    (row) => row.master !== null && (device === null || row.name === device),
  );
  if (isJson) return printed(jsonText(rows.map(jsonPort), isPretty));
  return printed(lines(rows.map((row) => linkLine(stack, row, isDetailed))));
};

const entryLine = (row: ForwardingRow, device: string | null): string => {
  const parts = [row.mac, ...(device === null ? [`dev ${row.device}`] : [])];
  if (row.vlan !== null) parts.push(`vlan ${row.vlan}`);
  if (row.remote !== null) parts.push(`dst ${row.remote} link-netnsid 0`);
  parts.push(row.bridge === null ? 'self' : `master ${row.bridge}`);
  return `${parts.join(' ')} ${row.isPermanent ? 'permanent' : ''}`;
};

const jsonEntry = (row: ForwardingRow, device: string | null): unknown => ({
  mac: row.mac,
  ...(device === null ? { ifname: row.device } : {}),
  ...(row.vlan === null ? {} : { vlan: row.vlan }),
  ...(row.remote === null ? {} : { dst: row.remote, link_netnsid: 0 }),
  flags: row.bridge === null ? ['self'] : [],
  ...(row.bridge === null ? {} : { master: row.bridge }),
  state: row.isPermanent ? 'permanent' : '',
});

const showEntries = (
  { stack, now }: ToolWorld,
  words: readonly string[],
  { isJson, isPretty }: IpOptions,
): ToolOutput => {
  const bridge = valueAfter(words, 'br', 'bridge');
  const device = valueAfter(words, 'dev', 'brport');
  const isMissing = (name: string | null): boolean =>
    name !== null && !stack.interfaces.some((row) => row.name === name);
  if (isMissing(bridge)) return failed(255, `Cannot find bridge device "${bridge ?? ''}"\n`);
  if (isMissing(device)) return failed(255, `Cannot find device "${device ?? ''}"\n`);
  const isDynamic = words.includes('dynamic');
  const isPermanent = words.includes('permanent') || words.includes('static');
  const masters = new Map(stack.interfaces.map((row) => [row.name, row.master]));
  const rows = stack.forwarding.filter(
    (row) =>
      isForwardingKnown(row, now) &&
      (device === null || row.device === device) &&
      (bridge === null || row.device === bridge || masters.get(row.device) === bridge) &&
      (!isDynamic || !row.isPermanent) &&
      (!isPermanent || row.isPermanent),
  );
  if (isJson)
    return printed(
      jsonText(
        rows.map((row) => jsonEntry(row, device)),
        isPretty,
      ),
    );
  return printed(lines(rows.map((row) => entryLine(row, device))));
};

const usage = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
       bridge [ -force ] -batch filename
where  OBJECT := { link | fdb | mdb | vlan | vni | monitor }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                    -o[neline] | -t[imestamp] | -n[etns] name |
                    -c[ompressvlans] -color -p[retty] -j[son] }
`;

/** iproute2's `bridge`: ports and forwarding entries. @source recorded with iproute2 6.1.0 */
export const bridge: Tool = (world, argv) => {
  const parsed = parseIpOptions(argv);
  if (parsed.kind === 'version') return printed('bridge utility, iproute2-6.1.0\n');
  if (parsed.kind === 'unknownOption') {
    return failed(255, `Option "-${parsed.option}" is unknown, try "bridge help".\n`);
  }
  const [object, command, ...rest] = parsed.words;
  if (object === undefined || object === 'help') return failed(255, usage);
  if (matches(object, 'link') && isShow(command)) {
    return showPorts(world.stack, rest, parsed.options);
  }
  if (matches(object, 'fdb') && isShow(command)) return showEntries(world, rest, parsed.options);
  if (matches(object, 'vlan') && isShow(command)) {
    return printed(parsed.options.isJson ? '[]\n' : 'port              vlan-id  \n');
  }
  if (matches(object, 'link', 'fdb', 'vlan')) {
    return failed(255, `Command "${command ?? ''}" is unknown, try "bridge ${object} help".\n`);
  }
  return failed(255, `Object "${object}" is unknown, try "bridge help".\n`);
};
