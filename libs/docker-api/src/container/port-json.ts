import { gatewayEndpoint } from '@netfold/domain';
import type { Container, LabHost, PublishedPort } from '@netfold/domain';
import { sortedMap } from '../http/fields.ts';

/** Published ports of a running container, in the order the engine programmed them. */
export const publishedPortsOf = (host: LabHost, container: Container): PublishedPort[] => {
  if (container.status !== 'running' && container.status !== 'paused') return [];
  const own = new Set(
    [...container.attachments.values()].flatMap(({ networkId }) => [
      ...(host.networks.get(networkId)?.endpointIds.keys() ?? []),
    ]),
  );
  const sandbox = host.sandboxes.get(container.sandboxId ?? '');
  const endpoints = new Set([...own, ...(sandbox?.endpointIds ?? [])]);
  return [...host.publishedPorts.values()]
    .filter((port) => endpoints.has(port.endpointId) && isOf(host, port, container))
    .toSorted((a, b) => a.ordinal - b.ordinal);
};

const isOf = (host: LabHost, port: PublishedPort, container: Container): boolean =>
  host.endpoints.get(port.endpointId)?.containerId === container.id;

/** Whether the container's way to the outside is a driver that knows of ports. */
const hasPorts = (host: LabHost, container: Container): boolean => {
  const sandboxId = container.sandboxId;
  if (sandboxId === null || sandboxId === 'host') return false;
  const sandbox = host.sandboxes.get(sandboxId);
  if (sandbox?.containerId !== container.id) return false;
  const endpoint = gatewayEndpoint(host, sandboxId);
  const network = endpoint === null ? undefined : host.networks.get(endpoint.networkId);
  return network?.driver === 'bridge' && !network.isInternal;
};

type Binding = { readonly HostIp: string; readonly HostPort: string };

/** `NetworkSettings.Ports`: exposed ports with `null`, published ones with their bindings. */
export const portsJson = (
  host: LabHost,
  container: Container,
): Record<string, readonly Binding[] | null> => {
  if (!hasPorts(host, container)) return {};
  const ports = new Map<string, Binding[] | null>();
  for (const port of container.spec.exposedPorts) ports.set(port, null);
  for (const { containerPort } of container.spec.portBindings) {
    if (!ports.has(containerPort)) ports.set(containerPort, null);
  }
  for (const port of publishedPortsOf(host, container)) {
    const key = `${port.containerPort}/${port.protocol}`;
    const binding = { HostIp: port.hostIp, HostPort: String(port.hostPort) };
    ports.set(key, [...(ports.get(key) ?? []), binding]);
  }
  return sortedMap(ports);
};

/** Ports as `docker ps` has them: one entry per binding, or the bare port. */
export const portListJson = (host: LabHost, container: Container): unknown[] =>
  Object.entries(portsJson(host, container)).flatMap(([key, bindings]) => {
    const [port = '0', Type = 'tcp'] = key.split('/');
    const PrivatePort = Number(port);
    if (bindings === null) return [{ PrivatePort, Type }];
    return bindings.map(({ HostIp, HostPort }) => ({
      IP: HostIp,
      PrivatePort,
      PublicPort: Number(HostPort),
      Type,
    }));
  });

/** `HostConfig.PortBindings` as it was asked for. */
export const bindingsJson = (container: Container): Record<string, readonly Binding[]> => {
  const ports = new Map<string, Binding[]>();
  for (const { containerPort, hostIp, hostPort } of container.spec.portBindings) {
    const binding = { HostIp: hostIp, HostPort: hostPort };
    ports.set(containerPort, [...(ports.get(containerPort) ?? []), binding]);
  }
  return sortedMap(ports);
};
