import { neighbourStateAt } from '@netfold/dataplane';
import type { NeighbourRow } from '@netfold/dataplane';
import { askNames } from '../network/lookup.ts';
import { isResolved } from '../iproute/ip-neigh.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';

/** IPv4 neighbours, optionally of one device or address. */
export const arpEntries = (
  { stack, now }: ToolWorld,
  device: string | null,
  address: string | null,
): ArpEntry[] =>
  stack.neighbours
    .filter(
      (row) =>
        !row.address.includes(':') &&
        (device === null || row.device === device) &&
        (address === null || row.address === address),
    )
    .map((row) => ({ ...row, isComplete: isResolved(neighbourStateAt(row, now)) }));

/** An entry, and whether its MAC is known at the moment. */
export type ArpEntry = NeighbourRow & { readonly isComplete: boolean };

const tableLine = (row: ArpEntry): string => {
  const address = row.address.padEnd(24);
  if (!row.isComplete) return `${address} ${'(incomplete)'.padStart(20).padEnd(50)}${row.device}`;
  const flags = (row.state === 'PERMANENT' ? 'CM' : 'C').padEnd(22);
  return `${address} ether   ${row.mac}   ${flags}${row.device}`;
};

const bsdLine = (row: ArpEntry): string => {
  if (!row.isComplete) return `? (${row.address}) at <incomplete> on ${row.device}`;
  const flag = row.state === 'PERMANENT' ? ' PERM' : '';
  return `? (${row.address}) at ${row.mac} [ether]${flag} on ${row.device}`;
};

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
  const rows = arpEntries(world, device, address);
  if (!letters.includes('n')) {
    askNames(
      world,
      rows.map((row) => row.address),
    );
  }
  if (rows.length === 0) {
    const entries = arpEntries(world, null, null).length;
    if (address !== null) return printed(`${address} (${address}) -- no entry\n`);
    if (device === null || entries === 0) return printed('');
    return printed(`arp: in ${entries} entries no match found.\n`);
  }
  if (letters.includes('a')) return printed(lines(rows.map(bsdLine)));
  const header = 'Address                  HWtype  HWaddress           Flags Mask            Iface';
  return printed(lines([header, ...rows.map(tableLine)]));
};
