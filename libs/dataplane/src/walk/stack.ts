import { bareAddress } from '../addresses.ts';
import type { InterfaceRow, RouteRow, RuleRow, SocketRow } from '../rows.ts';
import type { NamespaceView } from '../view/namespace-view.ts';
import { familyOf, isWithin, loopback4 } from './address-match.ts';

/** One network stack as a packet meets it. */
export class Stack {
  readonly host: string;
  readonly namespace: string;
  readonly view: NamespaceView;
  /** Whether it passes on what is for others (`net.ipv4.ip_forward`). */
  readonly isForwarding: boolean;
  readonly #rules = new Map<string, RuleRow[]>();
  readonly #interfaces: ReadonlyMap<string, InterfaceRow>;
  readonly #addresses: ReadonlySet<string>;

  constructor(host: string, namespace: string, view: NamespaceView, isForwarding: boolean) {
    this.isForwarding = isForwarding;
    this.host = host;
    this.namespace = namespace;
    this.view = view;
    for (const rule of view.rules) {
      const key = chainKey(rule.family, rule.table, rule.chain);
      const known = this.#rules.get(key);
      if (known === undefined) this.#rules.set(key, [rule]);
      else known.push(rule);
    }
    this.#interfaces = new Map(view.interfaces.map((row) => [row.name, row]));
    // An address of a link that was never brought up is the machine's own all the same.
    const up = view.interfaces.filter(
      ({ isUp, interfaceIndex }) => isUp || view.neverUp?.has(interfaceIndex) === true,
    );
    this.#addresses = new Set(
      up.flatMap((row) => row.addresses.map((one) => bareAddress(one.address))),
    );
  }

  get key(): string {
    return `${this.host}/${this.namespace}`;
  }

  rulesOf(family: 4 | 6, table: string, chain: string): readonly RuleRow[] {
    return this.#rules.get(chainKey(family, table, chain)) ?? [];
  }

  interfaceNamed(name: string): InterfaceRow | null {
    return this.#interfaces.get(name) ?? null;
  }

  /** Linux answers for each of its addresses, whichever link it is asked on. */
  isLocal(address: string): boolean {
    return this.#addresses.has(address) || this.#isLoopback(address);
  }

  #isLoopback(address: string): boolean {
    return isWithin(loopback4, address) && this.#addresses.has('127.0.0.1');
  }

  /** The route with the longest prefix, then the lowest metric. */
  routeTo(address: string): RouteRow | null {
    const family = familyOf(address);
    let best: RouteRow | null = null;
    for (const row of this.view.routes) {
      if (row.family !== family || !leadsTo(row, address)) continue;
      if (best === null || isBetter(row, best)) best = row;
    }
    return best;
  }

  /** The source address of what goes there: the route's own, else the device's first one. */
  sourceTowards(address: string): string | null {
    if (this.isLocal(address)) return address;
    const route = this.routeTo(address);
    return route === null ? null : this.sourceOn(route);
  }

  sourceOn(route: RouteRow): string | null {
    if (route.source !== null) return route.source;
    const row = this.interfaceNamed(route.device);
    const own = row?.addresses.find(
      ({ family, scope }) => family === route.family && scope === 'global',
    );
    return own === undefined ? null : bareAddress(own.address);
  }

  /** The socket that a connection or datagram to this address ends at. */
  socketFor(protocol: 'tcp' | 'udp', address: string, port: number): SocketRow | null {
    const candidates = this.view.sockets.filter(
      (row) => row.localPort === port && takes(row, protocol, address),
    );
    return candidates.find((row) => row.localAddress === address) ?? candidates[0] ?? null;
  }
}

const chainKey = (family: 4 | 6, table: string, chain: string): string =>
  `${family} ${table} ${chain}`;

const leadsTo = (row: RouteRow, address: string): boolean =>
  row.destination === 'default' || isWithin(row.destination, address);

const lengthOf = ({ destination, family }: RouteRow): number => {
  if (destination === 'default') return 0;
  return Number(destination.split('/')[1] ?? (family === 4 ? 32 : 128));
};

const isBetter = (one: RouteRow, other: RouteRow): boolean => {
  const difference = lengthOf(one) - lengthOf(other);
  return difference > 0 || (difference === 0 && one.metric < other.metric);
};

const takes = (row: SocketRow, protocol: 'tcp' | 'udp', address: string): boolean => {
  const isSix = row.protocol === `${protocol}6`;
  if (row.protocol !== protocol && !isSix) return false;
  if (row.localAddress === address) return true;
  if (row.localAddress === '::') return !row.isIPv6Only || familyOf(address) === 6;
  return row.localAddress === '0.0.0.0' && familyOf(address) === 4;
};
