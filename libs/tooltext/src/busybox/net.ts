import { arpEntries } from '../net-tools/arp.ts';
import { lettersOf, scopeWords, selectSockets, socketLine } from '../net-tools/netstat.ts';
import { addressesIn, routeTable } from '../net-tools/route.ts';
import { editRoute } from '../net-tools/edit-route.ts';
import { busyboxRouteStyle } from './edits.ts';
import { askNames } from '../network/lookup.ts';
import { routesInOrder, destinationOf } from '../iproute/route-order.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool } from '../tool.ts';
import { busyboxUsage } from './usage.ts';

const table6 = (stack: StackView): string =>
  lines([
    'Kernel IPv6 routing table',
    'Destination                                 Next Hop                                ' +
      'Flags Metric Ref    Use Iface',
    ...routesInOrder(stack.routes, 6).map((row) => {
      const { address, prefix } = destinationOf(row);
      const flags = row.gateway === null ? 'U' : 'UG';
      return (
        `${`${address}/${prefix}`.padEnd(43)} ${(row.gateway ?? '::').padEnd(39)} ` +
        `${flags.padEnd(5)} ${String(row.metric).padEnd(6)} 1        0 ${row.device.padEnd(8)}`
      );
    }),
  ]);

/** BusyBox `route`. @source recorded with BusyBox 1.35 */
export const busyboxRoute: Tool = (world, argv) => {
  const words = argv.slice(1);
  const at = words.findIndex((word) => word === 'add' || word === 'del' || word === 'delete');
  if (at >= 0) {
    const call = words[at] === 'add' ? 'SIOCADDRT' : 'SIOCDELRT';
    return world.edits === null
      ? failed(1, `route: ${call}: Operation not permitted\n`)
      : editRoute(world.edits, words[at] ?? '', words.slice(at + 1), busyboxRouteStyle);
  }
  if (words.includes('inet6')) return printed(table6(world.stack));
  const isNumeric = words.some((word) => /^-[a-z]*n/.test(word));
  const isNetstat = words.some((word) => /^-[a-z]*e/.test(word));
  if (!isNumeric) askNames(world, addressesIn(world.stack));
  return printed(routeTable(world.stack, { isNumeric, noGateway: '*', isNetstat }));
};

/** BusyBox `arp`: the same form with every option. @source recorded with BusyBox 1.35 */
export const busyboxArp: Tool = (world, argv) => {
  const words = argv.slice(1);
  const at = words.indexOf('-i');
  const device = at < 0 ? null : (words[at + 1] ?? '');
  const operands = words.filter((word, index) => !word.startsWith('-') && index !== at + 1);
  const address = at < 0 ? words.find((word) => !word.startsWith('-')) : operands[0];
  const rows = arpEntries(world, device, address ?? null);
  const asked = words.some((word) => /^-[a-z]*n/.test(word)) ? [] : rows.map((row) => row.address);
  const names = askNames(world, asked);
  return printed(
    lines(
      rows.map((row) => {
        const name = names.get(row.address) ?? '?';
        if (!row.isComplete) return `${name} (${row.address}) at <incomplete>  on ${row.device}`;
        const flag = row.state === 'PERMANENT' ? 'PERM' : '';
        return `${name} (${row.address}) at ${row.mac} [ether] ${flag} on ${row.device}`;
      }),
    ),
  );
};

const netstatUsage = busyboxUsage(`Usage: netstat [-ral] [-tuwx] [-en]

Display networking information

	-r	Routing table
	-a	All sockets
	-l	Listening sockets
		Else: connected sockets
	-t	TCP sockets
	-u	UDP sockets
	-w	Raw sockets
	-x	Unix sockets
		Else: all socket types
	-e	Other/more information
	-n	Don't resolve names
`);

/** BusyBox `netstat`; this build knows no `-p`. @source recorded with BusyBox 1.35 */
export const busyboxNetstat: Tool = (world, argv) => {
  const letters = lettersOf(argv);
  const unknown = [...letters].find((letter) => !'raltuwxenW'.includes(letter));
  if (unknown !== undefined) {
    return failed(1, `netstat: invalid option -- '${unknown}'\n${netstatUsage}`);
  }
  if (letters.has('r')) {
    const isNumeric = letters.has('n');
    if (!isNumeric) askNames(world, addressesIn(world.stack));
    return printed(routeTable(world.stack, { isNumeric, noGateway: '*', isNetstat: true }));
  }
  const rows = selectSockets(world.stack.sockets, letters);
  const all = [
    `Active Internet connections ${scopeWords(letters)}`,
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State       ',
    ...rows.map((row) =>
      socketLine(row, { hasPrograms: false, stateWidth: 12, isFamilyHidden: true }),
    ),
  ];
  if (!letters.has('t') && !letters.has('u')) {
    all.push(
      `Active UNIX domain sockets ${scopeWords(letters)}`,
      'Proto RefCnt Flags       Type       State         I-Node Path',
    );
  }
  return printed(lines(all));
};
