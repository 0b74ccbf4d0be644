import { parseIp, formatIp, parsePortRange, parsePortWithProtocol } from '@netfold/addressing';
import type { PortRange, TransportProtocol } from '@netfold/addressing';
import type { ContainerSpec } from '@netfold/contracts';

/** One mapping as asked for, in the order the engine programs them. */
export type PortBinding = {
  readonly protocol: TransportProtocol;
  readonly containerPort: number;
  /** Canonical; empty means every address. */
  readonly hostIp: string;
  /** Ports to choose from; `null` means any ephemeral one. */
  readonly hostPorts: PortRange | null;
};

/**
 * The mappings of a container: what `-p` bound, and with `-P` every other exposed port.
 * The highest host port comes first, then the highest container port; tcp before udp.
 *
 * @source docker/go-connections nat/sort.go SortPortMap; moby daemon/network.go
 *   buildCreateEndpointOptions; transcripts publish-forms, publish-all-expose
 */
export function portBindingsOf(spec: ContainerSpec): readonly PortBinding[] {
  const bound = spec.portBindings.flatMap((binding) => {
    const port = parsePortWithProtocol(binding.containerPort);
    if (port === null) return [];
    return [
      {
        protocol: port.protocol,
        containerPort: port.range.first,
        hostIp: canonical(binding.hostIp),
        hostPorts: hostPortsOf(binding.hostPort),
      },
    ];
  });
  const all = spec.publishAllPorts ? [...bound, ...exposedOnly(spec, bound)] : bound;
  return all.toSorted(compareBindings);
}

/**
 * A protocol that is bound and is none of TCP, UDP and SCTP, as libnetwork names it; else `null`.
 *
 * @source docker/go-connections nat/nat.go SplitProtoPort; docker/libnetwork types/types.go
 *   ParseProtocol
 */
export function unknownProtocolOf(spec: ContainerSpec): string | null {
  for (const { containerPort } of spec.portBindings) {
    const [port = '', given = ''] = containerPort.split('/');
    const protocol = port === '' ? '' : given.toLowerCase() || 'tcp';
    if (['tcp', 'udp', 'sctp'].includes(protocol)) continue;
    return protocol === 'icmp' ? protocol : '0';
  }
  return null;
}

function exposedOnly(spec: ContainerSpec, bound: readonly PortBinding[]): readonly PortBinding[] {
  const keyOf = ({ containerPort, protocol }: PortBinding): string =>
    `${containerPort}/${protocol}`;
  const known = new Set(bound.map(keyOf));
  return spec.exposedPorts.flatMap((text) => {
    const port = parsePortWithProtocol(text);
    if (port === null) return [];
    const binding = {
      protocol: port.protocol,
      containerPort: port.range.first,
      hostIp: '',
      hostPorts: null,
    };
    return known.has(keyOf(binding)) ? [] : [binding];
  });
}

function compareBindings(left: PortBinding, right: PortBinding): number {
  const byHostPort = (right.hostPorts?.first ?? 0) - (left.hostPorts?.first ?? 0);
  if (byHostPort !== 0) return byHostPort;
  const byContainerPort = right.containerPort - left.containerPort;
  if (byContainerPort !== 0) return byContainerPort;
  return Number(right.protocol === 'tcp') - Number(left.protocol === 'tcp');
}

function hostPortsOf(text: string): PortRange | null {
  const range = parsePortRange(text.split('/')[0] ?? '');
  return range === null || range.first === 0 ? null : range;
}

/** As Go prints an address; a text that is none means every address, as a nil IP does. */
function canonical(text: string): string {
  const address = parseIp(text);
  return address === null ? '' : formatIp(address);
}
