import { gatewayAddress, gatewayEndpoint } from '@netfold/domain';
import type { Sandbox } from '@netfold/domain';
import { defaultRoute } from '../links.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The ways out of a sandbox: through its gateway endpoint, in each family that offers one. */
export function defaultRoutes(place: HostPlace, sandbox: Sandbox): TableRow[] {
  const endpoint = gatewayEndpoint(place.host, sandbox.id);
  const network = endpoint && place.host.networks.get(endpoint.networkId);
  const device = endpoint?.joined?.interfaceName ?? '';
  if (!network || device === '') return [];
  return ([4, 6] as const)
    .map((family) => gatewayAddress(network, family))
    .filter((gateway) => gateway !== '')
    .map((gateway) => defaultRoute(place, sandbox.id, { gateway, device }));
}
