/** An IPv4 address as an unsigned 32-bit number. */
export type Ipv4 = number;
/** An IPv6 address as an unsigned 128-bit integer. */
export type Ipv6 = bigint;

export type IpAddress =
  | { readonly family: 4; readonly value: Ipv4 }
  | { readonly family: 6; readonly value: Ipv6 };

const ipv4Octets = 4;
const ipv6Groups = 8;
/** The upper 96 bits of an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
const mappedPrefix = 0xffffn << 32n;

/**
 * Reads dotted decimal as Go's `net.ParseIP` does.
 *
 * @returns an unsigned 32-bit number, or `null`: leading zeros, blanks and other forms are refused
 * @source  Go net/ip.go parseIPv4 (since Go 1.17 leading zeros are refused)
 */
export function parseIpv4(text: string): Ipv4 | null {
  let value = 0;
  let octets = 0;
  let at = 0;
  while (octets < ipv4Octets) {
    const start = at;
    let octet = 0;
    while (at < text.length && at - start < 4) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      octet = octet * 10 + digit;
      at += 1;
    }
    const length = at - start;
    if (length === 0 || length > 3 || octet > 255) return null;
    if (length > 1 && text.charCodeAt(start) === 48) return null;
    value = value * 256 + octet;
    octets += 1;
    if (octets < ipv4Octets) {
      if (text.charCodeAt(at) !== 46) return null;
      at += 1;
    }
  }
  return at === text.length ? value : null;
}

/** Prints dotted decimal. */
export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/**
 * Reads an IPv6 address as Go's `net.ParseIP` does: no zone, at most one `::`, IPv4 tail allowed.
 *
 * @returns an unsigned 128-bit integer, or `null`
 * @source  Go net/ip.go parseIPv6
 */
export function parseIpv6(text: string): Ipv6 | null {
  if (!text.includes(':')) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const isShortened = halves.length === 2;
  const head = parseGroups(halves[0] ?? '', !isShortened);
  const tail = isShortened ? parseGroups(halves[1] ?? '', true) : [];
  if (head === null || tail === null) return null;
  const missing = ipv6Groups - head.length - tail.length;
  if (isShortened ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    if (mayEndInIpv4 && index === words.length - 1 && word.includes('.')) {
      const ipv4 = parseIpv4(word);
      if (ipv4 === null) return null;
      groups.push(ipv4 >>> 16, ipv4 & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(word)) return null;
      groups.push(Number.parseInt(word, 16));
    }
  }
  return groups.length <= ipv6Groups ? groups : null;
}

/**
 * Prints an IPv6 address as Go does: the longest run of zero groups shortened, the first of equals
 * (RFC 5952), and an IPv4-mapped address in dotted decimal.
 */
export function formatIpv6(address: Ipv6): string {
  if (address >> 32n === mappedPrefix >> 32n) return formatIpv4(Number(address & 0xffffffffn));
  const groups = Array.from({ length: ipv6Groups }, (_, index) =>
    Number((address >> BigInt(112 - 16 * index)) & 0xffffn),
  );
  const run = longestZeroRun(groups);
  const words = groups.map((group) => group.toString(16));
  if (run.length < 2) return words.join(':');
  const head = words.slice(0, run.start).join(':');
  const tail = words.slice(run.start + run.length).join(':');
  return `${head}::${tail}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}

/** Reads either family; an IPv4-mapped IPv6 address is an IPv4 one, as in Go. */
export function parseIp(text: string): IpAddress | null {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== null) return { family: 4, value: ipv4 };
  const ipv6 = parseIpv6(text);
  if (ipv6 === null) return null;
  return ipv6 >> 32n === mappedPrefix >> 32n
    ? { family: 4, value: Number(ipv6 & 0xffffffffn) }
    : { family: 6, value: ipv6 };
}

export function formatIp(address: IpAddress): string {
  return address.family === 4 ? formatIpv4(address.value) : formatIpv6(address.value);
}

/** Total order: IPv4 before IPv6, then by value. */
export function compareIp(left: IpAddress, right: IpAddress): number {
  if (left.family !== right.family) return left.family - right.family;
  if (left.value === right.value) return 0;
  return left.value < right.value ? -1 : 1;
}
