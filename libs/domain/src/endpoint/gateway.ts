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
