import type { Traffic } from '@netfold/contracts';
import type { ActiveLab } from '@netfold/domain';
import type { SocketRow } from '../rows.ts';
import { familyOf } from './address-match.ts';
import type { Disposition, TraceStep } from './disposition.ts';
import { Lessons } from './lessons.ts';
import { serviceOf } from './listening.ts';
import type { Service } from './listening.ts';
import { answerTo, ephemeralPort, firstTtl } from './packet.ts';
import type { Packet, PacketProtocol } from './packet.ts';
import type { Stack } from './stack.ts';
import { LabStacks } from './stacks.ts';
import { Traversal } from './traversal.ts';

/** A network stack of the lab: of a host (`namespace` empty), a sandbox, or an overlay. */
export type StackName = { readonly host: string; readonly namespace: string };

/** What is sent, and from where. */
export type Flow = StackName & {
  readonly protocol: PacketProtocol;
  readonly destination: string;
  /** 0 for ICMP. */
  readonly port: number;
  /** Empty: the kernel chooses. */
  readonly source?: string;
  readonly ttl?: number;
};

/** One packet there and its answer back. */
export type Trace = {
  readonly disposition: Disposition;
  readonly steps: readonly TraceStep[];
  /** Who answered, where the packet got to a listening socket. */
  readonly service: Service | null;
  /** Where it arrived: the stack that took it. `null` when it did not. */
  readonly arrivedAt: StackName | null;
  /** The sender's address as the one who answers saw it. Empty when nothing arrived. */
  readonly seenSource: string;
  /** The source address that the sender's kernel chose. Empty without a route. */
  readonly source: string;
};

/** Connections that a proxy may stand behind a proxy. */
const proxiesMax = 8;

/**
 * Walks packets through one version of a lab as the kernels of its hosts would: sockets, routes,
 * neighbours, bridges, netfilter hooks with NAT and connection tracking, tunnels and the LAN.
 * Two walks of one version see the same; what they would teach the tables is told apart.
 */
export class PacketWalk {
  readonly lab: ActiveLab;
  readonly #stacks: LabStacks;
  readonly #lessons = new Lessons();

  constructor(lab: ActiveLab, labId: string) {
    this.lab = lab;
    this.#stacks = new LabStacks(lab, labId);
  }

  /** What all packets walked so far would teach the tables on their way. */
  get taught(): Traffic {
    return this.#lessons.traffic;
  }

  /** Sends one packet (an echo request, a SYN, a datagram) and waits for what answers it. */
  walk(flow: Flow): Trace {
    const stack = this.#stacks.named(flow.host, flow.namespace);
    const source =
      flow.source || (stack === null ? null : stack.sourceTowards(flow.destination)) || '';
    const nothing = { steps: [], service: null, arrivedAt: null, seenSource: '', source };
    if (stack === null || source === '') {
      return { ...nothing, disposition: { kind: 'netUnreachable', from: null } };
    }
    const traversal = new Traversal(this.#stacks, this.#lessons);
    const packet = firstPacket(flow, source);
    const there = traversal.send(stack, packet);
    const { steps } = traversal;
    if (there.kind === 'lost') return { ...nothing, steps, disposition: there.why };
    const arrivedAt = { host: there.stack.host, namespace: there.stack.namespace };
    const seenSource = there.packet.source;
    const socket = socketAt(there.stack, there.packet);
    const service = socket === null ? null : this.#serviceAt(there.stack, socket);
    const trace = { steps, arrivedAt, seenSource, source, service };
    const answer = answerOf(there.stack, there.packet, socket);
    const back = traversal.send(there.stack, answer);
    if (back.kind === 'lost') return { ...trace, disposition: answerLost(back.why) };
    const isFromTheAsked = answer.source === there.packet.destination;
    if (back.stack !== stack || !isFromTheAsked) {
      return { ...trace, disposition: { kind: 'timedOut' } };
    }
    const { source: from, ttl } = back.packet;
    if (flow.protocol !== 'icmp' && service === null) {
      return { ...trace, disposition: { kind: 'refused', from } };
    }
    return { ...trace, disposition: { kind: 'delivered', from, ttl } };
  }

  /**
   * A connection (or a datagram's way) to the program that answers in the end, through any
   * docker-proxy in between.
   *
   * @returns the first trace, and the last one behind proxies (the same without any)
   */
  reach(flow: Flow): { readonly first: Trace; readonly last: Trace } {
    const first = this.walk(flow);
    let last = first;
    for (let proxies = 0; proxies < proxiesMax; proxies += 1) {
      const { service, arrivedAt, disposition } = last;
      if (service?.kind !== 'proxy' || disposition.kind !== 'delivered') break;
      if (arrivedAt === null) break;
      const { address: destination, port } = service;
      last = this.walk({ ...arrivedAt, protocol: flow.protocol, destination, port });
    }
    return { first, last };
  }

  /** Whether a stack has an address of its own that could reach this one. */
  canSendTo({ host, namespace }: StackName, destination: string): boolean {
    const stack = this.#stacks.named(host, namespace);
    return (stack?.sourceTowards(destination) ?? null) !== null;
  }

  #serviceAt(stack: Stack, socket: SocketRow): Service {
    return serviceOf(this.lab, this.lab.hosts.get(stack.host) ?? null, socket);
  }
}

function socketAt(
  stack: Stack,
  { protocol, destination, destinationPort }: Packet,
): SocketRow | null {
  if (protocol === 'icmp') return null;
  return stack.socketFor(protocol, destination, destinationPort);
}

const wildcards: readonly string[] = ['0.0.0.0', '::'];

/**
 * A datagram for nobody is answered by ICMP. An answer from a socket that is bound to no address
 * leaves with the source that its route gives it: whoever asked another address of the machine
 * waits for that one, and hears nothing.
 */
function answerOf(stack: Stack, packet: Packet, socket: SocketRow | null): Packet {
  const answer = answerTo(packet);
  if (packet.protocol !== 'udp') return answer;
  if (socket === null) return { ...answer, isError: true };
  if (!wildcards.includes(socket.localAddress)) return answer;
  return { ...answer, source: stack.sourceTowards(answer.destination) ?? answer.source };
}

function firstPacket(flow: Flow, source: string): Packet {
  const isEcho = flow.protocol === 'icmp';
  return {
    family: familyOf(flow.destination),
    protocol: flow.protocol,
    source,
    destination: flow.destination,
    sourcePort: ephemeralPort,
    destinationPort: isEcho ? ephemeralPort : flow.port,
    ttl: flow.ttl ?? firstTtl,
  };
}

/** Whoever lost an answer tells the one who answered; the asker hears nothing. */
function answerLost(why: Disposition): Disposition {
  return why.kind === 'dropped' ? why : { kind: 'timedOut' };
}
