/** The range that Docker takes ephemeral host ports from: Linux' `ip_local_port_range`. */
export const dynamicPortRange = '32768-60999';

/**
 * Where the engine's port allocator keeps the port given last: per protocol, address and range.
 *
 * @source docker/libnetwork portallocator/portallocator.go (ipMapping, portMap.portRanges)
 */
export function portCursorKey(taken: {
  readonly protocol: string;
  readonly hostIp?: string;
  readonly range?: string;
}): string {
  return `${taken.protocol}/${taken.hostIp ?? '0.0.0.0'}/${taken.range ?? dynamicPortRange}`;
}
