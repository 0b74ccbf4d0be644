import type { Endpoint, Network, Sandbox } from '@netfold/domain';
import type { HostPlace } from '../table-row.ts';

/** An endpoint with what stands around it: all that its contribution may look at. */
export type EndpointView = {
  readonly endpoint: Endpoint;
  readonly network: Network;
  /** `null` until joined, and in host mode. */
  readonly sandbox: Sandbox | null;
};

/** @returns `null` where the network is gone before its endpoint (a cluster that was left) */
export function endpointView(place: HostPlace, endpoint: Endpoint): EndpointView | null {
  const network = place.host.networks.get(endpoint.networkId);
  if (network === undefined) return null;
  const sandbox = place.host.sandboxes.get(endpoint.joined?.sandboxId ?? '') ?? null;
  return { endpoint, network, sandbox };
}
