import type { RouteRow } from '@netfold/dataplane';
import { ipv4Number, splitAddress } from './interface-text.ts';

const key = (row: RouteRow): readonly [address: number, prefix: number] => {
  if (row.destination === 'default') return [-1, 0];
  const { address, prefix } = splitAddress(row.destination);
  return [ipv4Number(address), prefix];
};

/**
 * IPv4 routes as the kernel's trie dumps them: by address, shorter prefixes first, then metric.
 * IPv6 routes stay in the order of the rows.
 */
export const routesInOrder = (routes: readonly RouteRow[], family: 4 | 6): RouteRow[] => {
  const own = routes.filter((row) => row.family === family);
  if (family === 6) return own;
  return own.toSorted((a, b) => {
    const [addressA, prefixA] = key(a);
    const [addressB, prefixB] = key(b);
    return addressA - addressB || prefixA - prefixB || a.metric - b.metric;
  });
};

/** The destination's numbers: `default` is 0.0.0.0/0. */
export const destinationOf = (row: RouteRow): { address: string; prefix: number } =>
  row.destination === 'default'
    ? { address: row.family === 4 ? '0.0.0.0' : '::', prefix: 0 }
    : splitAddress(row.destination);
