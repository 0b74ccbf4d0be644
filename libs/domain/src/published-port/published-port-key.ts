/** The key of `LabHost.publishedPorts`: what can be bound once on a lab host. */
export function publishedPortKey(port: {
  readonly protocol: string;
  readonly hostIp: string;
  readonly hostPort: number;
}): string {
  return `${port.protocol}/${port.hostIp}/${port.hostPort}`;
}
