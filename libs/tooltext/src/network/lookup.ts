import { askNameServer, canonicalAddress, familyOf } from '@netfold/dataplane';
import type { DnsAnswer, Question } from '@netfold/dataplane';
import type { ToolWorld } from '../tool.ts';
import { originOf } from './origin.ts';

/** How the C library looks a name up: addresses in the order to try them. */
export type Lookup =
  | { readonly kind: 'found'; readonly addresses: readonly string[] }
  | { readonly kind: 'notFound' }
  /** No server answered. */
  | { readonly kind: 'noAnswer' };

/** What `/etc/resolv.conf` says. */
export type ResolverSettings = {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  /** Names with fewer dots are tried with the search list first. */
  readonly ndots: number;
};

const usualNdots = 1;

export const resolverSettings = (world: ToolWorld): ResolverSettings => {
  const rows = (world.readFile('/etc/resolv.conf') ?? '').split('\n').map((line) => words(line));
  const servers = rows.flatMap(([key, value]) => (key === 'nameserver' && value ? [value] : []));
  const search = rows.findLast(([key]) => key === 'search' || key === 'domain')?.slice(1) ?? [];
  const options = rows.flatMap(([key, ...rest]) => (key === 'options' ? rest : []));
  const ndots = options.map((word) => /^ndots:(\d+)$/.exec(word)?.[1]).findLast(Boolean);
  return { servers, search, ndots: ndots === undefined ? usualNdots : Number(ndots) };
};

const words = (line: string): string[] =>
  line
    .replace(/[#;].*$/, '')
    .split(/\s+/)
    .filter((word) => word !== '');

/** Asks each server in turn until one answers. */
export const askServers = (
  world: ToolWorld,
  servers: readonly string[],
  question: Question,
): { readonly answer: DnsAnswer; readonly server: string } => {
  let last: DnsAnswer = { kind: 'timedOut' };
  for (const server of servers) {
    last = askNameServer(world.packets, originOf(world), server, question);
    if (last.kind === 'answer') return { answer: inTurn(last, world.now), server };
  }
  return { answer: last, server: servers[0] ?? '' };
};

/** Several addresses of one name come in another order each time. */
const inTurn = (answer: DnsAnswer, now: number): DnsAnswer => {
  if (answer.kind !== 'answer' || answer.data.length < 2) return answer;
  const at = Math.trunc(now) % answer.data.length;
  return { ...answer, data: [...answer.data.slice(at), ...answer.data.slice(0, at)] };
};

/** Looks up a name or an address as getaddrinfo(3) does: numbers, `/etc/hosts`, DNS. */
export const lookUp = (world: ToolWorld, name: string, families: readonly (4 | 6)[]): Lookup => {
  const own = canonicalAddress(name);
  if (own !== null) {
    return families.includes(familyOf(own))
      ? { kind: 'found', addresses: [own] }
      : { kind: 'notFound' };
  }
  const fromFile = hostsFileAddresses(world, name).filter((one) =>
    families.includes(familyOf(one)),
  );
  if (fromFile.length > 0) return { kind: 'found', addresses: inOrder(world, fromFile) };
  return lookUpByDns(world, name, families);
};

const hostsFileAddresses = (world: ToolWorld, name: string): string[] =>
  hostsFileNames(world).flatMap(({ address, names }) => {
    const isHere = names.some((one) => one.toLowerCase() === name.toLowerCase());
    return isHere ? [address] : [];
  });

/** The lines of `/etc/hosts` that name an address, in their order. */
export const hostsFileNames = (
  world: ToolWorld,
): readonly { readonly address: string; readonly names: readonly string[] }[] =>
  (world.readFile('/etc/hosts') ?? '').split('\n').flatMap((line) => {
    const [address, ...names] = words(line);
    return address === undefined ? [] : [{ address, names }];
  });

/** The name that `/etc/hosts` has for an address, or `null`. */
export const nameInHosts = (world: ToolWorld, address: string): string | null =>
  hostsFileNames(world).find((one) => one.address === address)?.names[0] ?? null;

/**
 * Asks for the names of addresses, as tools do that print names where there are any: /etc/hosts,
 * then DNS. The engine's own server knows its containers; whoever else is asked knows none, and
 * the packets go out all the same.
 *
 * @returns the names by address; an address without one is absent
 */
export const askNames = (
  world: ToolWorld,
  addresses: readonly string[],
): ReadonlyMap<string, string> => {
  const { servers } = resolverSettings(world);
  return new Map(
    [...new Set(addresses)].flatMap((address) => {
      const name = nameInHosts(world, address) ?? nameByDns(world, servers, address);
      return name === null ? [] : [[address, name] as const];
    }),
  );
};

const nameByDns = (world: ToolWorld, servers: readonly string[], name: string): string | null => {
  const { answer } = askServers(world, servers, { type: 'PTR', name });
  return answer.kind === 'answer' ? (answer.data[0] ?? null) : null;
};

const candidates = (name: string, { search, ndots }: ResolverSettings): string[] => {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.filter((domain) => domain !== '.').map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [name, ...searched] : [...searched, name];
};

const lookUpByDns = (world: ToolWorld, name: string, families: readonly (4 | 6)[]): Lookup => {
  const settings = resolverSettings(world);
  let hasAnswer = false;
  for (const candidate of candidates(name, settings)) {
    const addresses = families.flatMap((family) => {
      const type = family === 4 ? 'A' : 'AAAA';
      const { answer } = askServers(world, settings.servers, { type, name: candidate });
      if (answer.kind !== 'answer') return [];
      hasAnswer = true;
      return answer.data;
    });
    if (addresses.length > 0) return { kind: 'found', addresses: inOrder(world, addresses) };
  }
  return { kind: hasAnswer ? 'notFound' : 'noAnswer' };
};

/** IPv6 first where there is a way for it (RFC 6724), then IPv4; without a way, last. */
const inOrder = (world: ToolWorld, addresses: readonly string[]): string[] => {
  const rank = (address: string): number => {
    if (familyOf(address) === 4) return 1;
    return world.packets.canSendTo(originOf(world), address) ? 0 : 2;
  };
  return addresses.toSorted((one, other) => rank(one) - rank(other));
};
