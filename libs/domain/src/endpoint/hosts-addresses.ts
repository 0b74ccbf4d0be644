import type { Container } from '../state/container.ts';
import type { Endpoint } from '../state/endpoint.ts';
import type { Network } from '../state/network.ts';
import { isUserDefined } from './endpoint-settings.ts';
import { isGatewayNetwork } from './gateway-order.ts';

/**
 * The addresses for which a sandbox's `/etc/hosts` has a line of its own. They are not those of its
 * endpoints: a line may stay when its endpoint leaves, or go with that of another one.
 *
 * @source moby/moby v20.10 libnetwork endpoint.go (sbJoin, sbLeave), etchosts/etchosts.go (Delete)
 */
export function hostsAddressesWith(
  known: readonly string[],
  { ipv4, ipv6 }: Endpoint,
  network: Network,
): readonly string[] {
  if (isGatewayNetwork(network) || network.isIngress) return known;
  const added = [ipv4, ipv6].filter((address) => address !== '');
  return [...known, ...added.map((address) => address.split('/', 1)[0] ?? '')];
}

/**
 * Leaving a network with DNS deletes every line that names one of the network's services: all of
 * the container's own lines, where its hostname is an alias. It is none when it is the container's
 * name, and a line with a full name has two words.
 */
export function hostsAddressesWithout(
  known: readonly string[],
  container: Container | undefined,
  network: Network,
): readonly string[] {
  if (container === undefined || isGatewayNetwork(network)) return known;
  // The cluster has forgotten an overlay's names by then, and the default networks have none.
  if (network.scope === 'swarm' || !isUserDefined(network.name)) return known;
  const { hostname, domainname } = container.spec;
  const isOneWord = domainname === '' && !hostname.includes('.');
  return isOneWord && hostname !== container.name ? [] : known;
}
