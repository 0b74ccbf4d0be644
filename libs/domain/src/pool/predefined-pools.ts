import { cidr4, formatNetwork, overlaps, splitIpv4 } from '@netfold/addressing';
import type { Cidr, Cidr4 } from '@netfold/addressing';

/**
 * The pools that a local network gets when the user names none: 172.17 to 172.31 (/16), then
 * 192.168 in sixteen /20.
 *
 * @source docker/libnetwork ipamutils/utils.go localScopeDefaultNetworks
 */
export const predefinedPools: readonly Cidr4[] = [
  ...Array.from({ length: 15 }, (_, index) => cidr4(ipv4Of(172, 17 + index), 16)),
  ...splitIpv4(cidr4(ipv4Of(192, 168), 16), 20),
];

function ipv4Of(first: number, second: number): number {
  return first * 2 ** 24 + second * 2 ** 16;
}

export type ChosenPool = {
  /** CIDR; `null` when every predefined pool overlaps with something. */
  readonly subnet: string | null;
  /** Where the rotation stands afterwards. */
  readonly cursor: number;
};

/**
 * The next predefined pool after the one given last that overlaps neither with a pool in use nor
 * with a route of the host. The rotation passes pools that a route overlaps and keeps its place
 * when none is left; past the end of the list it begins anew at the first, not at the one given.
 *
 * @param cursor  index of the pool given last, -1 before any
 * @param inUse   pools of the host's networks
 * @param routes  networks the host reaches otherwise, its nameservers' among them
 * @source docker/libnetwork ipam/allocator.go getPredefinedPool, network.go requestPoolHelper
 */
export function choosePredefinedPool(
  cursor: number,
  inUse: readonly Cidr[],
  routes: readonly Cidr[],
): ChosenPool {
  const taken = [...inUse];
  let start = cursor + 1;
  for (;;) {
    const found = firstFree(start, taken);
    if (found === null) return { subnet: null, cursor: start - 1 };
    start = start + found.steps + 1 < predefinedPools.length ? start + found.steps + 1 : 0;
    if (!routes.some((route) => overlaps(route, found.pool))) {
      return { subnet: formatNetwork(found.pool), cursor: start - 1 };
    }
    // Held on to until a fitting one is found, so that it is not offered again.
    taken.push(found.pool);
  }
}

function firstFree(
  start: number,
  taken: readonly Cidr[],
): { readonly pool: Cidr4; readonly steps: number } | null {
  for (let steps = 0; steps < predefinedPools.length; steps += 1) {
    const pool = predefinedPools[(start + steps) % predefinedPools.length] as Cidr4;
    if (!taken.some((other) => overlaps(other, pool))) return { pool, steps };
  }
  return null;
}
