import type { Endpoint, PublishedPort } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import { engineProcessId } from '../host/engine-processes.ts';
import type { ProcessRow, PublishedPortRow } from '../rows.ts';
import { socketRow } from '../sockets.ts';
import { hostNamespace, onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { portRules } from './port-rules.ts';

/** One mapping of a host port: its rules, and the docker-proxy that listens for it. */
export function publishedPortContribution(place: HostPlace, port: PublishedPort): TableRow[] {
  const endpoint = place.host.endpoints.get(port.endpointId);
  if (endpoint === undefined) return [];
  return [
    { table: 'publishedPort', row: portRow(place, port, endpoint) },
    ...portRules(place, port, endpoint),
    ...proxyRows(place, port, endpoint),
  ];
}

function portRow(place: HostPlace, port: PublishedPort, endpoint: Endpoint): PublishedPortRow {
  return {
    ...onHost(place),
    protocol: port.protocol,
    hostIp: port.hostIp,
    hostPort: port.hostPort,
    containerId: endpoint.containerId,
    endpointId: endpoint.id,
    containerPort: port.containerPort,
    proxyProcessId: port.proxyProcessId,
    ordinal: port.ordinal,
  };
}

function proxyRows(place: HostPlace, port: PublishedPort, endpoint: Endpoint): TableRow[] {
  const { protocol, hostIp, hostPort, proxyProcessId: processId } = port;
  const isIPv6Only = hostIp.includes(':');
  const row: ProcessRow = {
    ...onHost(place),
    processId,
    parentProcessId: engineProcessId,
    containerId: null,
    command: proxyCommand(port, endpoint),
    user: 'root',
    startedAt: endpoint.createdAt,
  };
  const process: TableRow = { table: 'process', row };
  // The tools that a host has list no SCTP sockets.
  if (protocol === 'sctp') return [process];
  const socket = socketRow(place, hostNamespace, {
    protocol: isIPv6Only ? `${protocol}6` : protocol,
    localAddress: hostIp,
    localPort: hostPort,
    isIPv6Only,
    processId,
    processName: 'docker-proxy',
  });
  return [process, socket];
}

/** IPv6 of the host is passed on to the container's IPv6 address, or else to its IPv4 one. */
function proxyCommand(port: PublishedPort, endpoint: Endpoint): string[] {
  const isIPv6 = port.hostIp.includes(':') && endpoint.ipv6 !== '';
  return [
    '/usr/sbin/docker-proxy',
    '-proto',
    port.protocol,
    '-host-ip',
    port.hostIp,
    '-host-port',
    String(port.hostPort),
    '-container-ip',
    bareAddress(isIPv6 ? endpoint.ipv6 : endpoint.ipv4),
    '-container-port',
    String(port.containerPort),
  ];
}
