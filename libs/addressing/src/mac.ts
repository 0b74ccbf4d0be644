import type { Ipv4, Ipv6 } from './ip-address.ts';

/**
 * A MAC is six lowercase hex pairs with colons: it is compared and printed, never computed
 * with.
 */
export type Mac = string;

/**
 * Reads a MAC as Go's `net.ParseMAC` does for six bytes (colons, hyphens or dotted groups).
 *
 * @returns lowercase with colons, or `null`
 */
export function parseMac(text: string): Mac | null {
  const pairs = /^([0-9a-fA-F]{2})([:-])(?:[0-9a-fA-F]{2}\2){4}[0-9a-fA-F]{2}$/;
  const groups = /^[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}$/;
  if (!pairs.test(text) && !groups.test(text)) return null;
  return formatMac(text.replaceAll(/[:.-]/g, '').toLowerCase());
}

/**
 * Reads a link-layer address of 6, 8 or 20 octets as Go's `net.ParseMAC` does.
 *
 * @returns lowercase with colons, or `null`
 */
export function parseHardwareAddress(text: string): string | null {
  const pairs = /^[0-9a-fA-F]{2}(?:([:-])[0-9a-fA-F]{2}(?:\1[0-9a-fA-F]{2})*)$/;
  const groups = /^[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4})+$/;
  const hex = text.replaceAll(/[:.-]/g, '').toLowerCase();
  const isOfLength = hex.length === 12 || hex.length === 16 || hex.length === 40;
  return isOfLength && (pairs.test(text) || groups.test(text)) ? formatMac(hex) : null;
}

/** What an Ethernet interface keeps of a link-layer address: its first six octets. */
export function macOfHardwareAddress(address: string): Mac {
  return address.slice(0, macLength);
}

const macLength = 17;

/** @param hex  an even number of hex characters */
export function formatMac(hex: string): Mac {
  return hex.replaceAll(/(..)(?!$)/g, '$1:');
}

/**
 * The MAC that Docker 20.10 gives an endpoint: `02:42` and the four bytes of its address.
 *
 * @source docker/libnetwork netutils/utils.go GenerateMACFromIP
 */
export function macFromIpv4(address: Ipv4): Mac {
  return formatMac(`0242${address.toString(16).padStart(8, '0')}`);
}

/** The fe80:: address that the kernel forms from a MAC (modified EUI-64, RFC 4291 appendix A). */
export function linkLocalFromMac(mac: Mac): Ipv6 {
  const hex = mac.replaceAll(':', '');
  const first = (Number.parseInt(hex.slice(0, 2), 16) ^ 0x02).toString(16).padStart(2, '0');
  return (0xfe80n << 112n) | BigInt(`0x${first}${hex.slice(2, 6)}fffe${hex.slice(6)}`);
}
