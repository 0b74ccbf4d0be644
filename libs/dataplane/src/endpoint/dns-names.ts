import { dnsNames } from '@netfold/domain';
import type { DnsName } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import type { DnsNameRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import type { EndpointView } from './endpoint-view.ts';

/**
 * The names under which the embedded DNS knows an endpoint, within its network, one row per
 * address (A and AAAA). Outside of a sandbox they have no meaning.
 */
export function dnsNameRows(place: HostPlace, view: EndpointView): TableRow[] {
  const { endpoint, network, sandbox } = view;
  if (sandbox === null) return [];
  const addresses = [endpoint.ipv4, endpoint.ipv6].filter(Boolean).map(bareAddress);
  return withoutCase(dnsNames(place.host, endpoint)).flatMap(([name, kind]) =>
    addresses.map((address): TableRow => {
      const row: DnsNameRow = {
        ...onHost(place),
        networkId: network.id,
        name,
        endpointId: endpoint.id,
        address,
        kind,
      };
      return { table: 'dnsName', row };
    }),
  );
}

/** The DNS compares without regard to case: each name once, in lower case, the first kind wins. */
function withoutCase(names: readonly DnsName[]): readonly (readonly [string, DnsName['kind']])[] {
  const kinds = new Map<string, DnsName['kind']>();
  for (const { name, kind } of names) {
    const key = name.toLowerCase();
    if (!kinds.has(key)) kinds.set(key, kind);
  }
  return [...kinds];
}
