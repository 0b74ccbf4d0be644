import { cidr4, formatNetwork, mustParseCidr, overlaps } from '@netfold/addressing';
import type { Cidr, Cidr4 } from '@netfold/addressing';
import type { Swarm } from '../state/swarm.ts';

const defaultPools: readonly string[] = ['10.0.0.0/8'];
const defaultSubnetSize = 24;

/** What the swarm's options leave open. */
export function addressPoolsOf(given: readonly string[]): readonly string[] {
  return given.length > 0 ? given.map((pool) => pool.trim()) : defaultPools;
}

export function subnetSizeOf(given: number): number {
  return given === 0 ? defaultSubnetSize : given;
}

/**
 * The next pool of the swarm after the one given last that overlaps with none of its networks.
 * The list is never laid out: the default one has 65,536 members.
 *
 * @returns `null` when none is left
 * @source docker/libnetwork ipam/allocator.go getPredefinedPool, of the global address space
 */
export function chooseSwarmPool(
  swarm: Swarm,
): { readonly subnet: string; readonly cursor: number } | null {
  const bases = swarm.addressPools.map(mustParseCidr).filter((base) => base.family === 4);
  const counts = bases.map((base) => 2 ** (swarm.subnetSize - base.prefixLength));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const taken = poolsOf(swarm);
  const start = swarm.poolCursor + 1;
  // Each taken pool can stand in the way of many small ones, but the rotation passes them once.
  for (let steps = 0; steps < total; steps += 1) {
    const pool = poolAt(bases, counts, swarm.subnetSize, (start + steps) % total);
    if (taken.some((other) => overlaps(other, pool))) continue;
    const cursor = start + steps + 1 < total ? start + steps : -1;
    return { subnet: formatNetwork(pool), cursor };
  }
  return null;
}

function poolAt(
  bases: readonly Cidr4[],
  counts: readonly number[],
  size: number,
  index: number,
): Cidr4 {
  let rest = index;
  for (const [place, base] of bases.entries()) {
    const count = counts[place] ?? 0;
    if (rest < count) return cidr4(base.network + rest * 2 ** (32 - size), size);
    rest -= count;
  }
  throw new Error(`the swarm has no pool ${index}`);
}

/** What the managers have allocated. */
export function poolsOf(swarm: Swarm): readonly Cidr[] {
  return [...swarm.networks.values()].flatMap((network) =>
    network.addressPools.map((pool) => mustParseCidr(pool.subnet)),
  );
}
