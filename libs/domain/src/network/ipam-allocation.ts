import {
  containsAddress,
  formatIp,
  formatNetwork,
  ipv4Mask,
  mustParseCidr,
  overlaps,
  parseCidr,
  parseIp,
} from '@netfold/addressing';
import type { Cidr } from '@netfold/addressing';
import type { IpamPoolSpec, NetworkPool, Refusal } from '@netfold/contracts';
import { makeAddressPool, takeAddress, takeNextAddress } from '../pool/address-pool.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import { choosePredefinedPool } from '../pool/predefined-pools.ts';
import * as refusals from '../refusal/ipam.ts';

/** What libnetwork is asked to allocate for one network. */
export type IpamRequest = {
  readonly networkName: string;
  readonly ipamDriver: string;
  readonly isIPv6Enabled: boolean;
  readonly pools: readonly IpamPoolSpec[];
};

/** What stands in the way of a pool: the address space of one host. */
export type AddressSpace = {
  readonly name: 'LocalDefault' | 'GlobalDefault';
  readonly pools: readonly PoolInUse[];
  /** What the host reaches otherwise; only predefined pools give way to it. */
  readonly routes: readonly Cidr[];
  readonly cursor: number;
};

/** `ipRange` as typed: libnetwork tells sub-pools of one pool apart by their text. */
export type PoolInUse = { readonly pool: Cidr; readonly ipRange: string };

/** The cursor moves on also when something later is refused. */
export type IpamAllocation = {
  readonly pools: readonly NetworkPool[];
  readonly cursor: number;
  readonly refusal: Refusal | null;
  /** What the engine forgets to give back when it refuses. */
  readonly abandoned: readonly AbandonedPool[];
};

type AbandonedPool = Pick<NetworkPool, 'subnet' | 'ipRange'>;

type Step = { readonly pool: NetworkPool; readonly cursor: number } | StepRefused;
type StepRefused = {
  readonly refusal: Refusal;
  readonly cursor: number;
  /** The pool that was taken and stays so. */
  readonly abandoned?: AbandonedPool;
};

/**
 * Gives a network its pools, gateways and auxiliary addresses, IPv4 first, in the engine's order.
 * IPv6 pools of a network without IPv6 are kept as typed and allocated nothing.
 *
 * @source docker/libnetwork network.go ipamAllocate and ipamAllocateVersion
 */
export function allocatePools(request: IpamRequest, space: AddressSpace): IpamAllocation {
  const ofFamily = (family: 4 | 6): readonly IpamPoolSpec[] =>
    request.pools.filter((pool) => parseCidr(pool.subnet)?.family === family);
  const first = allocateFamily(request, space, 4, orOneEmpty(ofFamily(4)));
  if (first.refusal !== null) return first;
  const idle = ofFamily(6);
  if (!request.isIPv6Enabled) {
    return { ...first, pools: [...first.pools, ...idle.map(configuredPool)] };
  }
  const taken = first.pools.map((pool) => poolInUse(pool));
  const rest: AddressSpace = {
    ...space,
    pools: [...space.pools, ...taken],
    cursor: first.cursor,
  };
  const second = allocateFamily(request, rest, 6, orOneEmpty(idle));
  return { ...second, pools: [...first.pools, ...second.pools] };
}

/**
 * Only the pools that were asked for, in their order: how the managers of a swarm allocate.
 *
 * @source swarmkit manager/allocator/cnmallocator/networkallocator.go allocatePools
 */
export function allocateExactly(request: IpamRequest, space: AddressSpace): IpamAllocation {
  return allocateFamily(request, space, 4, request.pools);
}

function orOneEmpty(pools: readonly IpamPoolSpec[]): readonly IpamPoolSpec[] {
  return pools.length > 0 ? pools : [{ subnet: '', ipRange: '', gateway: '', auxAddresses: {} }];
}

/** A pool as the user described it, with nothing allocated: what a config-only network holds. */
export function configuredPool(spec: IpamPoolSpec): NetworkPool {
  return {
    family: mustParseCidr(spec.subnet).family,
    subnet: spec.subnet,
    ipRange: spec.ipRange,
    gateway: spec.gateway,
    auxAddresses: spec.auxAddresses,
    isPredefined: false,
    isGatewayGiven: spec.gateway !== '',
  };
}

export function poolInUse(pool: Pick<NetworkPool, 'subnet' | 'ipRange'>): PoolInUse {
  return { pool: mustParseCidr(pool.subnet), ipRange: pool.ipRange };
}

function allocateFamily(
  request: IpamRequest,
  space: AddressSpace,
  family: 4 | 6,
  specs: readonly IpamPoolSpec[],
): IpamAllocation {
  const pools: NetworkPool[] = [];
  const inUse = [...space.pools];
  let { cursor } = space;
  for (const spec of specs) {
    const known = parseCidr(spec.subnet)?.family ?? family;
    const step = allocateOne(request, { ...space, pools: inUse, cursor }, known, spec);
    ({ cursor } = step);
    if ('refusal' in step) {
      const { refusal, abandoned: last } = step;
      return { pools: [], cursor, refusal, abandoned: last ? [...pools.map(bare), last] : [] };
    }
    pools.push(step.pool);
    inUse.push(poolInUse(step.pool));
  }
  return { pools, cursor, refusal: null, abandoned: [] };
}

function bare({ subnet, ipRange }: NetworkPool): AbandonedPool {
  return { subnet, ipRange };
}

function allocateOne(
  request: IpamRequest,
  space: AddressSpace,
  family: 4 | 6,
  spec: IpamPoolSpec,
): Step {
  const { cursor } = space;
  if (spec.gateway !== '' && parseIp(spec.gateway) === null) {
    return { refusal: refusals.invalidGateway(spec.gateway), cursor };
  }
  if (spec.subnet === '') return allocatePredefined(request, space, family, spec);
  const refusal = refusalOfPool(space, spec);
  return refusal === null ? withAddresses(request, spec, spec.subnet, cursor) : { refusal, cursor };
}

function allocatePredefined(
  request: IpamRequest,
  space: AddressSpace,
  family: 4 | 6,
  spec: IpamPoolSpec,
): Step {
  if (family === 6) return { refusal: refusals.noPredefinedPool(6), cursor: space.cursor };
  const inUse = space.pools.map((other) => other.pool);
  const { subnet, cursor } = choosePredefinedPool(space.cursor, inUse, space.routes);
  if (subnet === null) return { refusal: refusals.noPredefinedPool(4), cursor };
  return withAddresses(request, spec, subnet, cursor);
}

/** A sub-pool is only compared with those of the same text: so the engine lets overlaps pass. */
function refusalOfPool(space: AddressSpace, spec: IpamPoolSpec): Refusal | null {
  const pool = mustParseCidr(spec.subnet);
  if (spec.ipRange !== '') {
    const reason = reasonAgainstRange(pool, spec.ipRange);
    if (reason !== null) {
      const request = { space: space.name, pool: spec.subnet, subPool: spec.ipRange };
      return refusals.invalidPoolRequest(request, reason);
    }
    const isTaken = space.pools.some(
      (other) =>
        other.ipRange === spec.ipRange && formatNetwork(other.pool) === formatNetwork(pool),
    );
    return isTaken ? refusals.poolOverlap() : null;
  }
  const overlapping = space.pools.some((other) => overlaps(other.pool, pool));
  return overlapping ? refusals.poolOverlap() : null;
}

/** @source docker/libnetwork ipam/utils.go getAddressRange */
function reasonAgainstRange(pool: Cidr, ipRange: string): string | null {
  const range = parseCidr(ipRange);
  if (range === null) return 'Invalid Address SubPool';
  if (range.family === pool.family) return null;
  const mask = pool.family === 4 ? ipv4Mask(pool.prefixLength) : ipv6Mask(pool.prefixLength);
  return refusals.incompatibleRange(
    bytesOf(BigInt(range.network), range.family),
    bytesOf(BigInt(mask), pool.family),
  );
}

function ipv6Mask(prefixLength: number): bigint {
  const hostBits = BigInt(128 - prefixLength);
  return ((1n << 128n) - 1n) ^ ((1n << hostBits) - 1n);
}

function bytesOf(value: bigint, family: 4 | 6): readonly number[] {
  const length = family === 4 ? 4 : 16;
  return Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn),
  );
}

function withAddresses(
  request: IpamRequest,
  spec: IpamPoolSpec,
  subnet: string,
  cursor: number,
): Step {
  const empty = makeAddressPool(subnet, spec.ipRange);
  const gateway = takeGateway(empty, spec.gateway);
  if ('refusal' in gateway) return { refusal: gateway.refusal, cursor };
  const refusal = refusalOfAuxAddresses(request, spec, gateway.pool);
  if (refusal !== null) {
    // Of these two the engine's own clean-up is not told that anything failed.
    const isForgotten =
      refusal.code === 'InvalidAuxAddress' || refusal.code === 'AuxAddressOutside';
    const abandoned = isForgotten ? { abandoned: { subnet, ipRange: spec.ipRange } } : {};
    return { refusal, cursor, ...abandoned };
  }
  return {
    cursor,
    pool: {
      family: mustParseCidr(subnet).family,
      subnet,
      ipRange: spec.ipRange,
      gateway: gateway.address,
      auxAddresses: spec.auxAddresses,
      isPredefined: spec.subnet === '',
      isGatewayGiven: spec.gateway !== '',
    },
  };
}

function takeGateway(
  pool: AddressPool,
  gateway: string,
): { readonly pool: AddressPool; readonly address: string } | { readonly refusal: Refusal } {
  const wanted = parseIp(gateway);
  if (wanted === null) {
    const next = takeNextAddress(pool);
    if (next === null) return { refusal: refusals.gatewayNotAllocated(gateway, 'full') };
    return { pool: next.pool, address: formatIp(next.address) };
  }
  const taken = takeAddress(pool, wanted);
  if (typeof taken === 'string') return { refusal: refusals.gatewayNotAllocated(gateway, taken) };
  return { pool: taken, address: formatIp(wanted) };
}

function refusalOfAuxAddresses(
  request: IpamRequest,
  spec: IpamPoolSpec,
  pool: AddressPool,
): Refusal | null {
  const cidr = mustParseCidr(pool.subnet);
  let addresses = pool;
  for (const [name, text] of Object.entries(spec.auxAddresses)) {
    const address = parseIp(text);
    if (address === null) return refusals.invalidAuxAddress(name, text, request.networkName);
    if (!containsAddress(cidr, address)) {
      return refusals.auxAddressOutside(name, text, formatNetwork(cidr));
    }
    const taken = takeAddress(addresses, address);
    if (typeof taken === 'string') return refusals.auxAddressNotAllocated(name, text, taken);
    addresses = taken;
  }
  return null;
}
