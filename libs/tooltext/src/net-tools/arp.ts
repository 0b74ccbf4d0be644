import type { NeighbourRow } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool } from '../tool.ts';

/** IPv4 neighbours, optionally of one device or address. */
export const arpEntries = (
  stack: StackView,
  device: string | null,
  address: string | null,
): NeighbourRow[] =>
  stack.neighbours.filter(
    (row) =>
      !row.address.includes(':') &&
      (device === null || row.device === device) &&
      (address === null || row.address === address),
  );

const tableLine = (row: NeighbourRow): string =>
  `${row.address.padEnd(24)} ether   ${row.mac}   ` +
  `${(row.state === 'PERMANENT' ? 'CM' : 'C').padEnd(22)}${row.device}`;

const bsdLine = (row: NeighbourRow): string =>
  `? (${row.address}) at ${row.mac} [ether]${row.state === 'PERMANENT' ? ' PERM' : ''} on ` +
  row.device;

/** net-tools' `arp`. An empty table prints nothing. @source recorded with net-tools 2.10 */
export const arp: Tool = (world, argv) => {
  const words = argv.slice(1);
  const letters = words.filter((word) => word.startsWith('-')).join('');
  const at = words.findIndex((word) => word === '-i' || word === '--device');
  const device = at < 0 ? null : (words[at + 1] ?? '');
  const operand = words.find((word, index) => !word.startsWith('-') && index !== at + 1) ?? null;
  const address = at < 0 ? (words.find((word) => !word.startsWith('-')) ?? null) : operand;
  if (/[sd]/.test(letters.replace('--device', ''))) {
    return failed(1, 'netfold: `arp` is simulated in its listing forms only\n');
  }
  const rows = arpEntries(world.stack, device, address);
  if (rows.length === 0) {
    if (address === null) return printed('');
    return failed(0, '', `${address} (${address}) -- no entry\n`);
  }
  if (letters.includes('a')) return printed(lines(rows.map(bsdLine)));
  const header = 'Address                  HWtype  HWaddress           Flags Mask            Iface';
  return printed(lines([header, ...rows.map(tableLine)]));
};
