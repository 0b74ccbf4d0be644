import type { EndpointId, NetworkId, SandboxId } from '@netfold/contracts';
import type { Endpoint, Sandbox } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';

export function getEndpoint(host: LabHost, id: EndpointId): Endpoint {
  const endpoint = host.endpoints.get(id);
  if (endpoint === undefined) throw new Error(`no endpoint ${id}`);
  return endpoint;
}

export function getSandbox(host: LabHost, id: SandboxId): Sandbox {
  const sandbox = host.sandboxes.get(id);
  if (sandbox === undefined) throw new Error(`no sandbox ${id}`);
  return sandbox;
}

export function getNetwork(host: LabHost, id: NetworkId): Network {
  const network = host.networks.get(id);
  if (network === undefined) throw new Error(`no network ${id}`);
  return network;
}

export function withEndpoint(
  host: LabHost,
  id: EndpointId,
  change: (endpoint: Endpoint) => Endpoint,
): LabHost {
  return { ...host, endpoints: host.endpoints.with(id, change(getEndpoint(host, id))) };
}

/** The lab host with one sandbox changed; the host's own stack is none of them. */
export function withSandbox(
  host: LabHost,
  id: SandboxId | 'host',
  change: (sandbox: Sandbox) => Sandbox,
): LabHost {
  if (id === 'host') return host;
  return { ...host, sandboxes: host.sandboxes.with(id, change(getSandbox(host, id))) };
}

export function withNetwork(
  host: LabHost,
  id: NetworkId,
  change: (network: Network) => Network,
): LabHost {
  return { ...host, networks: host.networks.with(id, change(getNetwork(host, id))) };
}
