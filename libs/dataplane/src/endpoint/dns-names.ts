import type { Attachment, Container } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import { hasEmbeddedDns } from '../network/embedded-dns-networks.ts';
import type { DnsNameRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import type { EndpointView } from './endpoint-view.ts';

/** Length of the short id that stands for a container among its aliases. */
const shortIdLength = 12;

/**
 * How the user attached the container; `null` for endpoints that the engine made by itself, and
 * outside of a sandbox: only there have names a meaning.
 */
export function attachmentOf(place: HostPlace, view: EndpointView): Attachment | null {
  if (view.sandbox === null) return null;
  const container = place.host.containers.get(view.endpoint.containerId);
  return container?.attachments.get(view.network.name) ?? null;
}

/**
 * The names under which the embedded DNS knows an endpoint, within its network. A generated
 * container name is not one of them.
 *
 * @source moby/moby v20.10 libnetwork network.go (updateSvcRecord); transcripts user-bridge-dns,
 *   alias-round-robin
 */
export function dnsNames(place: HostPlace, view: EndpointView): TableRow[] {
  const { endpoint, network } = view;
  const container = place.host.containers.get(endpoint.containerId);
  const attachment = attachmentOf(place, view);
  const isNamed = endpoint.joined !== null && endpoint.ipv4 !== '';
  if (container === undefined || attachment === null || !isNamed) return [];
  if (!hasEmbeddedDns(network.name)) return [];
  const address = bareAddress(endpoint.ipv4);
  return [...kindsByName(container, attachment)].map(([name, kind]): TableRow => {
    const row: DnsNameRow = {
      ...onHost(place),
      networkId: network.id,
      name,
      endpointId: endpoint.id,
      address,
      kind,
    };
    return { table: 'dnsName', row };
  });
}

/** Lower case, each name once: the container's own name, then its aliases. */
function kindsByName(
  container: Container,
  attachment: Attachment,
): ReadonlyMap<string, DnsNameRow['kind']> {
  const shortId = container.id.slice(0, shortIdLength);
  const kinds = new Map<string, DnsNameRow['kind']>();
  if (!container.hasGeneratedName) kinds.set(container.name.toLowerCase(), 'containerName');
  for (const alias of [...attachment.endpoint.aliases, shortId]) {
    const name = alias.toLowerCase();
    if (name !== '' && !kinds.has(name)) kinds.set(name, name === shortId ? 'shortId' : 'alias');
  }
  return kinds;
}
