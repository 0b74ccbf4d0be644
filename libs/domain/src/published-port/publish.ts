import { formatIp, formatPortRange, parseIp } from '@netfold/addressing';
import type { EndpointId, HostName } from '@netfold/contracts';
import { getContainer } from '../container/change-container.ts';
import { getEndpoint, getNetwork } from '../endpoint/change-endpoint.ts';
import { getHost } from '../host/change-host.ts';
import {
  allPortsAllocated,
  portAllocated,
  proxyFailed,
  unknownProtocol,
} from '../refusal/publish.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import type { Work } from '../work.ts';
import { addSocket, bindProblem, boundSockets } from './host-listeners.ts';
import type { BoundSockets, HostListener } from './host-listeners.ts';
import { portBindingsOf, unknownProtocolOf } from './port-bindings.ts';
import type { PortBinding } from './port-bindings.ts';
import { dynamicPortRange, portCursorKey } from './port-cursor.ts';
import { publishedPortKey } from './published-port-key.ts';

/** An ephemeral port whose bind failed is followed by the next, so often. */
const allocationAttemptsMax = 10;

type Allocated = HostListener & { readonly containerPort: number };

/** What the allocator has given so far within one endpoint's programming. */
type Allocation = {
  readonly work: Work;
  readonly hostName: HostName;
  readonly allocated: Allocated[];
  /** `publishedPortKey` of each of them. */
  readonly keys: Set<string>;
  /** They and everything else that is bound on the host. */
  readonly bound: BoundSockets;
  /** Cursor key to what to tell of it. */
  readonly cursors: Map<string, CursorFact>;
};

type CursorFact = {
  readonly protocol: HostListener['protocol'];
  readonly hostIp: string;
  readonly range: string;
  readonly last: number;
};

/**
 * Programs the container's published ports on the endpoint that is its way to the outside:
 * all of them, or none and the engine's text of what failed. Ephemeral ports stay consumed.
 *
 * @returns `null` when all stand
 * @source docker/libnetwork drivers/bridge/port_mapping.go allocatePortsInternal
 */
export function publishPorts(
  work: Work,
  hostName: HostName,
  endpointId: EndpointId,
): string | null {
  const host = getHost(work.lab, hostName);
  const endpoint = getEndpoint(host, endpointId);
  const { spec } = getContainer(host, endpoint.containerId);
  const allocation: Allocation = {
    work,
    hostName,
    allocated: [],
    keys: new Set(),
    bound: boundSockets(work.lab, host),
    cursors: new Map(),
  };
  const addresses = bindAddresses(getNetwork(host, endpoint.networkId));
  const unknown = unknownProtocolOf(spec);
  const problem =
    unknown === null
      ? allocateAll(allocation, portBindingsOf(spec), addresses)
      : unknownProtocol(unknown);
  for (const { last, ...cursor } of allocation.cursors.values()) {
    const consumed = {
      host: hostName,
      protocol: cursor.protocol,
      next: last + 1,
      hostIp: cursor.hostIp,
    };
    const data =
      cursor.range === dynamicPortRange ? consumed : { ...consumed, range: cursor.range };
    work.emit({ type: 'EphemeralPortsConsumed', data });
  }
  if (problem !== null) return problem;
  for (const [order, port] of allocation.allocated.entries()) {
    const proxyProcessId = getHost(work.lab, hostName).nextProcessId;
    work.emit({
      type: 'PortPublished',
      data: { host: hostName, endpointId, ...port, order, proxyProcessId },
    });
  }
  return null;
}

/** Takes down every mapping of the endpoint. */
export function unpublishPorts(work: Work, hostName: HostName, endpointId: EndpointId): void {
  const host = getHost(work.lab, hostName);
  for (const key of getEndpoint(host, endpointId).publishedPortKeys) {
    const port = host.publishedPorts.get(key);
    if (port === undefined) continue;
    const { protocol, hostIp, hostPort } = port;
    work.emit({
      type: 'PortUnpublished',
      data: { host: hostName, endpointId, protocol, hostIp, hostPort },
    });
  }
}

/**
 * What a binding without an address binds: every address of both families, unless the network
 * says otherwise.
 *
 * @source docker/libnetwork drivers/bridge/port_mapping.go validatePortBindingIPv4, …IPv6
 */
function bindAddresses(network: Network): readonly string[] {
  const wanted = parseIp(network.options['com.docker.network.bridge.host_binding_ipv4'] ?? '');
  const address = wanted === null ? everyIpv4 : formatIp(wanted);
  return address === everyIpv4 ? [everyIpv4, everyIpv6] : [address];
}

const everyIpv4 = '0.0.0.0';
const everyIpv6 = '::';

function allocateAll(
  allocation: Allocation,
  bindings: readonly PortBinding[],
  addresses: readonly string[],
): string | null {
  for (const binding of bindings) {
    const own = binding.hostIp === '' ? addresses : [binding.hostIp];
    for (const hostIp of own) {
      const problem = allocate(allocation, binding, hostIp);
      if (problem !== null) return problem;
    }
  }
  return null;
}

function allocate(allocation: Allocation, binding: PortBinding, hostIp: string): string | null {
  const attempts = binding.hostPorts === null ? allocationAttemptsMax : 1;
  let problem: string | null = null;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    problem = tryToAllocate(allocation, binding, hostIp);
    if (problem === null) return null;
  }
  return problem;
}

/** Allocator first, then the bind of the userland proxy: each has its own text. */
function tryToAllocate(
  allocation: Allocation,
  binding: PortBinding,
  hostIp: string,
): string | null {
  const { protocol, containerPort, hostPorts } = binding;
  const host = getHost(allocation.work.lab, allocation.hostName);
  const isOnePort = hostPorts !== null && hostPorts.first === hostPorts.last;
  const hostPort = isOnePort
    ? hostPorts.first
    : nextOfRange(allocation, host, { protocol, hostIp, hostPorts });
  if (hostPort === null) return allPortsAllocated;
  const wanted = { protocol, hostIp, hostPort };
  if (isOnePort && isAllocated(allocation, host, wanted)) return portAllocated(hostIp, hostPort);
  const bind = bindProblem(host, wanted, allocation.bound);
  if (bind !== null) return proxyFailed(wanted, bind);
  allocation.allocated.push({ ...wanted, containerPort });
  allocation.keys.add(publishedPortKey(wanted));
  addSocket(allocation.bound, wanted);
  return null;
}

function isAllocated(allocation: Allocation, host: LabHost, wanted: HostListener): boolean {
  const key = publishedPortKey(wanted);
  return host.publishedPorts.has(key) || allocation.keys.has(key);
}

/**
 * The first free port after the one given last, around the range once.
 *
 * @source docker/libnetwork portallocator/portallocator.go findPort
 */
function nextOfRange(
  allocation: Allocation,
  host: LabHost,
  wanted: Pick<HostListener, 'protocol' | 'hostIp'> & Pick<PortBinding, 'hostPorts'>,
): number | null {
  const { protocol, hostIp, hostPorts } = wanted;
  const range = hostPorts === null ? dynamicPortRange : formatPortRange(hostPorts);
  const [first = 0, last = 0] = range.split('-').map(Number);
  const key = portCursorKey({ protocol, hostIp, range });
  let port = allocation.cursors.get(key)?.last ?? host.portCursors.get(key) ?? last;
  for (let tried = first; tried <= last; tried += 1) {
    port = port >= last ? first : port + 1;
    if (!isAllocated(allocation, host, { protocol, hostIp, hostPort: port })) {
      allocation.cursors.set(key, { protocol, hostIp, range, last: port });
      return port;
    }
  }
  return null;
}
