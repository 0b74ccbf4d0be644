import type { Endpoint, Sandbox } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';

/** The bridge network that gives overlay containers their way out. */
export const gatewayNetworkName = 'docker_gwbridge';

/**
 * The next hop that an endpoint offers its sandbox, as `inspect` shows it.
 *
 * @returns a bare address, or empty where the driver offers none (overlay, host, null)
 */
export function gatewayAddress(network: Network, family: 4 | 6): string {
  if (network.driver === 'overlay' || network.driver === 'host' || network.driver === 'null') {
    return '';
  }
  if (network.driver !== 'bridge' && network.isInternal) return '';
  if (family === 6 && !network.isIPv6Enabled) return '';
  return network.pools.find((pool) => pool.family === family)?.gateway ?? '';
}

/**
 * The endpoint that a sandbox's default route goes through; `null` when none offers a gateway.
 * Before others stand: endpoints of the user's networks, of networks that are not internal, with a
 * gateway in both families, and then the network whose name sorts first.
 *
 * @source moby/moby v20.10 libnetwork sandbox.go (Less), default_gateway.go (getGatewayEndpoint)
 */
export function gatewayEndpoint(host: LabHost, sandbox: Sandbox): Endpoint | null {
  const candidates = sandbox.endpointIds.flatMap((id) => candidateOf(host, id));
  const first = candidates
    .filter(({ gatewayRank }) => gatewayRank % 2 === 1)
    .toSorted((one, other) => compareCandidates(one, other))[0];
  return first?.endpoint ?? null;
}

type Candidate = {
  readonly endpoint: Endpoint;
  readonly networkName: string;
  readonly isInternal: boolean;
  /** Made by the engine itself, on `docker_gwbridge`. */
  readonly isWayOut: boolean;
  /** 1 for an IPv4 gateway, plus 2 for an IPv6 one. */
  readonly gatewayRank: number;
};

function candidateOf(host: LabHost, endpointId: string): Candidate[] {
  const endpoint = host.endpoints.get(endpointId);
  const network = endpoint === undefined ? undefined : host.networks.get(endpoint.networkId);
  if (endpoint === undefined || network === undefined) return [];
  const hasGateway = gatewayAddress(network, 4) !== '';
  const hasGateway6 = gatewayAddress(network, 6) !== '';
  return [
    {
      endpoint,
      networkName: network.name,
      isInternal: network.isInternal,
      isWayOut: isWayOut(host, endpoint, network),
      gatewayRank: (hasGateway ? 1 : 0) + (hasGateway6 ? 2 : 0),
    },
  ];
}

/** Whether the engine made this endpoint on `docker_gwbridge` by itself, and not the user. */
export function isWayOut(host: LabHost, endpoint: Endpoint, network: Network): boolean {
  if (network.name !== gatewayNetworkName) return false;
  const attachments = host.containers.get(endpoint.containerId)?.attachments;
  return attachments?.has(gatewayNetworkName) !== true;
}

function compareCandidates(one: Candidate, other: Candidate): number {
  if (one.isWayOut !== other.isWayOut) return one.isWayOut ? 1 : -1;
  if (one.isInternal !== other.isInternal) return one.isInternal ? 1 : -1;
  if (one.gatewayRank !== other.gatewayRank) return other.gatewayRank - one.gatewayRank;
  if (one.networkName === other.networkName) return 0;
  return one.networkName < other.networkName ? -1 : 1;
}
