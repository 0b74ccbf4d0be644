import { canonicalIp } from './ip-address.ts';

/** Bytes of an address: 4 or 16. */
type Address = readonly number[];

export type Subnet = { readonly address: Address; readonly prefixLength: number };

/** How much longer a prefix of version 6 is that stands for one of version 4. RFC 4291 §2.5.5.2 */
const mappedBits = 96;

/** `null`: no address. @source Go net.ParseIP */
export const parseAddress = (text: string): Address | null => {
  const plain = canonicalIp(text);
  if (plain === null) return null;
  return plain.includes(':') ? bytesOfV6(plain) : plain.split('.').map(Number);
};

/** `null`: no subnet. @source Go net.ParseCIDR */
export const parseSubnet = (text: string): Subnet | null => {
  const [, host = '', length = ''] = /^(.*)\/(\d+)$/s.exec(text) ?? [];
  const address = parseAddress(host);
  if (address === null) return null;
  const isMapped = host.includes(':') && address.length === 4;
  const prefixLength = Number(length) - (isMapped ? mappedBits : 0);
  if (prefixLength < 0 || prefixLength > address.length * 8) return null;
  return { address, prefixLength };
};

/** Whether an address lies in a subnet; of another family it does not. @source Go net.IPNet */
export const holds = (subnet: Subnet, other: Address): boolean =>
  subnet.address.length === other.length &&
  masked(other, subnet.prefixLength).join() === masked(subnet.address, subnet.prefixLength).join();

/** `10.0.0.0/8`, for `10.1.2.3/8` as well. */
export const subnetText = ({ address, prefixLength }: Subnet): string => {
  const first = masked(address, prefixLength);
  const groups = first.flatMap((byte, at) =>
    at % 2 === 0 ? [((byte << 8) + (first[at + 1] ?? 0)).toString(16)] : [],
  );
  const host = address.length === 4 ? first.join('.') : canonicalIp(groups.join(':'));
  return `${host ?? ''}/${prefixLength}`;
};

const masked = (address: Address, prefixLength: number): Address =>
  address.map((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefixLength - at * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });

/** Of the shortest form. */
const bytesOfV6 = (text: string): Address => {
  const [head = [], tail = []] = text
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const missing = 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: missing }, () => '0'), ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
};
