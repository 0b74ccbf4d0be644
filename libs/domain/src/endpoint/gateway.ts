import { parseIpv4 } from '@netfold/addressing';
import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';

/** Drivers that offer their endpoints no next hop. */
const withoutGateway: ReadonlySet<string> = new Set(['overlay', 'host', 'null']);

/**
 * The next hop that an endpoint offers its sandbox, as `inspect` shows it. On a bridge an auxiliary
 * address `DefaultGatewayIPv4` names another one than the bridge's own.
 *
 * @returns a bare address, or empty where the network offers none
 */
export function gatewayAddress(network: Network, family: 4 | 6): string {
  if (withoutGateway.has(network.driver)) return '';
  if (network.driver !== 'bridge' && network.isInternal) return '';
  if (family === 6 && !network.isIPv6Enabled) return '';
  const pool = network.pools.find((each) => each.family === family);
  const asked = network.driver === 'bridge' ? pool?.auxAddresses[`DefaultGatewayIPv${family}`] : '';
  return asked || (pool?.gateway ?? '');
}

/**
 * The next hop of an endpoint where the kernel has no route to it: one for many (224.0.0.0/4).
 *
 * @returns empty where there is a route, or no next hop
 */
export function unreachableGateway(host: LabHost, endpoint: Endpoint): string {
  const network = host.networks.get(endpoint.networkId);
  const gateway = network === undefined ? '' : gatewayAddress(network, 4);
  const value = parseIpv4(gateway);
  return value !== null && value >>> multicastShift === multicastPrefix ? gateway : '';
}

/** RFC 5771: the first four bits of every multicast address. */
const multicastPrefix = 0b1110;
const multicastShift = 28;
