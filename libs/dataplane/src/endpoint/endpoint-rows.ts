import { gatewayAddress, gatewayEndpoint } from '@netfold/domain';
import type { Endpoint } from '@netfold/domain';
import type { EndpointRow } from '../rows.ts';
import { learntByEndpoint } from '../traffic/learnt-rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { dnsNameRows } from './dns-names.ts';
import { endpointDocument } from './endpoint-document.ts';
import { endpointLinks } from './endpoint-links.ts';
import { endpointView } from './endpoint-view.ts';
import type { EndpointView } from './endpoint-view.ts';

/** One endpoint: its row, its links and their routes and FDB entries, its names, its document. */
export function endpointContribution(place: HostPlace, endpoint: Endpoint): TableRow[] {
  const view = endpointView(place, endpoint);
  if (view === null) return [];
  const row = endpointRow(place, view);
  const links = endpointLinks(place, view);
  return [
    { table: 'endpoint', row },
    ...links,
    ...learntByEndpoint(place, view),
    ...dnsNameRows(place, view),
    { table: 'endpointDocument', row: endpointDocument(place, view, { endpoint: row, links }) },
  ];
}

function endpointRow(place: HostPlace, view: EndpointView): EndpointRow {
  const { endpoint, network, sandbox } = view;
  const { joined } = endpoint;
  const gateway = sandbox === null ? null : gatewayEndpoint(place.host, sandbox.id);
  const hasInterface = joined !== null && joined.interfaceName !== '';
  return {
    ...onHost(place),
    endpointId: endpoint.id,
    networkId: network.id,
    networkName: network.name,
    containerId: endpoint.containerId,
    sandboxId: joined?.sandboxId ?? null,
    ipv4: endpoint.ipv4 === '' ? null : endpoint.ipv4,
    ipv6: endpoint.ipv6 === '' ? null : endpoint.ipv6,
    mac: endpoint.mac,
    gateway: gatewayAddress(network, 4) || null,
    isGatewayEndpoint: gateway?.id === endpoint.id,
    aliases: aliasesOf(place, view),
    interfaceName: hasInterface ? joined.interfaceName : null,
    interfaceIndex: hasInterface ? joined.interfaceIndex : null,
    vethName: joined?.veth?.name ?? null,
    vethInterfaceIndex: joined?.veth?.interfaceIndex ?? null,
    ordinal: endpoint.ordinal,
  };
}

/** As `inspect` shows them; outside of a sandbox aliases have no meaning. */
function aliasesOf(place: HostPlace, { endpoint, network, sandbox }: EndpointView) {
  const container = place.host.containers.get(endpoint.containerId);
  if (sandbox === null) return [];
  return container?.attachments.get(network.name)?.endpoint.aliases ?? [];
}
