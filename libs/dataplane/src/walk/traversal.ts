import { bareAddress } from '../addresses.ts';
import type { RouteRow } from '../rows.ts';
import {
  ConnectionTable,
  isFirstAt,
  setDestination,
  setSource,
  stateOf,
  withDestination,
  withSource,
} from './connection-tracking.ts';
import type { Tracked } from './connection-tracking.ts';
import type { Disposition, TraceStep } from './disposition.ts';
import { runHook } from './netfilter.ts';
import type { AtHook, Translation } from './netfilter.ts';
import type { Lessons } from './lessons.ts';
import { askSegment } from './segment.ts';
import type { Crossing } from './segment.ts';
import type { Packet } from './packet.ts';
import type { Stack } from './stack.ts';
import type { LabStacks } from './stacks.ts';

/** Where one packet got to: a stack that took it as its own, or why it got no further. */
export type Arrival =
  | { readonly kind: 'arrived'; readonly stack: Stack; readonly packet: Packet }
  | { readonly kind: 'lost'; readonly why: Disposition };

type Devices = { readonly inDevice: string; readonly outDevice: string };
type InStack = { readonly stack: Stack; readonly packet: Packet; readonly tracked: Tracked };

const loopback = 'lo';
/** Stacks that one packet may pass; the time to live ends a longer way anyway. */
const stacksMax = 64;

const lost = (why: Disposition): Arrival => ({ kind: 'lost', why });

/** Packets of one conversation: every stack on the way remembers its connections. */
export class Traversal {
  readonly steps: TraceStep[] = [];
  readonly #stacks: LabStacks;
  readonly #tables = new Map<string, ConnectionTable>();
  readonly #lessons: Lessons;
  #passed = 0;

  constructor(stacks: LabStacks, lessons: Lessons) {
    this.#stacks = stacks;
    this.#lessons = lessons;
  }

  /** A stack sends a packet of its own. */
  send(stack: Stack, packet: Packet): Arrival {
    const tracked = this.#track(stack, packet);
    const before = stack.routeTo(packet.destination);
    if (before === null && !stack.isLocal(packet.destination)) {
      return lost({ kind: 'netUnreachable', from: null });
    }
    const device = stack.isLocal(packet.destination) ? loopback : (before?.device ?? '');
    this.#note(stack, 'send', device);
    const here = { stack, packet, tracked };
    const translated = this.#translate(here, 'OUTPUT', { inDevice: '', outDevice: device });
    const stopped = this.#filter(translated, 'OUTPUT', { inDevice: '', outDevice: device });
    if (stopped !== null) return stopped;
    const { destination } = translated.packet;
    if (stack.isLocal(destination)) return this.#loop(translated);
    const route = stack.routeTo(destination);
    if (route === null) return lost({ kind: 'netUnreachable', from: null });
    return this.#leave(translated, { inDevice: '', outDevice: route.device }, route);
  }

  #loop(here: InStack): Arrival {
    const sent = this.#translate(here, 'POSTROUTING', { inDevice: '', outDevice: loopback });
    return this.#deliver(sent, loopback);
  }

  #deliver(here: InStack, inDevice: string): Arrival {
    const stopped = this.#filter(here, 'INPUT', { inDevice, outDevice: '' });
    if (stopped !== null) return stopped;
    this.#note(here.stack, 'deliver', inDevice);
    return { kind: 'arrived', stack: here.stack, packet: here.packet };
  }

  #receive(stack: Stack, inDevice: string, received: Packet): Arrival {
    this.#passed += 1;
    if (this.#passed > stacksMax) return lost({ kind: 'timedOut' });
    this.#note(stack, 'receive', inDevice);
    const devices = { inDevice, outDevice: '' };
    const arrived = { stack, packet: received, tracked: this.#track(stack, received) };
    const here = this.#translate(arrived, 'PREROUTING', devices);
    const { packet } = here;
    if (stack.isLocal(packet.destination)) return this.#deliver(here, inDevice);
    // The kernel drops it without a word.
    if (!stack.isForwarding && packet.family === 4) return lost({ kind: 'timedOut' });
    const route = stack.routeTo(packet.destination);
    const from = stack.sourceTowards(packet.source);
    if (route === null) return lost({ kind: 'netUnreachable', from });
    if (packet.ttl <= 1) {
      return lost(from === null ? { kind: 'timedOut' } : { kind: 'ttlExceeded', from });
    }
    const forwarded = { ...here, packet: { ...packet, ttl: packet.ttl - 1 } };
    const through = { inDevice, outDevice: route.device };
    this.#note(stack, 'forward', route.device);
    const stopped = this.#filter(forwarded, 'FORWARD', through);
    return stopped ?? this.#leave(forwarded, through, route);
  }

  /** Out of a device, to the next stack on its link. */
  #leave(here: InStack, devices: Devices, route: RouteRow): Arrival {
    const { stack } = here;
    const { packet } = this.#translate(here, 'POSTROUTING', devices);
    const next = route.gateway ?? packet.destination;
    const { found, entered } = askSegment(this.#stacks, stack, route.device, next);
    this.#lessons.ask({ stack, route, address: next, source: packet.source }, found, entered);
    if (found === null) {
      const from = devices.inDevice === '' ? null : stack.sourceTowards(packet.source);
      return lost({ kind: 'hostUnreachable', from });
    }
    let current = packet;
    for (const crossing of found.crossings) {
      const crossed = this.#cross(crossing, current);
      if ('kind' in crossed) return crossed;
      current = crossed;
    }
    return this.#receive(found.stack, found.link.name, current);
  }

  /** Bridged frames pass the hooks of the bridge's stack too (bridge-nf-call-iptables is on). */
  #cross({ stack, bridge }: Crossing, packet: Packet): Packet | Arrival {
    const devices = { inDevice: bridge, outDevice: bridge };
    this.#note(stack, 'bridge', bridge);
    const arrived = { stack, packet, tracked: this.#track(stack, packet) };
    const here = this.#translate(arrived, 'PREROUTING', { ...devices, outDevice: '' });
    const stopped = this.#filter(here, 'FORWARD', devices, true);
    return stopped ?? this.#translate(here, 'POSTROUTING', devices).packet;
  }

  #track(stack: Stack, packet: Packet): Tracked {
    let table = this.#tables.get(stack.key);
    if (table === undefined) {
      table = new ConnectionTable();
      this.#tables.set(stack.key, table);
    }
    return table.track(packet);
  }

  #filter(here: InStack, chain: string, devices: Devices, isBridged = false): Arrival | null {
    const { stack, packet } = here;
    const verdict = runHook(atHook(here, devices, isBridged), 'filter', chain);
    if (verdict.kind === 'accept' || verdict.kind === 'translate') return null;
    this.#note(stack, 'stop', `${verdict.by.chain} ${verdict.by.rank ?? 'policy'}`);
    if (verdict.kind === 'drop') return lost({ kind: 'dropped', by: verdict.by });
    const from = stack.sourceTowards(packet.source);
    return lost(from === null ? { kind: 'timedOut' } : { kind: 'refused', from });
  }

  #translate(here: InStack, hook: string, devices: Devices): InStack {
    const { stack, packet, tracked } = here;
    if (isFirstAt(tracked, hook)) {
      const verdict = runHook(atHook(here, devices, false), 'nat', hook);
      if (verdict.kind === 'translate') applyTranslation(here, verdict.target, devices);
    }
    const isLast = hook === 'POSTROUTING';
    const changed = isLast ? withSource(packet, tracked) : withDestination(packet, tracked);
    const [was, is] = isLast
      ? [packet.source, changed.source]
      : [packet.destination, changed.destination];
    if (was !== is) this.#note(stack, 'translate', is);
    return { ...here, packet: changed };
  }

  #note(stack: Stack, kind: TraceStep['kind'], detail: string): void {
    this.steps.push({ host: stack.host, namespace: stack.namespace, kind, detail });
  }
}

function atHook({ stack, packet, tracked }: InStack, devices: Devices, isBridged: boolean): AtHook {
  return {
    stack,
    packet,
    ...devices,
    state: stateOf(packet, tracked),
    original: tracked.connection.original,
    isBridged,
    isAnswer: tracked.isAnswer,
  };
}

function applyTranslation(
  { stack, packet, tracked }: InStack,
  target: Translation,
  { inDevice, outDevice }: Devices,
): void {
  if (target.kind === 'MASQUERADE') {
    const route = stack.routeTo(packet.destination);
    const own = route?.device === outDevice ? stack.sourceOn(route) : null;
    if (own !== null) setSource(tracked, own, null);
    return;
  }
  if (target.kind === 'REDIRECT') {
    const port = target.ports === null ? null : Number.parseInt(target.ports, 10);
    setDestination(tracked, ownAddress(stack, packet, inDevice), port);
    return;
  }
  const { address, port } = splitTarget(target.to);
  if (target.kind === 'DNAT') setDestination(tracked, address, port);
  else setSource(tracked, address, port);
}

/** What a machine sends to itself goes to its loopback, what comes in to the link it came by. */
function ownAddress(stack: Stack, { family }: Packet, inDevice: string): string {
  if (inDevice === '') return family === 4 ? '127.0.0.1' : '::1';
  const link = stack.interfaceNamed(inDevice);
  const own = link?.addresses.find((one) => one.family === family && one.scope === 'global');
  return own === undefined ? '' : bareAddress(own.address);
}

/** `172.17.0.2:80`, `172.17.0.2`, `:53` */
function splitTarget(to: string): { address: string; port: number | null } {
  const [, address = to, port] = /^(.*?):(\d+)$/.exec(to) ?? [];
  return { address, port: port === undefined ? null : Number(port) };
}
