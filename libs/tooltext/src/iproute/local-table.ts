import type { InterfaceAddress, InterfaceRow } from '@netfold/dataplane';
import type { StackView } from '../tool.ts';
import { ipv4Number, splitAddress } from './interface-text.ts';

/** A route of the table. */
export type LocalRoute = {
  readonly type: 'local' | 'broadcast';
  readonly destination: string;
  readonly device: string;
  readonly source: string;
  readonly isLinkDown: boolean;
};

/** Two addresses fit into a /31: neither is a broadcast one. */
const lastWithBroadcast = 30;

const dotted = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

const routesOf = (link: InterfaceRow, one: InterfaceAddress): LocalRoute[] => {
  const { address: source, prefix } = splitAddress(one.address);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(ipv4Number(source) / size) * size;
  const common = { device: link.name, source, isLinkDown: false };
  const own: LocalRoute = { ...common, type: 'local', destination: source };
  const net: LocalRoute = { ...own, destination: `${dotted(first)}/${prefix}` };
  const hasBroadcast = prefix <= lastWithBroadcast;
  const broadcast: LocalRoute = {
    ...common,
    type: 'broadcast',
    destination: dotted(first + size - 1),
    isLinkDown: !link.hasCarrier,
  };
  return [...(link.kind === 'loopback' ? [net] : []), own, ...(hasBroadcast ? [broadcast] : [])];
};

/**
 * The IPv4 table `local`, which the kernel fills from the addresses of links that are up.
 *
 * @source linux net/ipv4/fib_frontend.c fib_add_ifaddr; recorded with iproute2 6.1
 */
export const localRoutes = (stack: StackView): LocalRoute[] =>
  stack.interfaces
    .filter(({ isUp }) => isUp)
    .flatMap((link) =>
      link.addresses
        .filter(({ address }) => !address.includes(':'))
        .flatMap((one) => routesOf(link, one)),
    )
    .toSorted((a, b) => keyOf(a) - keyOf(b));

const keyOf = ({ destination }: LocalRoute): number => ipv4Number(destination.replace(/\/.*$/, ''));

export const localScope = ({ type }: LocalRoute): 'host' | 'link' =>
  type === 'local' ? 'host' : 'link';

/** What a listing of the table is narrowed to; `null`: everything. */
export type LocalFilter = {
  readonly device: string | null;
  readonly destination: string | null;
  readonly scope: string | null;
  readonly type: string | null;
};

/** The routes that a filter lets through. */
export const localRoutesOf = (stack: StackView, filter: LocalFilter): LocalRoute[] =>
  localRoutes(stack).filter(
    (route) =>
      (filter.device === null || route.device === filter.device) &&
      (filter.destination === null || route.destination === filter.destination) &&
      (filter.scope === null || localScope(route) === filter.scope) &&
      (filter.type === null || route.type === filter.type),
  );

/**
 * What is asked for is left out of the lines, but for the type.
 *
 * @param mark  `table local ` where several tables are listed
 */
export const localRouteLines = (stack: StackView, mark: string, filter: LocalFilter): string[] =>
  localRoutesOf(stack, filter).map((route) => {
    const { type, destination, device, source } = route;
    const dev = filter.device === null ? `dev ${device} ` : '';
    const scope = filter.scope === null ? `scope ${localScope(route)} ` : '';
    const end = route.isLinkDown ? 'linkdown ' : '';
    return `${type} ${destination} ${dev}${mark}proto kernel ${scope}src ${source} ${end}`;
  });
