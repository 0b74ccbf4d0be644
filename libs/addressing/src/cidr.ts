import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from './ip-address.ts';
import type { IpAddress } from './ip-address.ts';

/**
 * An address with a prefix length. `address` keeps its host bits (`10.8.0.5/24`), `network`
 * has none.
 */
export type Cidr = Cidr4 | Cidr6;

export type Cidr4 = {
  readonly family: 4;
  readonly address: number;
  readonly network: number;
  /** 0 to 32 */
  readonly prefixLength: number;
};

export type Cidr6 = {
  readonly family: 6;
  readonly address: bigint;
  readonly network: bigint;
  /** 0 to 128 */
  readonly prefixLength: number;
};

/**
 * Reads `address/length` as Go's `net.ParseCIDR` does.
 *
 * @returns `null` where Go says `invalid CIDR address: …` (no slash, leading zeros in an octet,
 *   a zone, a length that is not a number from 0 to 32 or 128)
 * @source  Go net/ip.go ParseCIDR
 */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const length = text.slice(slash + 1);
  // Go's dtoi accepts leading zeros here (`/08`), but nothing else than digits.
  if (!/^[0-9]{1,8}$/.test(length)) return null;
  const prefixLength = Number(length);
  const ipv4 = parseIpv4(text.slice(0, slash));
  if (ipv4 !== null) return prefixLength <= 32 ? cidr4(ipv4, prefixLength) : null;
  const ipv6 = parseIpv6(text.slice(0, slash));
  if (ipv6 === null) return null;
  return prefixLength <= 128 ? cidr6(ipv6, prefixLength) : null;
}

/** Reads what is known to be well-formed: our own facts, not a user's text. */
export function mustParseCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === null) throw new Error(`a fact holds an invalid CIDR: ${text}`);
  return cidr;
}

export function cidr4(address: number, prefixLength: number): Cidr4 {
  const network = (address & ipv4Mask(prefixLength)) >>> 0;
  return { family: 4, address: address >>> 0, network, prefixLength };
}

export function cidr6(address: bigint, prefixLength: number): Cidr6 {
  const hostBits = BigInt(128 - prefixLength);
  return { family: 6, address, network: (address >> hostBits) << hostBits, prefixLength };
}

/** Whether an IPv4 address stands in IPv6 form (`::ffff:10.0.0.0/104`): Go takes it for IPv4. */
export function isMappedIpv4(cidr: Cidr): cidr is Cidr6 {
  return cidr.family === 6 && cidr.address >> 32n === 0xffffn;
}

/** The IPv4 network of an IPv4-mapped one; `null` where the mask cuts into the prefix. */
export function ipv4OfMapped(cidr: Cidr6): Cidr4 | null {
  const prefixLength = cidr.prefixLength - mappedPrefixLength;
  return prefixLength < 0 ? null : cidr4(Number(cidr.address & 0xffffffffn), prefixLength);
}

/** Bits before the IPv4 address in an IPv4-mapped one (RFC 4291 §2.5.5.2). */
const mappedPrefixLength = 96;

/** @returns the netmask as an unsigned 32-bit number, e.g. 0xffff0000 for 16 */
export function ipv4Mask(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;
}

/** Prints the address with its host bits, as written. */
export function formatCidr(cidr: Cidr): string {
  const address = cidr.family === 4 ? formatIpv4(cidr.address) : formatIpv6(cidr.address);
  return `${address}/${cidr.prefixLength}`;
}

/** Prints the network without host bits, as Go's `IPNet.String` does. */
export function formatNetwork(cidr: Cidr): string {
  const network = cidr.family === 4 ? formatIpv4(cidr.network) : formatIpv6(cidr.network);
  return `${network}/${cidr.prefixLength}`;
}

export function containsAddress(cidr: Cidr, address: IpAddress): boolean {
  if (cidr.family === 4) {
    return (
      address.family === 4 && (address.value & ipv4Mask(cidr.prefixLength)) >>> 0 === cidr.network
    );
  }
  const hostBits = BigInt(128 - cidr.prefixLength);
  return address.family === 6 && (address.value >> hostBits) << hostBits === cidr.network;
}

/** Whether the two share an address. Networks of different families never do. */
export function overlaps(left: Cidr, right: Cidr): boolean {
  return (
    containsAddress(left, networkAddress(right)) || containsAddress(right, networkAddress(left))
  );
}

/** The first address: the network itself. */
export function networkAddress(cidr: Cidr): IpAddress {
  return cidr.family === 4
    ? { family: 4, value: cidr.network }
    : { family: 6, value: cidr.network };
}

/** The last address: the broadcast address of an IPv4 network. */
export function lastAddress(cidr: Cidr): IpAddress {
  if (cidr.family === 4) {
    const hostMask = ~ipv4Mask(cidr.prefixLength) >>> 0;
    return { family: 4, value: (cidr.network | hostMask) >>> 0 };
  }
  return { family: 6, value: cidr.network + (1n << BigInt(128 - cidr.prefixLength)) - 1n };
}

/** The address that many places after the given one; `null` beyond the end of the family. */
export function addressAfter(address: IpAddress, places: bigint | number): IpAddress | null {
  if (address.family === 4) {
    const value = address.value + Number(places);
    return value >= 0 && value <= 0xffffffff ? { family: 4, value } : null;
  }
  const value = address.value + BigInt(places);
  return value >= 0n && value < 1n << 128n ? { family: 6, value } : null;
}

/** How many addresses, as a bigint: an IPv6 network does not fit a number. */
export function addressCount(cidr: Cidr): bigint {
  return 1n << BigInt((cidr.family === 4 ? 32 : 128) - cidr.prefixLength);
}

/**
 * Cuts a network into all its parts of a longer prefix, in order.
 *
 * @param partLength  prefix length of the parts; not shorter than the network's own
 */
export function splitIpv4(cidr: Cidr4, partLength: number): readonly Cidr4[] {
  const count = 2 ** (partLength - cidr.prefixLength);
  const step = 2 ** (32 - partLength);
  return Array.from({ length: count }, (_, index) =>
    cidr4(cidr.network + index * step, partLength),
  );
}
