import { canonicalAddress, isWithinNetwork } from '@netfold/dataplane';
import type { RouteRow } from '@netfold/dataplane';
import type { StackView } from '../tool.ts';
import { ipv4Number, splitAddress } from './interface-text.ts';
import { localRoutes } from './local-table.ts';
import { destinationOf } from './route-order.ts';

/** What `ip route get` is asked. */
export type RouteQuestion = {
  readonly destination: string;
  /** The packet's source; `null`: the kernel chooses. */
  readonly from: string | null;
  /** The interface that it comes in by: it is to be forwarded. */
  readonly inside: string | null;
  /** The interface that it must go out by. */
  readonly outside: string | null;
};

/** Where the kernel would send it. */
export type FoundRoute = {
  readonly type: 'unicast' | 'local' | 'broadcast';
  readonly family: 4 | 6;
  readonly gateway: string | null;
  readonly device: string;
  /** The address that the kernel would send from; empty where it has none. */
  readonly source: string;
  readonly protocol: string | null;
  readonly metric: number;
};

/** Whether the route's destination covers the address. */
export const covers = (row: RouteRow, address: string): boolean => {
  const { address: network, prefix } = destinationOf(row);
  return prefix === 0 || isWithinNetwork(`${network}/${prefix}`, address);
};

/** The route of the longest prefix, as the kernel would look it up. */
const lookUpRoute = (
  { routes }: StackView,
  address: string,
  device: string | null = null,
): RouteRow | null => {
  const family = address.includes(':') ? 6 : 4;
  const fitting = routes
    .filter((row) => row.family === family && (device === null || row.device === device))
    .filter((row) => covers(row, address))
    .toSorted((a, b) => destinationOf(b).prefix - destinationOf(a).prefix || a.metric - b.metric);
  return fitting[0] ?? null;
};

const isOwn = (stack: StackView, address: string): boolean =>
  address.startsWith('127.') ||
  stack.interfaces.some((row) =>
    row.addresses.some((one) => splitAddress(one.address).address === address),
  );

/** The address that a device sends from by itself. */
const ownSource = (stack: StackView, device: string, family: 4 | 6): string => {
  const row = stack.interfaces.find((one) => one.name === device);
  const own = row?.addresses.filter((one) => one.family === family) ?? [];
  const first = own.find((one) => one.scope === 'global') ?? own[0];
  return first === undefined ? '' : splitAddress(first.address).address;
};

/**
 * A source that is not the stack's own leads nowhere, unless the packet came in. A device that is
 * asked for has its neighbours everywhere when no route leads out by it.
 *
 * @returns `null` where no way leads there
 * @source linux net/ipv4/route.c ip_route_output_key_hash_rcu; recorded with iproute2 6.1
 */
export const findRoute = (stack: StackView, question: RouteQuestion): FoundRoute | null => {
  const { from, inside, outside } = question;
  const destination = canonicalAddress(question.destination) ?? question.destination;
  const family = destination.includes(':') ? 6 : 4;
  if (from !== null && inside === null && !isOwn(stack, from)) return null;
  const common = { family, gateway: null, protocol: 'kernel', metric: 0 } as const;
  if (isOwn(stack, destination)) {
    return { ...common, type: 'local', device: 'lo', source: destination };
  }
  const broadcast = localRoutes(stack).find(
    (one) => one.type === 'broadcast' && one.destination === destination,
  );
  if (broadcast !== undefined) {
    return { ...common, type: 'broadcast', device: broadcast.device, source: broadcast.source };
  }
  const row = lookUpRoute(stack, destination, outside);
  const device = row?.device ?? outside;
  if (device === null) return null;
  const source = row?.source ?? ownSource(stack, device, family);
  const { gateway = null, protocol = null, metric = 0 } = row ?? {};
  return { type: 'unicast', family, gateway, device, source, protocol, metric };
};

/** Whether a route's destination lies within a network: what `root` asks for. */
export const liesWithin = (network: string, row: RouteRow): boolean => {
  const { address, prefix } = destinationOf(row);
  const wanted = splitAddress(network.includes('/') ? network : `${network}/32`);
  if (row.family !== 4 || prefix < wanted.prefix) return false;
  const size = 2 ** (32 - wanted.prefix);
  const blockOf = (text: string): number => Math.floor(ipv4Number(text) / size);
  return blockOf(address) === blockOf(wanted.address);
};
