import type { Refusal, RefusalClass } from '@netfold/contracts';
import { goQuoted } from './go-quoted.ts';

/** Docker's refusals about pools and addresses; see `network.ts` for the conventions. */
function refusal(refusalClass: RefusalClass, code: string, message: string): Refusal {
  return { class: refusalClass, code, message };
}

/** @source libnetwork network.go IpamConf.Validate */
export function invalidGateway(gateway: string): Refusal {
  return refusal(
    'internal',
    'InvalidGateway',
    `invalid gateway address ${gateway} in Ipam configuration`,
  );
}

/** @source libnetwork ipam/allocator.go RequestPool */
export function invalidPoolRequest(
  request: { readonly space: string; readonly pool: string; readonly subPool: string },
  reason: string,
): Refusal {
  const { space, pool, subPool } = request;
  return refusal(
    'internal',
    'InvalidPoolRequest',
    `failed to parse pool request for address space "${space}" pool ${goQuoted(pool)} ` +
      `subpool ${goQuoted(subPool)}: ${reason}`,
  );
}

/** Go prints the bytes. @source libnetwork types/types.go compareIPMask; seen on a real engine */
export function incompatibleRange(
  ipBytes: readonly number[],
  maskBytes: readonly number[],
): string {
  const printed = (bytes: readonly number[]): string =>
    bytes.map((byte) => `0x${byte.toString(16)}`).join(', ');
  return (
    "failed to compute range's lowest ip address: cannot compute host portion ip address because " +
    `ip and mask are not compatible: (net.IP{${printed(ipBytes)}}, ` +
    `net.IPMask{${printed(maskBytes)}})`
  );
}

/** @source libnetwork ipamapi/contract.go ErrPoolOverlap; transcript ipam-errors-overlap-invalid */
export function poolOverlap(): Refusal {
  return refusal('forbidden', 'PoolOverlap', 'Pool overlaps with other one on this address space');
}

/** @source libnetwork ipam/allocator.go getPredefinedPool; transcript pool-exhaustion */
export function noPredefinedPool(family: 4 | 6): Refusal {
  return refusal(
    'notFound',
    'NoPredefinedPool',
    `could not find an available, non-overlapping IPv${family} address pool among the defaults ` +
      'to assign to the network',
  );
}

/** Why the allocator did not give an address, as a wrapping error repeats it. */
export const addressProblemTexts = {
  full: 'No available addresses on this pool',
  inUse: 'Address already in use',
  outOfPool: 'Requested address is out of range',
} as const;

/** @source libnetwork network.go ipamAllocateVersion; transcript ipam-exhaustion-small-subnets */
export function gatewayNotAllocated(
  gateway: string,
  problem: keyof typeof addressProblemTexts,
): Refusal {
  return refusal(
    'internal',
    'GatewayNotAllocated',
    `failed to allocate gateway (${gateway}): ${addressProblemTexts[problem]}`,
  );
}

/** @source libnetwork network.go ipamAllocateVersion */
export function invalidAuxAddress(name: string, address: string, network: string): Refusal {
  return refusal(
    'internal',
    'InvalidAuxAddress',
    `non parsable secondary ip address (${name}:${address}) passed for network ${network}`,
  );
}

/** @source libnetwork network.go ipamAllocateVersion */
export function auxAddressOutside(name: string, address: string, pool: string): Refusal {
  return refusal(
    'forbidden',
    'AuxAddressOutside',
    `auxiliary address: (${name}:${address}) must belong to the master pool: ${pool}`,
  );
}

/** @source libnetwork network.go ipamAllocateVersion */
export function auxAddressNotAllocated(
  name: string,
  address: string,
  problem: keyof typeof addressProblemTexts,
): Refusal {
  return refusal(
    'internal',
    'AuxAddressNotAllocated',
    `failed to allocate secondary ip address (${name}:${address}): ${addressProblemTexts[problem]}`,
  );
}

/** @source libnetwork ipams/null/null.go RequestPool */
export function nullIpamWithPool(): Refusal {
  return refusal(
    'internal',
    'NullIpamWithPool',
    'null ipam driver does not handle specific address pool requests',
  );
}

/** @source libnetwork ipams/null/null.go RequestPool */
export function nullIpamWithIPv6(): Refusal {
  return refusal(
    'internal',
    'NullIpamWithIPv6',
    'null ipam driver does not handle IPv6 address pool pool requests',
  );
}
