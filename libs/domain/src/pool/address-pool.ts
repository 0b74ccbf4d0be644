import {
  addressAfter,
  addressCount,
  containsAddress,
  formatIp,
  mustParseCidr,
  networkAddress,
  parseIp,
} from '@netfold/addressing';
import type { Cidr, IpAddress } from '@netfold/addressing';
import {
  emptyBitmap,
  hasBit,
  lowestFree,
  lowestFreeFrom,
  offsetsOf,
  withBit,
  withoutBit,
} from '../persistent/bitmap.ts';
import type { Bitmap } from '../persistent/bitmap.ts';
import { emptyMap } from '../persistent/empty-map.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/**
 * The addresses of one pool of one network, as libnetwork's allocator keeps them on a host:
 * the lowest free address of the range is given first, a released one at once again.
 *
 * The network address and, in IPv4, the broadcast address of the *pool* are never given out;
 * a range may begin and end where it likes, so its first and last address are ordinary ones.
 *
 * @source docker/libnetwork ipam/allocator.go insertBitMask and getAddress, bitseq/sequence.go
 */
export type AddressPool = {
  /** CIDR of the pool, host bits as given. */
  readonly subnet: string;
  /** CIDR of the sub-pool that addresses are taken from; equals `subnet` when there is none. */
  readonly range: string;
  /** Everything in use: opaque to other folders; go through this file's functions. */
  readonly used: UsedAddresses;
};

type UsedAddresses = {
  readonly bounds: Bounds;
  /** Offsets from the range's first address, below 2^32: where addresses are looked for. */
  readonly near: Bitmap;
  /** Addresses in use outside of that window, as text: given by hand, so they are few. */
  readonly far: PersistentMap<string, true>;
  /** How many addresses of the pool are free, capped at 2^52. */
  readonly freeCount: number;
};

type Bounds = {
  readonly pool: Cidr;
  readonly first: IpAddress;
  /** Last offset of the range within the window; -1: the range is upside down and gives nothing. */
  readonly lastOffset: number;
};

export type AddressProblem = 'inUse' | 'outOfPool' | 'full';

const windowSize = 2 ** 32;
const freeCountMax = 2 ** 52;

/**
 * A pool with all its addresses free, but for the two that never are given.
 *
 * @param subnet  well-formed CIDR
 * @param range   well-formed CIDR of the same family, or empty. As in libnetwork only its host part
 *   counts: a range wider than the subnet is the whole subnet
 */
export function makeAddressPool(subnet: string, range: string): AddressPool {
  const pool = mustParseCidr(subnet);
  const bounds = boundsOf(pool, range === '' ? pool : mustParseCidr(range));
  const count = addressCount(pool);
  const freeCount = count > BigInt(freeCountMax) ? freeCountMax : Number(count);
  let used: UsedAddresses = { bounds, near: emptyBitmap, far: emptyMap(), freeCount };
  for (const address of reservedAddresses(pool)) {
    if (!isUsed(used, address)) used = marked(used, address);
  }
  return { subnet, range: range === '' ? subnet : range, used };
}

function boundsOf(pool: Cidr, range: Cidr): Bounds {
  const hosts = addressCount(pool);
  const start = hostPart(networkAddress(range), hosts);
  const end = hostPart(
    addressAfter(networkAddress(range), addressCount(range) - 1n) ?? networkAddress(range),
    hosts,
  );
  const first = addressAfter(networkAddress(pool), start) ?? networkAddress(pool);
  const length = end - start;
  const lastOffset = length >= BigInt(windowSize) ? windowSize - 1 : Number(length);
  return { pool, first, lastOffset: Math.max(-1, lastOffset) };
}

function hostPart(address: IpAddress, hosts: bigint): bigint {
  return BigInt(address.value) % hosts;
}

function reservedAddresses(pool: Cidr): readonly IpAddress[] {
  const network = networkAddress(pool);
  if (pool.family === 6) return [network];
  return [network, addressAfter(network, addressCount(pool) - 1n) ?? network];
}

export type TakenAddress = { readonly pool: AddressPool; readonly address: IpAddress };

/** The lowest free address of the range; `null` when there is none. */
export function takeNextAddress(pool: AddressPool): TakenAddress | null {
  return taken(pool, lowestFree(pool.used.near));
}

/**
 * The lowest free address after the one given last, and from the start again at the end: how the
 * managers of a swarm hand out addresses, so that a released one rests for a while.
 *
 * @param last  `null` before the first
 * @source docker/libnetwork bitseq/sequence.go getAvailableFromCurrent (option serial)
 */
export function takeSerialAddress(pool: AddressPool, last: IpAddress | null): TakenAddress | null {
  const offset = last === null ? null : offsetIn(pool.used.bounds, last);
  if (offset === null) return takeNextAddress(pool);
  return taken(pool, lowestFreeFrom(pool.used.near, offset + 1)) ?? takeNextAddress(pool);
}

function taken(pool: AddressPool, offset: number): TakenAddress | null {
  const { used } = pool;
  if (used.freeCount === 0 || offset > used.bounds.lastOffset) return null;
  const address = addressAfter(used.bounds.first, offset);
  if (address === null) return null;
  const near = withBit(used.near, offset);
  return { pool: { ...pool, used: { ...used, near, freeCount: used.freeCount - 1 } }, address };
}

/**
 * Takes the address that was asked for, inside or outside of the range.
 *
 * @returns `full` comes before `inUse`, as libnetwork looks for a free address first
 */
export function takeAddress(pool: AddressPool, address: IpAddress): AddressPool | AddressProblem {
  if (!containsAddress(pool.used.bounds.pool, address)) return 'outOfPool';
  if (pool.used.freeCount === 0) return 'full';
  if (isUsed(pool.used, address)) return 'inUse';
  return { ...pool, used: marked(pool.used, address) };
}

/** Gives an address back; one that is not in use, or is not of the pool, changes nothing. */
export function releaseAddress(pool: AddressPool, address: IpAddress): AddressPool {
  if (!isAddressUsed(pool, address)) return pool;
  const { used } = pool;
  const offset = offsetIn(used.bounds, address);
  const freeCount = used.freeCount + 1;
  return offset === null
    ? { ...pool, used: { ...used, far: used.far.without(formatIp(address)), freeCount } }
    : { ...pool, used: { ...used, near: withoutBit(used.near, offset), freeCount } };
}

export function isAddressUsed(pool: AddressPool, address: IpAddress): boolean {
  return containsAddress(pool.used.bounds.pool, address) && isUsed(pool.used, address);
}

/** Every address in use, the reserved ones among them: those of the range first. */
export function usedAddresses(pool: AddressPool): readonly string[] {
  const near = [...offsetsOf(pool.used.near)].map((offset) => {
    const address = addressAfter(pool.used.bounds.first, offset);
    return address === null ? '' : formatIp(address);
  });
  return [...near, ...pool.used.far.keys()];
}

function isUsed(used: UsedAddresses, address: IpAddress): boolean {
  const offset = offsetIn(used.bounds, address);
  return offset === null ? used.far.has(formatIp(address)) : hasBit(used.near, offset);
}

function marked(used: UsedAddresses, address: IpAddress): UsedAddresses {
  const offset = offsetIn(used.bounds, address);
  const freeCount = used.freeCount - 1;
  return offset === null
    ? { ...used, far: used.far.with(formatIp(address), true), freeCount }
    : { ...used, near: withBit(used.near, offset), freeCount };
}

/** Offset from the range's first address, or `null` when the window does not reach there. */
function offsetIn(bounds: Bounds, address: IpAddress): number | null {
  const { first } = bounds;
  const offset =
    first.family === 4 && address.family === 4
      ? address.value - first.value
      : Number(BigInt(address.value) - BigInt(first.value));
  return offset >= 0 && offset < windowSize ? offset : null;
}

/** A pool as JSON: runs of offsets in use, `[first, length]`, and the addresses far from them. */
export type EncodedAddressPool = {
  readonly subnet: string;
  readonly range: string;
  readonly near: readonly (readonly [number, number])[];
  readonly far: readonly string[];
};

/** Equal pools have equal encodings, however they came about. */
export function encodeAddressPool(pool: AddressPool): EncodedAddressPool {
  const near: [number, number][] = [];
  for (const offset of offsetsOf(pool.used.near)) {
    const last = near.at(-1);
    if (last !== undefined && last[0] + last[1] === offset) last[1] += 1;
    else near.push([offset, 1]);
  }
  const far = [...pool.used.far.keys()].toSorted();
  return { subnet: pool.subnet, range: pool.range, near, far };
}

export function decodeAddressPool(encoded: EncodedAddressPool): AddressPool {
  let pool = makeAddressPool(encoded.subnet, encoded.range);
  const { first } = pool.used.bounds;
  const addresses = encoded.near.flatMap(([start, length]) =>
    Array.from({ length }, (_, index) => addressAfter(first, start + index)),
  );
  for (const address of [...addresses, ...encoded.far.map(parseIp)]) {
    if (address !== null && !isUsed(pool.used, address)) {
      pool = { ...pool, used: marked(pool.used, address) };
    }
  }
  return pool;
}
