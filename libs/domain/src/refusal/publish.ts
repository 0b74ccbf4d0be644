import type { Refusal } from '@netfold/contracts';

/** What the engine says about publishing ports, byte for byte (moby v20.10.24). */

/** @source docker/libnetwork portallocator/portallocator.go ErrPortAlreadyAllocated */
export const portAllocated = (hostIp: string, hostPort: number): string =>
  `Bind for ${hostIp}:${hostPort} failed: port is already allocated`;

/** @source docker/libnetwork portallocator/portallocator.go ErrAllPortsAllocated */
export const allPortsAllocated = 'all ports are allocated';

/** @source docker/libnetwork portmapper/mapper.go, drivers/bridge/errors.go */
export const unknownProtocol = (protocol: string): string =>
  `invalid transport protocol: ${protocol}`;

/**
 * The userland proxy could not listen.
 *
 * @source docker/libnetwork portmapper/proxy.go and Go net.OpError; transcript publish-errors
 */
export function proxyFailed(
  listener: { readonly protocol: string; readonly hostIp: string; readonly hostPort: number },
  reason: 'address already in use' | 'cannot assign requested address',
): string {
  const { protocol, hostIp, hostPort } = listener;
  const isIpv6 = hostIp.includes(':');
  const address = isIpv6 ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;
  const family = isIpv6 ? '6' : '4';
  const listen = `listen ${protocol}${family} ${address}: bind: ${reason}`;
  return `Error starting userland proxy: ${protocol === 'sctp' ? reason : listen}`;
}

/** @source docker/libnetwork endpoint.go sbJoin; transcript publish-errors */
export const connectivityFailed = (
  endpointName: string,
  endpointId: string,
  cause: string,
): Refusal => ({
  class: 'internal',
  code: 'PortNotPublished',
  message:
    `driver failed programming external connectivity on endpoint ${endpointName} ` +
    `(${endpointId}): ${cause}`,
});

/** @source docker/libnetwork default_gateway.go setupDefaultGW */
export const gatewayJoinFailed = (containerId: string, cause: Refusal): Refusal => ({
  ...cause,
  class: 'internal',
  message: `container ${containerId}: endpoint join on GW Network failed: ${cause.message}`,
});

/** @source docker/libnetwork default_gateway.go setupDefaultGW */
export const gatewayCreateFailed = (containerId: string, cause: Refusal): Refusal => ({
  ...cause,
  class: 'internal',
  message: `container ${containerId}: endpoint create on GW Network failed: ${cause.message}`,
});
