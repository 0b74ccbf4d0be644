import { mustParseCidr } from '@netfold/addressing';
import type { RouteRow } from './rows.ts';

/**
 * The order in which the kernel lists routes. IPv4: by network, the default first, of one network
 * the longest prefix first. IPv6: by network, the default last. Equal routes of several devices
 * keep their given order.
 */
export function compareRoutes(one: RouteRow, other: RouteRow): number {
  if (one.family !== other.family) return one.family - other.family;
  const [left, right] = [placeOf(one), placeOf(other)];
  if (left.isLast !== right.isLast) return left.isLast ? 1 : -1;
  if (left.network !== right.network) return left.network < right.network ? -1 : 1;
  if (left.prefixLength !== right.prefixLength) return right.prefixLength - left.prefixLength;
  return one.metric - other.metric;
}

function placeOf({ destination, family }: RouteRow) {
  if (destination === 'default') return { network: 0n, prefixLength: 0, isLast: family === 6 };
  const { network, prefixLength } = mustParseCidr(destination);
  return { network: BigInt(network), prefixLength, isLast: false };
}
