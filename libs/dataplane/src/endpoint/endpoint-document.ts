import type { EndpointDocumentRow, EndpointRow } from '../rows.ts';
import { sandboxRoutes } from '../sandbox/sandbox-routes.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { sandboxInterface } from './endpoint-links.ts';
import type { EndpointView } from './endpoint-view.ts';

/** What a host's page shows of an endpoint, in one piece: itself, its interface, its way out. */
export function endpointDocument(
  place: HostPlace,
  { sandbox }: EndpointView,
  parts: { readonly endpoint: EndpointRow; readonly links: readonly TableRow[] },
): EndpointDocumentRow {
  const { endpoint, links } = parts;
  return {
    ...onHost(place),
    endpointId: endpoint.endpointId,
    networkId: endpoint.networkId,
    ordinal: endpoint.ordinal,
    document: {
      endpoint,
      interface: sandboxInterface(links),
      routes: sandbox === null ? [] : sandboxRoutes(place, sandbox),
    },
  };
}
