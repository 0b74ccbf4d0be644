import {
  containsAddress,
  formatIp,
  macFromIpv4,
  mustParseCidr,
  parseIp,
  parseIpv4,
} from '@netfold/addressing';
import type { EndpointSpec, Refusal } from '@netfold/contracts';
import { takeAddress, takeNextAddress } from '../pool/address-pool.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import {
  addressesExhausted,
  addressInUse,
  addressOutsideSubnets,
  poolFull,
} from '../refusal/endpoint.ts';
import type { Network } from '../state/network.ts';

/** Addresses with prefix length; empty where the endpoint has none. */
export type EndpointAddresses = { readonly ipv4: string; readonly ipv6: string };

/**
 * Chooses the addresses of a new endpoint: the ones asked for, else the lowest free ones.
 *
 * @source docker/libnetwork endpoint.go assignAddressVersion
 */
export function chooseAddresses(
  network: Network,
  wanted: Pick<EndpointSpec, 'ipv4Address' | 'ipv6Address'>,
): EndpointAddresses | Refusal {
  const ipv4 = chooseAddress(network, 4, wanted.ipv4Address);
  if (typeof ipv4 !== 'string') return ipv4;
  const ipv6 = network.isIPv6Enabled ? chooseAddress(network, 6, wanted.ipv6Address) : '';
  return typeof ipv6 === 'string' ? { ipv4, ipv6 } : ipv6;
}

/** `02:42` and the address, unless one was asked for; empty without either. */
export function chooseMac(addresses: EndpointAddresses, wanted: string): string {
  if (wanted !== '') return wanted;
  const ipv4 = parseIpv4(addresses.ipv4.split('/')[0] ?? '');
  return ipv4 === null ? '' : macFromIpv4(ipv4);
}

function chooseAddress(network: Network, family: 4 | 6, wanted: string): string | Refusal {
  const pools = network.addressPools.filter((pool) => familyOf(pool) === family);
  // An IPv6 address is not mandatory.
  if (pools.length === 0 && family === 6) return '';
  return wanted === '' ? chooseNext(network, pools, family) : chooseWanted(pools, wanted);
}

function chooseNext(
  network: Network,
  pools: readonly AddressPool[],
  family: 4 | 6,
): string | Refusal {
  for (const pool of pools) {
    const taken = takeNextAddress(pool);
    if (taken !== null) return formatIp(taken.address) + prefixOf(pool);
  }
  return addressesExhausted(family, network.name, network.id);
}

function chooseWanted(pools: readonly AddressPool[], wanted: string): string | Refusal {
  const address = parseIp(wanted);
  const pool = pools.find(
    (candidate) => address && containsAddress(mustParseCidr(candidate.subnet), address),
  );
  if (address === null || pool === undefined) return addressOutsideSubnets(wanted);
  const result = takeAddress(pool, address);
  if (result === 'inUse') return addressInUse();
  if (result === 'full') return poolFull();
  if (result === 'outOfPool') return addressOutsideSubnets(wanted);
  return formatIp(address) + prefixOf(pool);
}

function familyOf(pool: AddressPool): 4 | 6 {
  return pool.subnet.includes(':') ? 6 : 4;
}

function prefixOf(pool: AddressPool): string {
  return `/${mustParseCidr(pool.subnet).prefixLength}`;
}
