import type { SandboxId } from '@netfold/contracts';
import type { Endpoint, Sandbox } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';

/** The bridge that gives overlay containers their way out. */
export const gatewayNetworkName = 'docker_gwbridge';

const prefixOption = 'com.docker.network.container_iface_prefix';

/** What the order of a sandbox's endpoints is decided by. */
export type NetworkTraits = {
  readonly name: string;
  readonly driver: string;
  readonly isInternal: boolean;
  readonly hasGateway: boolean;
  readonly hasGatewayIPv6: boolean;
  /** Of interface names in the sandbox: `eth`, unless the bridge option says otherwise. */
  readonly interfacePrefix: string;
};

/** Whether a driver gives its endpoints a gateway. An internal bridge network does on 20.10. */
export function traitsOf(network: Network): NetworkTraits {
  const { name, driver, isInternal } = network;
  const givesGateway =
    driver === 'bridge' || (!isInternal && (driver === 'macvlan' || driver === 'ipvlan'));
  const hasPool = (family: 4 | 6): boolean =>
    network.pools.some((pool) => pool.family === family && pool.gateway !== '');
  return {
    name,
    driver,
    isInternal,
    hasGateway: givesGateway && (driver === 'bridge' || hasPool(4)),
    hasGatewayIPv6: givesGateway && network.isIPv6Enabled && hasPool(6),
    interfacePrefix: network.options[prefixOption] ?? 'eth',
  };
}

/**
 * The order of the endpoints of a sandbox: the first with a gateway is the way to the outside, and
 * interfaces are named along it when the container starts.
 *
 * @source docker/libnetwork sandbox.go (*endpoint).Less
 */
export function compareTraits(left: NetworkTraits, right: NetworkTraits): number {
  const byGatewayNetwork = Number(isGatewayNetwork(left)) - Number(isGatewayNetwork(right));
  if (byGatewayNetwork !== 0) return byGatewayNetwork;
  const byInternal = Number(left.isInternal) - Number(right.isInternal);
  if (byInternal !== 0) return byInternal;
  const byGateways = gatewayWeight(right) - gatewayWeight(left);
  if (byGateways !== 0) return byGateways;
  return compareBytes(left.name, right.name);
}

/**
 * Whether a sandbox on these networks needs `docker_gwbridge`: some driver gives no gateway, and
 * none that reaches outside does.
 *
 * @source docker/libnetwork default_gateway.go needDefaultGW
 */
export function needsGatewayNetwork(networks: readonly NetworkTraits[]): boolean {
  const considered = networks.filter(
    (network) => !isGatewayNetwork(network) && !hasNoStack(network) && !network.isInternal,
  );
  return considered.length > 0 && considered.every((network) => !network.hasGateway);
}

export function isGatewayNetwork(network: { readonly name: string }): boolean {
  return network.name === gatewayNetworkName;
}

/** The `host` and `null` drivers make no interface. */
export function hasNoStack(network: { readonly driver: string }): boolean {
  return network.driver === 'host' || network.driver === 'null';
}

/** The joined endpoints of the sandbox in libnetwork's order. */
export function orderedEndpoints(host: LabHost, sandbox: Sandbox): readonly Endpoint[] {
  const endpoints = sandbox.endpointIds.flatMap((id) => host.endpoints.get(id) ?? []);
  const traits = new Map(
    endpoints.map((endpoint) => [endpoint.id, endpointTraits(host, endpoint)]),
  );
  return endpoints.toSorted((left, right) => {
    const [leftTraits, rightTraits] = [traits.get(left.id), traits.get(right.id)];
    return leftTraits && rightTraits ? compareTraits(leftTraits, rightTraits) : 0;
  });
}

/** The endpoint whose gateway is the sandbox's default route; `null` without any. */
export function gatewayEndpoint(host: LabHost, sandboxId: SandboxId | 'host'): Endpoint | null {
  const sandbox = sandboxId === 'host' ? undefined : host.sandboxes.get(sandboxId);
  if (sandbox === undefined) return null;
  const ordered = orderedEndpoints(host, sandbox);
  return ordered.find((endpoint) => endpointTraits(host, endpoint)?.hasGateway === true) ?? null;
}

/** The sandbox's endpoint on `docker_gwbridge` that the engine made, not the user. */
export function ownGatewayEndpoint(host: LabHost, sandbox: Sandbox): Endpoint | null {
  const networkId = host.networkNames.get(gatewayNetworkName);
  const attachments = host.containers.get(sandbox.containerId)?.attachments;
  if (networkId === undefined || attachments?.has(gatewayNetworkName)) return null;
  const endpoints = sandbox.endpointIds.flatMap((id) => host.endpoints.get(id) ?? []);
  return endpoints.find((endpoint) => endpoint.networkId === networkId) ?? null;
}

/** The networks that the sandbox is joined to, as far as the order is concerned. */
export function joinedTraits(host: LabHost, sandbox: Sandbox): readonly NetworkTraits[] {
  return sandbox.endpointIds.flatMap((id) => {
    const endpoint = host.endpoints.get(id);
    return (endpoint && endpointTraits(host, endpoint)) ?? [];
  });
}

function endpointTraits(host: LabHost, endpoint: Endpoint): NetworkTraits | undefined {
  const network = host.networks.get(endpoint.networkId);
  return network && traitsOf(network);
}

function gatewayWeight(network: NetworkTraits): number {
  return Number(network.hasGateway) + 2 * Number(network.hasGatewayIPv6);
}

/** Go compares strings bytewise; names are short, so code points do. */
function compareBytes(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
