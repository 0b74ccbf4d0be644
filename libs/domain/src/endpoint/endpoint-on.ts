import type { Container } from '../state/container.ts';
import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';

/**
 * The endpoint by which the container's own sandbox is joined to the network of that name;
 * `null` while it is not. A container in container mode has no endpoint of its own.
 */
export function endpointOn(
  host: LabHost,
  container: Container,
  networkName: string,
): Endpoint | null {
  const network = host.networks.get(container.attachments.get(networkName)?.networkId ?? '');
  if (network === undefined) return null;
  return endpointsOf(host, container).find((found) => found.networkId === network.id) ?? null;
}

/** The joined endpoints of the container's own sandbox, in order of joining. */
export function endpointsOf(host: LabHost, container: Container): readonly Endpoint[] {
  const id = container.lastSandboxId;
  if (id === '') return [];
  if (id === 'host') return hostEndpointsOf(host, container);
  const endpointIds = host.sandboxes.get(id)?.endpointIds ?? [];
  return endpointIds.flatMap((endpointId) => host.endpoints.get(endpointId) ?? []);
}

/** In host mode there is no sandbox to ask: the endpoint stands on the host network. */
function hostEndpointsOf(host: LabHost, container: Container): readonly Endpoint[] {
  const network = host.networks.get(host.networkNames.get('host') ?? '');
  const found = [...(network?.endpointIds.keys() ?? [])].flatMap(
    (endpointId) => host.endpoints.get(endpointId) ?? [],
  );
  return found.filter((endpoint) => endpoint.containerId === container.id);
}
