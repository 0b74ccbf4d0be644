import { parseHardwareAddress, parseIp } from '@netfold/addressing';
import type { EndpointSpec, Refusal } from '@netfold/contracts';
import { limits } from '../limits.ts';
import { isPredefinedNetwork } from '../network/predefined-name.ts';
import { invalidText, limitReached } from '../refusal/lab.ts';
import {
  addressOnPredefinedNetwork,
  addressWithoutSubnet,
  aliasOnPredefinedNetwork,
  endpointAddressInvalid,
  linkLocalInvalid,
  macInvalid,
} from '../refusal/endpoint.ts';
import type { Container } from '../state/container.ts';
import type { Network } from '../state/network.ts';

const shortIdLength = 12;

export const emptyEndpoint: EndpointSpec = {
  ipv4Address: '',
  ipv6Address: '',
  linkLocalIPs: [],
  aliases: [],
  links: [],
  macAddress: '',
  driverOptions: {},
};

/** Only on networks that a user made are names resolved and addresses asked for. */
export function isUserDefined(networkName: string): boolean {
  return !isPredefinedNetwork(networkName);
}

/**
 * The settings as the engine keeps them from the first connect on: with the short id and the
 * hostname as further aliases.
 *
 * @source moby/moby daemon/container_operations.go updateNetworkConfig
 */
export function withOwnAliases(
  container: Container,
  network: Network,
  endpoint: EndpointSpec,
): EndpointSpec {
  if (!isUserDefined(network.name)) return endpoint;
  const own = [container.id.slice(0, shortIdLength), container.spec.hostname];
  const missing = [...new Set(own)].filter((alias) => !endpoint.aliases.includes(alias));
  return missing.length === 0
    ? endpoint
    : { ...endpoint, aliases: [...endpoint.aliases, ...missing] };
}

/**
 * @returns why the settings do not fit the network, or `null`
 * @source moby/moby daemon/container_operations.go validateNetworkingConfig
 */
export function settingsProblem(network: Network, endpoint: EndpointSpec): Refusal | null {
  const hasAddress = endpoint.ipv4Address !== '' || endpoint.ipv6Address !== '';
  if (!isUserDefined(network.name)) {
    if (hasAddress) return addressOnPredefinedNetwork();
    if (endpoint.aliases.length > 0) return aliasOnPredefinedNetwork();
  }
  // What the managers of a swarm configured counts as the user's.
  const hasSubnet = (family: 4 | 6): boolean =>
    network.pools.some(
      (pool) => pool.family === family && (network.scope === 'swarm' || !pool.isPredefined),
    );
  if (endpoint.ipv4Address !== '' && !hasSubnet(4)) return addressWithoutSubnet();
  return endpoint.ipv6Address !== '' && !hasSubnet(6) ? addressWithoutSubnet() : null;
}

/** The engine has no such limits; a lab must. */
export function aliasLimitProblem({ aliases }: Pick<EndpointSpec, 'aliases'>): Refusal | null {
  const { aliasesPerEndpointMax, aliasLengthMax } = limits;
  if (aliases.length > aliasesPerEndpointMax) {
    return limitReached('aliases of an endpoint', aliasesPerEndpointMax, aliases.length);
  }
  const tooLong = aliases.find((alias) => alias.length > aliasLengthMax);
  if (tooLong === undefined) return null;
  return invalidText('alias', tooLong, `at most ${aliasLengthMax} characters`);
}

/**
 * @returns what cannot be read of the settings, or `null`
 * @source moby/moby daemon/network.go buildCreateEndpointOptions
 */
export function optionsProblem(
  container: Container,
  network: Network,
  endpoint: EndpointSpec,
): Refusal | null {
  const { linkLocalIPs, ipv4Address, ipv6Address } = endpoint;
  if (linkLocalIPs.some((text) => text !== '' && parseIp(text) === null)) {
    return linkLocalInvalid(linkLocalIPs);
  }
  if (ipv4Address !== '' && parseIp(ipv4Address) === null) {
    return endpointAddressInvalid(4, ipv4Address);
  }
  if (ipv6Address !== '' && parseIp(ipv6Address) === null) {
    return endpointAddressInvalid(6, ipv6Address);
  }
  const wantedMac = ownMac(container, network);
  return wantedMac !== '' && parseHardwareAddress(wantedMac) === null
    ? macInvalid(wantedMac)
    : null;
}

/**
 * The link-layer address of an endpoint as `inspect` shows it: of one that was asked for, all its
 * octets, of which the interface has the first six.
 */
export function shownMac(container: Container, network: Network, mac: string): string {
  const wanted = parseHardwareAddress(ownMac(container, network));
  return wanted !== null && wanted.startsWith(`${mac}:`) ? wanted : mac;
}

/** `--mac-address` goes to the network that the container was made for, and to no other. */
export function ownMac(container: Container, network: Network): string {
  const { networkMode, macAddress } = container.spec;
  const isDefault = networkMode === 'default' && network.name === 'bridge';
  return network.name === networkMode || isDefault ? macAddress : '';
}
