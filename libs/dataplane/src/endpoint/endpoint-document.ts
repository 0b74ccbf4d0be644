import type { EndpointDocumentRow, EndpointRow, InterfaceRow, RouteRow } from '../rows.ts';
import { defaultRoutes } from '../sandbox/sandbox-routes.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import type { EndpointView } from './endpoint-view.ts';

/** What a document holds; JSON as it stands. */
export type EndpointDocument = {
  readonly endpoint: EndpointRow;
  /** Inside the sandbox; `null` before it joined, and where its driver makes none. */
  readonly interface: InterfaceRow | null;
  /** The other half of its pair, on the host or in the overlay's namespace. */
  readonly hostInterface: InterfaceRow | null;
  /** Of the sandbox, through this interface, in the order of the route table's key. */
  readonly routes: readonly RouteRow[];
};

/** What a host's page shows of an endpoint, in one piece: itself, its interface, its routes. */
export function endpointDocument(
  place: HostPlace,
  { sandbox }: EndpointView,
  parts: { readonly endpoint: EndpointRow; readonly links: readonly TableRow[] },
): EndpointDocumentRow {
  const { endpoint, links } = parts;
  const ways = sandbox === null || !endpoint.isGatewayEndpoint ? [] : defaultRoutes(place, sandbox);
  const interfaces = links.flatMap(({ table, row }) => (table === 'interface' ? [row] : []));
  const isInside = ({ namespace }: InterfaceRow): boolean => namespace === endpoint.sandboxId;
  const document: EndpointDocument = {
    endpoint,
    interface: interfaces.find(isInside) ?? null,
    hostInterface: interfaces.find((link) => !isInside(link)) ?? null,
    routes: [...links, ...ways]
      .flatMap(({ table, row }) => (table === 'route' ? [row] : []))
      .filter(({ namespace }) => namespace === endpoint.sandboxId)
      .toSorted(compareKeys),
  };
  return {
    ...onHost(place),
    endpointId: endpoint.endpointId,
    networkId: endpoint.networkId,
    ordinal: endpoint.ordinal,
    document,
  };
}

function compareKeys(one: RouteRow, other: RouteRow): number {
  if (one.family !== other.family) return one.family - other.family;
  if (one.destination === other.destination) return one.metric - other.metric;
  return one.destination < other.destination ? -1 : 1;
}
