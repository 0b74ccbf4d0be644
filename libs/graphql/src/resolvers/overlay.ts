import type { Where } from '@netfold/application';
import type { EndpointRow, NetworkRow } from '@netfold/dataplane';
import { overlayNamespace } from '@netfold/dataplane';
import { gatewayNetworkName, ingressContainerId } from '@netfold/domain';
import type { LabScope } from '../request/lab-scope.ts';
import { containerOf } from './references.ts';

/** The overlay's id is the same on each of its hosts, and so are the names of its members. */
export const namesOnNetwork = ({ driver, host, networkId }: NetworkRow): Where<'dnsName'> =>
  driver === 'overlay' ? { networkId } : { host, networkId };

/** An overlay's bridge and tunnel stand in a namespace of their own. */
export const inOverlay = ({ host, networkId }: NetworkRow): Where<'forwarding'> => ({
  host,
  namespace: overlayNamespace(networkId),
});

/** The names of the host's own networks, and of the overlays that it takes part in. */
export async function namesOnHost(scope: LabScope, host: string): Promise<Where<'dnsName'>> {
  const networks = await scope.rowsWhere('network', ['host'], [host]);
  const overlays = networks.filter(({ driver }) => driver === 'overlay');
  if (overlays.length === 0) return { host };
  const own = await scope.rowsWhere('interface', ['host', 'kind'], [host, 'vxlan']);
  const taken = new Set(own.map(({ namespace }) => namespace));
  const isAnswered = ({ driver, networkId }: NetworkRow): boolean =>
    driver !== 'overlay' || taken.has(overlayNamespace(networkId));
  return { networkId: networks.filter(isAnswered).map(({ networkId }) => networkId) };
}

/**
 * What the engine calls an endpoint. Its own on the gateway network are named after their sandbox,
 * and have no short id of a container among their aliases: nobody asked for them.
 *
 * @source moby/moby v20.10 libnetwork default_gateway.go (createGWNetwork, setupDefaultGW)
 */
export async function endpointName(scope: LabScope, row: EndpointRow): Promise<string | null> {
  const { containerId, sandboxId } = row;
  if (containerId === ingressContainerId) return `gateway_${ingressContainerId}`;
  const isEngines = row.networkName === gatewayNetworkName && row.aliases.length === 0;
  if (isEngines && sandboxId !== null) return `gateway_${sandboxId.slice(0, 12)}`;
  const container = await containerOf(scope, row.host, containerId);
  return container?.row.name ?? null;
}
