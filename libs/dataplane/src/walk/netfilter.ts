import type { FirewallExtension } from '@netfold/contracts';
import type { Negatable, RuleMatch, RuleRow, RuleTarget } from '../rows.ts';
import { isWithin } from './address-match.ts';
import type { StoppedBy } from './disposition.ts';
import type { ConnectionState } from './connection-tracking.ts';
import { wireProtocol } from './packet.ts';
import type { Packet } from './packet.ts';
import type { Stack } from './stack.ts';

/** A packet at a hook. A device is empty where the hook knows none. */
export type AtHook = {
  readonly stack: Stack;
  readonly packet: Packet;
  readonly inDevice: string;
  readonly outDevice: string;
  readonly state: ConnectionState;
  /** The first packet of its connection, as it came to this stack. */
  readonly original: Packet;
  readonly isBridged: boolean;
  /** It came back to whoever began. */
  readonly isAnswer: boolean;
};

/** What the rules of a builtin chain say. Nat rules answer with their target. */
export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly by: StoppedBy }
  | { readonly kind: 'reject'; readonly by: StoppedBy }
  | { readonly kind: 'translate'; readonly target: Translation };

export type Translation = Extract<
  RuleTarget,
  { kind: 'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT' }
>;

type TableName = RuleRow['table'];

/** Chains that jump in a circle are refused by the kernel; this only bounds the walk. */
const depthMax = 32;

/** Runs a builtin chain: its rules in order, then its policy. */
export function runHook(at: AtHook, table: TableName, chain: string): Verdict {
  const verdict = runChain(at, table, chain, 0);
  if (verdict !== null) return verdict;
  const { family } = at.packet;
  const row = at.stack.view.chains.find(
    (one) => one.family === family && one.table === table && one.chain === chain,
  );
  if (row?.policy !== 'DROP') return { kind: 'accept' };
  return { kind: 'drop', by: stoppedBy(at, { table, chain, rank: null }) };
}

function runChain(at: AtHook, table: TableName, chain: string, depth: number): Verdict | null {
  if (depth > depthMax) return null;
  for (const rule of at.stack.rulesOf(at.packet.family, table, chain)) {
    if (!matches(at, rule.match)) continue;
    const { target } = rule;
    switch (target.kind) {
      case 'ACCEPT':
        return { kind: 'accept' };
      case 'RETURN':
        return null;
      case 'DROP':
        return { kind: 'drop', by: stoppedBy(at, rule) };
      case 'REJECT':
        return { kind: 'reject', by: stoppedBy(at, rule) };
      case 'jump': {
        const verdict = runChain(at, table, target.chain, depth + 1);
        if (verdict !== null) return verdict;
        break;
      }
      case 'goto':
        return runChain(at, table, target.chain, depth + 1);
      case 'LOG':
        break;
      default:
        return { kind: 'translate', target };
    }
  }
  return null;
}

function stoppedBy(
  { stack }: AtHook,
  { table, chain, rank }: { table: string; chain: string; rank: string | null },
): StoppedBy {
  return { host: stack.host, namespace: stack.namespace, table, chain, rank };
}

function matches(at: AtHook, match: RuleMatch): boolean {
  const { packet, stack } = at;
  const isInNetwork = (address: string) => (network: string) => isWithin(network, address);
  return (
    holds(match.source, isInNetwork(packet.source)) &&
    holds(match.destination, isInNetwork(packet.destination)) &&
    holds(match.inInterface, (name) => isDevice(name, at.inDevice)) &&
    holds(match.outInterface, (name) => isDevice(name, at.outDevice)) &&
    isOptional(match.protocol, (name) => isProtocol(name, packet)) &&
    isOptional(match.destinationPort, (port) => hasPorts(packet, 'destinationPort', port)) &&
    isOptional(match.sourcePort, (port) => hasPorts(packet, 'sourcePort', port)) &&
    isOptional(match.connectionStates, (states) => states.includes(at.state)) &&
    isOptional(match.destinationType, () => stack.isLocal(packet.destination)) &&
    isOptional(match.extensions, (all) => all.every((one) => isExtension(at, one))) &&
    isOptional(match.physicalDeviceIsBridged, (wanted) => wanted === at.isBridged)
  );
}

/** What a lab sends. @source RFC 792 */
const icmpTypes = { echoRequest: 8, echoReply: 0, unreachable: 3 } as const;

function icmpTypeOf({ isError }: Packet, isAnswer: boolean): number {
  if (isError === true) return icmpTypes.unreachable;
  return isAnswer ? icmpTypes.echoReply : icmpTypes.echoRequest;
}

/** A rate lets pass what one line sends: it is within every burst. */
function isExtension(at: AtHook, one: FirewallExtension): boolean {
  const { packet, isAnswer } = at;
  switch (one.kind) {
    case 'ports':
      return isInSpans(packet, one.side, [one.span]) !== one.negated;
    case 'multiport':
      return isInSpans(packet, one.side, one.spans) !== one.negated;
    case 'icmpType':
      return (one.type === icmpTypeOf(packet, isAnswer)) !== one.negated;
    case 'state':
      return one.states.includes(at.state);
    case 'syn':
      return !isAnswer !== one.negated;
    case 'conntrack':
      return isOfConnection(at, one);
    case 'comment':
    case 'limit':
      return true;
    default:
      return one satisfies never;
  }
}

function isOfConnection(
  { original, isAnswer }: AtHook,
  wanted: Extract<FirewallExtension, { kind: 'conntrack' }>,
): boolean {
  const { originalDestination, originalPorts: ports, direction } = wanted;
  return (
    holds(originalDestination, (network) => isWithin(network, original.destination)) &&
    isOptional(
      ports,
      ({ span, negated }) => isInSpans(original, 'destination', [span]) !== negated,
    ) &&
    isOptional(direction, (way) => (way === 'REPLY') === isAnswer)
  );
}

function isInSpans(
  packet: Packet,
  side: 'source' | 'destination' | 'either',
  spans: readonly { readonly first: number; readonly last: number }[],
): boolean {
  if (wireProtocol(packet) === 'icmp') return false;
  const { sourcePort, destinationPort } = packet;
  const isIn = (port: number): boolean =>
    spans.some(({ first, last }) => port >= first && port <= last);
  return (
    (side !== 'source' && isIn(destinationPort)) || (side !== 'destination' && isIn(sourcePort))
  );
}

const holds = (wanted: Negatable | undefined, test: (value: string) => boolean): boolean =>
  wanted === undefined || test(wanted.value) !== wanted.negated;

const isOptional = <T>(wanted: T | undefined, test: (value: T) => boolean): boolean =>
  wanted === undefined || test(wanted);

/** `br+` means every name that begins so. */
const isDevice = (wanted: string, device: string): boolean =>
  wanted.endsWith('+') ? device.startsWith(wanted.slice(0, -1)) : wanted === device;

const isProtocol = (name: string, packet: Packet): boolean => {
  const protocol = wireProtocol(packet);
  if (name === 'all' || name === protocol) return true;
  return protocol === 'icmp' && packet.family === 6 && name === 'ipv6-icmp';
};

const hasPorts = (packet: Packet, which: 'sourcePort' | 'destinationPort', port: number): boolean =>
  wireProtocol(packet) !== 'icmp' && packet[which] === port;
