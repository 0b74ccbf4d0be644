/**
 * What is true of one host at one moment, section by section, in a form that does not depend on
 * where it was read: recorded and shown states both become this, and are then compared as texts.
 *
 * - `host/interfaces routes routes6 listeners proxies forwarding`, `host/filter/CHAIN`,
 *   `host/nat/CHAIN`
 * - `network/NAME`
 * - `container/NAME`, and while it runs `container/NAME/interfaces routes routes6 hosts resolv`
 *   and `container/NAME/nat/CHAIN`
 * - `dns/CONTAINER/NAME`: the addresses that the container finds for a name
 */
export type HostFacts = Readonly<Record<string, unknown>>;

/** One interface, of a host or of a container. */
export type InterfaceFact = {
  readonly index: number;
  readonly name: string;
  readonly kind: string;
  readonly mac: string;
  readonly mtu: number;
  readonly isUp: boolean;
  readonly hasCarrier: boolean;
  readonly state: string;
  readonly master: string | null;
  readonly peerIndex: number | null;
  readonly peerNamespace: number | null;
  readonly queueLength: number | null;
  readonly addresses: readonly string[];
};

/** One stack with the name of its owner; '' for the host's own. */
export type StackInterfaces = {
  readonly owner: string;
  readonly interfaces: readonly InterfaceFact[];
};

/** A host as it was read, with everything that was drawn by lot named in `drawn`. */
export type HostPicture = {
  readonly facts: HostFacts;
  /** From what was drawn (ids, MACs, names of veth ends) to what stands for it. */
  readonly drawn: ReadonlyMap<string, string>;
};

const shortIdLength = 12;

/** How ids of Docker stand in texts: whole, or shortened to twelve digits. */
export function drawnId(id: string, token: string): readonly [string, string][] {
  return [
    [id, `<${token}>`],
    [id.slice(0, shortIdLength), `<short ${token}>`],
  ];
}

/** The link-local address that the kernel makes of a MAC (RFC 4291, appendix A). */
function linkLocalOf(mac: string): string {
  const octets = mac.split(':').map((octet) => Number.parseInt(octet, 16));
  const [first = 0, second = 0, third = 0, ...rest] = octets;
  const bytes = [first ^ 2, second, third, 0xff, 0xfe, ...rest];
  const groups = [0, 2, 4, 6].map((at) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return `fe80::${groups.map((group) => group.toString(16)).join(':')}`;
}

/**
 * Names what the kernel drew by lot: a veth end of the host is called after the interface at its
 * other end, and the MACs of bridges and veth ends after their interfaces.
 */
export function drawnOfLinks(
  host: StackInterfaces,
  stacks: readonly StackInterfaces[],
): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>();
  for (const link of host.interfaces) {
    if (link.kind !== 'bridge' && link.kind !== 'veth') continue;
    const token = link.kind === 'veth' ? (vethToken(link, stacks) ?? link.name) : link.name;
    if (token !== link.name) drawn.set(link.name, token);
    drawn.set(linkLocalOf(link.mac), `<link-local of ${token}>`);
    drawn.set(link.mac, `<mac of ${token}>`);
  }
  return drawn;
}

function vethToken(veth: InterfaceFact, stacks: readonly StackInterfaces[]): string | null {
  for (const { owner, interfaces } of stacks) {
    const peer = interfaces.find(
      (one) => one.index === veth.peerIndex && one.peerIndex === veth.index,
    );
    if (peer !== undefined) return `<veth ${owner} ${peer.name}>`;
  }
  return null;
}

/** Puts what stands for them in the place of all drawn names, the longest first. */
export function withoutDrawn(facts: HostFacts, drawn: ReadonlyMap<string, string>): HostFacts {
  const found = [...drawn].toSorted(([a], [b]) => b.length - a.length);
  return Object.fromEntries(
    Object.entries(facts).map(([section, fact]) => {
      const named = JSON.parse(replaceAll(JSON.stringify(fact), found)) as unknown;
      return [replaceAll(section, found), named];
    }),
  );
}

/** Sorts what has no order of its own: the kernel's tables, sockets and processes, DNS answers. */
export function inOrder(facts: HostFacts): HostFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([section, fact]) => {
      const isUnordered = /^dns\/|\/(?:routes6?|forwarding|listeners|proxies)$/.test(section);
      return [section, isUnordered ? (fact as readonly string[]).toSorted() : fact];
    }),
  );
}

export function replaceAll(text: string, found: readonly (readonly [string, string])[]): string {
  let replaced = text;
  for (const [raw, token] of found) replaced = replaced.replaceAll(raw, token);
  return replaced;
}

/**
 * The lines of a chain in their order, with the ports that the embedded DNS drew named. It draws
 * one of each protocol, which may have the same number.
 */
export function withoutDnsPorts(lines: readonly string[]): readonly string[] {
  const drawn = new Set<string>();
  for (const line of lines) {
    const match = /-p (tcp|udp) .*--to-destination 127\.0\.0\.11:(\d+)$/.exec(line);
    if (match !== null) drawn.add(`${match[1]} ${match[2]}`);
  }
  return lines.map((line) => {
    const protocol = /-p (tcp|udp)\b/.exec(line)?.[1] ?? '';
    return line.replace(/(127\.0\.0\.11:|--sport )(\d+)/, (whole, before: string, port: string) =>
      drawn.has(`${protocol} ${port}`) ? `${before}<dns ${protocol}>` : whole,
    );
  });
}

/**
 * The lines of a hosts file. Those of several links stand in any order, but before the own ones.
 */
export function hostsLines(lines: readonly string[], own: readonly string[]): readonly string[] {
  const isOwn = (line: string): boolean => own.includes(line.split('\t')[0] ?? '');
  const fixed = lines.slice(0, fixedHostsLines);
  const added = lines.slice(fixedHostsLines);
  const linked = added.findIndex(isOwn);
  const end = linked === -1 ? added.length : linked;
  return [...fixed, ...added.slice(0, end).toSorted(), ...added.slice(end)];
}

const fixedHostsLines = 6;

/** The bridge that an engine makes for the containers of overlays. */
export const gatewayNetworkName = 'docker_gwbridge';

/**
 * Who is on a network, by name. Endpoints of the engine's own have no names to be asked for: on
 * the gateway bridge addresses alone count, and load balancers of overlays are left out.
 */
export function membersOf(
  network: string,
  members: readonly (readonly string[])[],
): Readonly<Record<string, string>> {
  const isGateway = network === gatewayNetworkName;
  const named = members.flatMap(([name = '', addresses = '']): [string, string][] => {
    if (isGateway) return [[addresses, '']];
    return name === '' ? [] : [[name, addresses]];
  });
  return Object.fromEntries(named.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** With a search domain BusyBox's nslookup asks for other names than it was told. */
export const hasOwnResolver = (resolv: readonly string[]): boolean =>
  !resolv.some((line) => line.startsWith('search '));

/** The stack of a container whose partner in container mode has stopped. */
export const nobodys = 'of nobody';

/** All that is said of a swarm network that waits for its subnet. */
export const notAllocated: object = { isAllocated: false };
