import type { InterfaceAddress, InterfaceRow } from '@netfold/dataplane';
import type { StackView } from '../tool.ts';

/**
 * The flags of an interface in the order iproute2 and BusyBox print them.
 * @source iproute2 ip/ipaddress.c print_link_flags
 */
export const interfaceFlags = (row: InterfaceRow): string[] => {
  const others = row.kind === 'dummy' ? ['BROADCAST', 'NOARP'] : ['BROADCAST', 'MULTICAST'];
  return [
    ...(row.isUp && !row.hasCarrier ? ['NO-CARRIER'] : []),
    ...(row.kind === 'loopback' ? ['LOOPBACK'] : others),
    ...(row.isUp ? ['UP'] : []),
    ...(row.hasCarrier && row.isUp ? ['LOWER_UP'] : []),
  ];
};

/** The flags with what iproute2 adds of a peer in the same stack: that it is down. */
export const flagsWithin = (stack: StackView, row: InterfaceRow): string[] => {
  const peer =
    row.peerNamespaceNumber === null
      ? stack.interfaces.find((one) => one.interfaceIndex === row.peerInterfaceIndex)
      : undefined;
  return [...interfaceFlags(row), ...(peer?.isUp === false ? ['M-DOWN'] : [])];
};

/** The kernel gives a link its queue when it first comes up. */
export const queueing = (stack: StackView, row: InterfaceRow): string =>
  stack.neverUp?.has(row.interfaceIndex) === true ? 'noop' : 'noqueue';

/** `link/ether` or `link/loopback`. */
export const linkType = (row: InterfaceRow): string =>
  row.kind === 'loopback' ? 'loopback' : 'ether';

export const broadcastMac = (row: InterfaceRow): string =>
  row.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';

/**
 * What stands after the `@`: the peer's name when it is in the same namespace, else `ifN`.
 * @returns `null` for an interface without a lower or peer link
 */
const peerLabel = (stack: StackView, row: InterfaceRow): string | null => {
  if (row.peerInterfaceIndex === null) return null;
  if (row.peerNamespaceNumber !== null) return `if${row.peerInterfaceIndex}`;
  const peer = stack.interfaces.find((one) => one.interfaceIndex === row.peerInterfaceIndex);
  return peer === undefined ? `if${row.peerInterfaceIndex}` : peer.name;
};

export const labelledName = (stack: StackView, row: InterfaceRow): string => {
  const peer = peerLabel(stack, row);
  return peer === null ? row.name : `${row.name}@${peer}`;
};

/** The addresses of one family, or of both with IPv4 first as the kernel dumps them. */
export const addressesOf = (row: InterfaceRow, family: 4 | 6 | null): InterfaceAddress[] => {
  const of = (one: 4 | 6): InterfaceAddress[] =>
    row.addresses.filter((address) => address.family === one);
  return family === null ? [...of(4), ...of(6)] : of(family);
};

/** Splits `10.0.0.1/24`. A bare address has the full length of its family. */
export const splitAddress = (text: string): { address: string; prefix: number } => {
  const slash = text.indexOf('/');
  if (slash < 0) return { address: text, prefix: text.includes(':') ? 128 : 32 };
  return { address: text.slice(0, slash), prefix: Number(text.slice(slash + 1)) };
};

/** `24` to `255.255.255.0`. */
export const netmask = (prefix: number): string => {
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
};

/** `10.0.0.1` as an unsigned number; only for addresses that were parsed before. */
export const ipv4Number = (text: string): number =>
  text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
