import {
  formatIp,
  formatIpv6,
  formatNetwork,
  lastAddress,
  linkLocalFromMac,
  mustParseCidr,
} from '@netfold/addressing';
import type { InterfaceAddress } from './rows.ts';

/** From this length on an IPv4 network has no broadcast address (RFC 3021). */
const broadcastPrefixMax = 30;

/** @param address  with prefix length, IPv4 or IPv6 */
export function globalAddress(address: string): InterfaceAddress {
  const cidr = mustParseCidr(address);
  const hasBroadcast = cidr.family === 4 && cidr.prefixLength <= broadcastPrefixMax;
  const broadcast = hasBroadcast ? formatIp(lastAddress(cidr)) : null;
  return { family: cidr.family, address, broadcast, scope: 'global' };
}

/** The fe80:: address that the kernel gives an interface by itself. */
export function linkLocalAddress(mac: string): InterfaceAddress {
  const address = `${formatIpv6(linkLocalFromMac(mac))}/64`;
  return { family: 6, address, broadcast: null, scope: 'link' };
}

export const loopbackAddress: InterfaceAddress = {
  family: 4,
  address: '127.0.0.1/8',
  broadcast: null,
  scope: 'host',
};

export const loopbackAddress6: InterfaceAddress = {
  family: 6,
  address: '::1/128',
  broadcast: null,
  scope: 'host',
};

/** `172.18.0.2/16` is in `172.18.0.0/16`. */
export const networkOf = (address: string): string => formatNetwork(mustParseCidr(address));

/** `172.18.0.2` of `172.18.0.2/16`. */
export const bareAddress = (address: string): string => address.split('/', 1)[0] ?? '';

/** `172.18.0.1` with the length of `172.18.0.0/16`. */
export const withLengthOf = (address: string, subnet: string): string =>
  `${address}/${subnet.split('/')[1] ?? ''}`;
