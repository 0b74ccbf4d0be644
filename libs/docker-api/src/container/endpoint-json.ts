import { gatewayAddress, shownMac } from '@netfold/domain';
import type { Attachment, Container, Endpoint, LabHost, Network } from '@netfold/domain';
import { sortedMap } from '../http/fields.ts';

const split = (address: string): { bare: string; prefix: number } => {
  const at = address.indexOf('/');
  if (at < 0) return { bare: address, prefix: 0 };
  return { bare: address.slice(0, at), prefix: Number(address.slice(at + 1)) };
};

/** The endpoint of a container on one of the networks it is attached to; only while it runs. */
const endpointOf = (
  host: LabHost,
  container: Container,
  attachment: Attachment,
): Endpoint | null => {
  const network = networkOf(host, attachment);
  for (const id of network?.endpointIds.keys() ?? []) {
    const endpoint = host.endpoints.get(id);
    if (endpoint?.containerId === container.id && endpoint.joined !== null) return endpoint;
  }
  return null;
};

const networkOf = (host: LabHost, attachment: Attachment): Network | undefined =>
  host.networks.get(attachment.networkId);

const orNull = (list: readonly string[]): readonly string[] | null =>
  list.length === 0 ? null : list;

/** What was asked for; on an overlay, what the manager gave, as if it had been asked for. */
const ipamJson = (
  { endpoint }: Attachment,
  network: Network | undefined,
  ipv4: string,
): Record<string, unknown> | null => {
  const given = network?.scope === 'swarm' ? ipv4 : '';
  const address = endpoint.ipv4Address === '' ? given : endpoint.ipv4Address;
  const config = {
    ...(address === '' ? {} : { IPv4Address: address }),
    ...(endpoint.ipv6Address === '' ? {} : { IPv6Address: endpoint.ipv6Address }),
    ...(endpoint.linkLocalIPs.length === 0 ? {} : { LinkLocalIPs: endpoint.linkLocalIPs }),
  };
  const isGiven = Object.keys(config).length > 0 || endpoint.hasIpamConfig === true;
  return isGiven ? config : null;
};

const driverOptionsJson = ({ endpoint }: Attachment): Record<string, string> | null => {
  const entries = Object.entries(endpoint.driverOptions);
  return entries.length === 0 && endpoint.hasDriverOptions !== true ? null : sortedMap(entries);
};

/** Of a container that never had a sandbox: what its endpoint was before the start was refused. */
const remembered = (
  attachment: Attachment | undefined,
): Pick<Endpoint, 'id' | 'ipv4' | 'ipv6' | 'mac'> | null => {
  if (attachment?.remembered === undefined) return null;
  const { endpointId, ...addresses } = attachment.remembered;
  return { id: endpointId, ...addresses };
};

/** The address part that `NetworkSettings` repeats for the default bridge. */
export type AddressJson = {
  readonly EndpointID: string;
  readonly Gateway: string;
  readonly GlobalIPv6Address: string;
  readonly GlobalIPv6PrefixLen: number;
  readonly IPAddress: string;
  readonly IPPrefixLen: number;
  readonly IPv6Gateway: string;
  readonly MacAddress: string;
};

/** Addresses of a container on one network; empty texts and zeros unless joined. */
export const addressJson = (
  host: LabHost,
  container: Container,
  attachment: Attachment | undefined,
): AddressJson => {
  const endpoint = attachment === undefined ? null : endpointOf(host, container, attachment);
  const network = attachment === undefined ? undefined : networkOf(host, attachment);
  // Settings that were never cleaned: all but the gateway, which comes with the sandbox.
  const shown = endpoint ?? remembered(attachment);
  const four = split(shown?.ipv4 ?? '');
  const six = split(shown?.ipv6 ?? '');
  const isJoined = endpoint !== null && network !== undefined;
  return {
    EndpointID: shown?.id ?? '',
    Gateway: isJoined && four.bare !== '' ? gatewayAddress(network, 4) : '',
    GlobalIPv6Address: six.bare,
    GlobalIPv6PrefixLen: six.prefix,
    IPAddress: four.bare,
    IPPrefixLen: four.prefix,
    IPv6Gateway: isJoined && six.bare !== '' ? gatewayAddress(network, 6) : '',
    MacAddress: isJoined ? shownMac(container, network, endpoint.mac) : (shown?.mac ?? ''),
  };
};

/**
 * One entry of `NetworkSettings.Networks`.
 * @source moby/moby v20.10 api/types/network/network.go (EndpointSettings)
 */
const settingsJson = (
  host: LabHost,
  container: Container,
  attachment: Attachment,
  isListed: boolean,
): unknown => {
  const address = addressJson(host, container, attachment);
  return {
    IPAMConfig: ipamJson(attachment, networkOf(host, attachment), address.IPAddress),
    Links: isListed ? null : orNull(attachment.endpoint.links),
    Aliases: isListed ? null : orNull(attachment.endpoint.aliases),
    NetworkID: attachment.networkId,
    EndpointID: address.EndpointID,
    Gateway: address.Gateway,
    IPAddress: address.IPAddress,
    IPPrefixLen: address.IPPrefixLen,
    IPv6Gateway: address.IPv6Gateway,
    GlobalIPv6Address: address.GlobalIPv6Address,
    GlobalIPv6PrefixLen: address.GlobalIPv6PrefixLen,
    MacAddress: address.MacAddress,
    DriverOpts: isListed ? null : driverOptionsJson(attachment),
  };
};

/** Every network a container is attached to, running or not, by name. */
export const networksJson = (
  host: LabHost,
  container: Container,
  isListed: boolean,
): Record<string, unknown> =>
  sortedMap(
    [...container.attachments.entries()].map(
      ([name, attachment]) => [name, settingsJson(host, container, attachment, isListed)] as const,
    ),
  );
