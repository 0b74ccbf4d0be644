import { editInterface } from '../net-tools/edit-interface.ts';
import { busyboxInterfaceRefusals } from './edits.ts';
import type { InterfaceRow } from '@netfold/dataplane';
import { netmask, splitAddress } from '../iproute/interface-text.ts';
import { byName } from '../net-tools/ifconfig.ts';
import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

const scopes = { global: 'Global', link: 'Link', host: 'Host' };

const indent = ' '.repeat(10);

const addressLines = (row: InterfaceRow): string[] => {
  const four = row.addresses.filter((one) => one.family === 4).slice(0, 1);
  // The kernel lists IPv6 addresses by a hash of theirs: any order is true.
  const six = row.addresses.filter((one) => one.family === 6);
  return [
    ...four.map((one) => {
      const { address, prefix } = splitAddress(one.address);
      const broadcast = one.broadcast === null ? '' : `  Bcast:${one.broadcast}`;
      return `${indent}inet addr:${address}${broadcast}  Mask:${netmask(prefix)}`;
    }),
    ...six.map((one) => `${indent}inet6 addr: ${one.address} Scope:${scopes[one.scope]}`),
  ];
};

const flagWords = (row: InterfaceRow): string =>
  [
    ...(row.isUp ? ['UP'] : []),
    row.kind === 'loopback' ? 'LOOPBACK' : 'BROADCAST',
    ...(row.isUp && row.hasCarrier ? ['RUNNING'] : []),
    ...(row.kind === 'loopback' ? [] : ['MULTICAST']),
  ].join(' ');

const block = (row: InterfaceRow): string => {
  const encapsulation =
    row.kind === 'loopback'
      ? 'Link encap:Local Loopback  '
      : `Link encap:Ethernet  HWaddr ${row.mac.toUpperCase()}  `;
  return [
    `${row.name.padEnd(9)} ${encapsulation}`,
    ...addressLines(row),
    `${indent}${flagWords(row)}  MTU:${row.mtuBytes}  Metric:1`,
    `${indent}RX packets:0 errors:0 dropped:0 overruns:0 frame:0`,
    `${indent}TX packets:0 errors:0 dropped:0 overruns:0 carrier:0`,
    `${indent}collisions:0 txqueuelen:${row.queueLength ?? 0} `,
    `${indent}RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)`,
    '',
    '',
  ].join('\n');
};

/** What it asks the kernel for first. */
const firstCall = ([word = '']: readonly string[]): string =>
  /^[\d.]+(?:\/\d+)?$/.test(word) ? 'SIOCSIFADDR' : 'SIOCSIFFLAGS';

/** BusyBox `ifconfig`. @source recorded with BusyBox 1.35 */
export const busyboxIfconfig: Tool = (world, argv) => {
  const words = argv.slice(1);
  const names = words.filter((word) => !word.startsWith('-'));
  const [name, ...rest] = names;
  if (name !== undefined && rest.length > 0) {
    return world.edits === null
      ? failed(1, `ifconfig: ${firstCall(rest)}: Operation not permitted\n`)
      : editInterface(
          world.edits,
          name,
          words.slice(words.indexOf(name) + 1),
          busyboxInterfaceRefusals,
        );
  }
  if (name === undefined) {
    const isAll = words.includes('-a');
    const rows = byName(world.stack.interfaces).filter((row) => isAll || row.isUp);
    return printed(rows.map(block).join(''));
  }
  const row = world.stack.interfaces.find((one) => one.name === name);
  if (row === undefined) {
    return failed(1, `ifconfig: ${name}: error fetching interface information: Device not found\n`);
  }
  return printed(block(row));
};
