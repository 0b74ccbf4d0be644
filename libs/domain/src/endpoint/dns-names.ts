import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import { isUserDefined } from './endpoint-settings.ts';
import { isGatewayNetwork } from './gateway-order.ts';

const shortIdLength = 12;

/** A name that the embedded DNS answers for an endpoint, on its network. */
export type DnsName = {
  /** As written; the DNS compares without regard to case. */
  readonly name: string;
  readonly kind: 'containerName' | 'shortId' | 'alias';
};

/**
 * The names of an endpoint on its network: the container's name unless it was generated, then its
 * aliases, the short id among them. Only networks that a user made have names; a container that
 * does not run has no endpoint.
 *
 * @returns the first is what a reverse look-up answers
 * @source docker/libnetwork network.go updateSvcRecord; transcripts user-bridge-dns, rename-and-dns
 */
export function dnsNames(host: LabHost, endpoint: Endpoint): readonly DnsName[] {
  const network = host.networks.get(endpoint.networkId);
  const container = host.containers.get(endpoint.containerId);
  if (network === undefined || container === undefined) return [];
  if (!isUserDefined(network.name) || endpoint.joined === null) return [];
  const attachment = container.attachments.get(network.name);
  if (attachment === undefined && isGatewayNetwork(network)) return [];
  const names = new Map<string, DnsName>();
  const add = (name: string, kind: DnsName['kind']): void => {
    if (!names.has(name)) names.set(name, { name, kind });
  };
  if (!container.hasGeneratedName) add(container.name, 'containerName');
  const shortId = container.id.slice(0, shortIdLength);
  for (const alias of attachment?.endpoint.aliases ?? []) {
    add(alias, alias === shortId ? 'shortId' : 'alias');
  }
  return [...names.values()];
}
