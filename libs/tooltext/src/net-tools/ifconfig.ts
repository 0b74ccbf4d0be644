import type { InterfaceRow } from '@netfold/dataplane';
import { netmask, splitAddress } from '../iproute/interface-text.ts';
import { editInterface, netToolsRefusals } from './edit-interface.ts';
import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

/** Kernel flag bits. @source linux/if.h */
const bits = { up: 0x1, broadcast: 0x2, loopback: 0x8, running: 0x40, multicast: 0x1000 };

const flagNames = (row: InterfaceRow): { names: string[]; value: number } => {
  const all: readonly [name: string, bit: number, isSet: boolean][] = [
    ['UP', bits.up, row.isUp],
    ['BROADCAST', bits.broadcast, row.kind !== 'loopback'],
    ['LOOPBACK', bits.loopback, row.kind === 'loopback'],
    ['RUNNING', bits.running, row.isUp && row.hasCarrier],
    ['MULTICAST', bits.multicast, row.kind !== 'loopback'],
  ];
  const set = all.filter(([, , isSet]) => isSet);
  return { names: set.map(([name]) => name), value: set.reduce((sum, [, bit]) => sum + bit, 0) };
};

const scopeIds = { global: '0x0<global>', link: '0x20<link>', host: '0x10<host>' };

const addressLines = (row: InterfaceRow): string[] =>
  row.addresses.map((one) => {
    const { address, prefix } = splitAddress(one.address);
    if (one.family === 6) {
      return `        inet6 ${address}  prefixlen ${prefix}  scopeid ${scopeIds[one.scope]}`;
    }
    const broadcast = one.broadcast === null ? '' : `  broadcast ${one.broadcast}`;
    return `        inet ${address}  netmask ${netmask(prefix)}${broadcast}`;
  });

const block = (row: InterfaceRow): string => {
  const flags = flagNames(row);
  const queue = row.queueLength ?? 0;
  const hardware =
    row.kind === 'loopback'
      ? `        loop  txqueuelen ${queue}  (Local Loopback)`
      : `        ether ${row.mac}  txqueuelen ${queue}  (Ethernet)`;
  return [
    `${row.name}: flags=${flags.value}<${flags.names.join(',')}>  mtu ${row.mtuBytes}`,
    ...addressLines(row),
    hardware,
    '        RX packets 0  bytes 0 (0.0 B)',
    '        RX errors 0  dropped 0  overruns 0  frame 0',
    '        TX packets 0  bytes 0 (0.0 B)',
    '        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
    '',
    '',
  ].join('\n');
};

const summaryLine = (row: InterfaceRow): string => {
  const flags = row.kind === 'loopback' ? 'LRU' : row.hasCarrier ? 'BMRU' : 'BMU';
  const zeros = `${'0'.padStart(8)}${'0'.padStart(7)}${'0'.padStart(7)} `;
  return (
    `${row.name.padEnd(16)}${String(row.mtuBytes).padStart(5)} ${zeros}${'0'.padEnd(6)}` +
    `${zeros.trimEnd()}${'0'.padStart(7)} ${flags}\n`
  );
};

/** Interfaces by name, as both `ifconfig`s list them. */
export const byName = (rows: readonly InterfaceRow[]): InterfaceRow[] =>
  rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** net-tools' `ifconfig`. @source recorded with net-tools 2.10 */
export const ifconfig: Tool = (world, argv) => {
  const words = argv.slice(1);
  const names = words.filter((word) => !word.startsWith('-'));
  const isAll = words.includes('-a');
  const shown = byName(world.stack.interfaces).filter((row) => isAll || row.isUp);
  const [name, ...rest] = names;
  if (name !== undefined && rest.length > 0) {
    return world.edits === null
      ? failed(255, 'SIOCSIFFLAGS: Operation not permitted\n')
      : editInterface(world.edits, name, words.slice(words.indexOf(name) + 1), netToolsRefusals);
  }
  const rows = name === undefined ? shown : shown.filter((row) => row.name === name);
  const any = world.stack.interfaces.filter((row) => row.name === name);
  const found = name === undefined ? rows : any;
  if (found.length === 0) {
    return failed(1, `${name ?? ''}: error fetching interface information: Device not found\n`);
  }
  if (words.includes('-s')) {
    const header =
      'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';
    return printed(header + found.map(summaryLine).join(''));
  }
  return printed(found.map(block).join(''));
};
