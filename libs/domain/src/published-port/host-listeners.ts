import { formatIp, parseIp } from '@netfold/addressing';
import type { TransportProtocol } from '@netfold/addressing';
import { getContainer } from '../container/change-container.ts';
import { isContainerMode } from '../container/spec-rules.ts';
import { imageOf } from '../image/image-catalogue.ts';
import { listenersOf } from '../image/main-process.ts';
import { scriptOf } from '../image/shell-script.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';

/** A socket that something on the lab host listens on, or wants to. */
export type HostListener = {
  readonly protocol: TransportProtocol;
  readonly hostIp: string;
  readonly hostPort: number;
};

const anyIpv4 = '0.0.0.0';
const anyIpv6 = '::';

/** Sockets by protocol and port: of tens of thousands, each looks at the few of its own port. */
export type BoundSockets = Map<string, HostListener[]>;

/** What is bound on a lab host: published ports, and what processes in its stack listen on. */
export function boundSockets(lab: ActiveLab, host: LabHost): BoundSockets {
  const bound: BoundSockets = new Map();
  for (const published of host.publishedPorts.values()) addSocket(bound, published);
  for (const listener of hostProcesses(lab, host)) addSocket(bound, listener);
  return bound;
}

export function addSocket(bound: BoundSockets, socket: HostListener): void {
  const key = `${socket.protocol}/${socket.hostPort}`;
  const known = bound.get(key);
  if (known === undefined) bound.set(key, [socket]);
  else known.push(socket);
}

/**
 * Whether a socket like this can be bound beside those that are.
 * The proxy binds IPv4 and IPv6 apart (`tcp6` sets IPV6_V6ONLY), so the families never clash.
 */
export function bindProblem(
  host: LabHost,
  wanted: HostListener,
  bound: BoundSockets,
): 'address already in use' | 'cannot assign requested address' | null {
  if (!isOwnAddress(host, wanted.hostIp)) return 'cannot assign requested address';
  const others = bound.get(`${wanted.protocol}/${wanted.hostPort}`) ?? [];
  return others.some((other) => areSame(other, wanted)) ? 'address already in use' : null;
}

/**
 * Whether the main process of a container that has just started finds its port taken by another
 * in the same stack: it then ends at once. In a stack of its own nobody can be before it.
 */
export function findsPortTaken(lab: ActiveLab, host: LabHost, container: Container): boolean {
  const { sandboxId, spec } = container;
  if (sandboxId !== 'host' && !isContainerMode(spec.networkMode)) return false;
  // A shell script goes on when one of its programs cannot listen.
  if (scriptOf([...(spec.entrypoint ?? []), ...(spec.command ?? [])]) !== null) return false;
  const wanted = socketsOf(lab, container);
  if (wanted.length === 0) return false;
  const others = [...host.containers.values()].filter(
    (other) => other.id !== container.id && other.sandboxId === sandboxId,
  );
  const published = sandboxId === 'host' ? [...host.publishedPorts.values()] : [];
  const taken = [...published, ...others.flatMap((other) => socketsOf(lab, other))];
  return wanted.some((one) => taken.some((other) => areSame(one, other)));
}

function areSame(one: HostListener, other: HostListener): boolean {
  return (
    one.hostPort === other.hostPort &&
    one.protocol === other.protocol &&
    overlaps(one.hostIp, other.hostIp)
  );
}

function overlaps(left: string, right: string): boolean {
  if (left.includes(':') !== right.includes(':')) return false;
  return left === right || isWildcard(left) || isWildcard(right);
}

function isWildcard(address: string): boolean {
  return address === anyIpv4 || address === anyIpv6;
}

/** What the processes of containers in host mode listen on. */
function hostProcesses(lab: ActiveLab, host: LabHost): readonly HostListener[] {
  const network = host.networks.get(host.networkNames.get('host') ?? '');
  return [...(network?.endpointIds.keys() ?? [])].flatMap((endpointId) => {
    const endpoint = host.endpoints.get(endpointId);
    if (endpoint === undefined) return [];
    return socketsOf(lab, getContainer(host, endpoint.containerId));
  });
}

function socketsOf(lab: ActiveLab, { spec, image }: Container): readonly HostListener[] {
  return listenersOf(imageOf(lab, image), spec).flatMap(({ protocol, port, address }) => {
    const bothFamilies = address === anyIpv6 ? [anyIpv4, anyIpv6] : [address];
    return bothFamilies.map((hostIp) => ({ protocol, hostIp, hostPort: port }));
  });
}

/** Loopback, the NICs, and the gateways of the bridges. */
function isOwnAddress(host: LabHost, text: string): boolean {
  const address = parseIp(text);
  if (address === null || isWildcard(text) || text === '::1') return true;
  if (address.family === 4 && text.startsWith('127.')) return true;
  const canonical = formatIp(address);
  const isOfNic = host.spec.nics.some((nic) => nic.address.split('/')[0] === canonical);
  if (isOfNic) return true;
  for (const network of host.networks.values()) {
    if (network.bridge === null) continue;
    if (network.pools.some((pool) => pool.gateway === canonical)) return true;
  }
  return false;
}
