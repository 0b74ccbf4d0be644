import type { RouteRow } from '@netfold/dataplane';
import { netmask } from '../iproute/interface-text.ts';
import { destinationOf, routesInOrder } from '../iproute/route-order.ts';
import { askNames } from '../network/lookup.ts';
import { editRoute, netToolsStyle } from './edit-route.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool } from '../tool.ts';

export type RouteStyle = {
  /** `-n`: addresses instead of `default` and the like. */
  readonly isNumeric: boolean;
  /** What stands for no gateway without `-n`: net-tools prints the address, BusyBox `*`. */
  readonly noGateway: string;
  /** `netstat -r` prints MSS, window and irtt in place of metric, ref and use. */
  readonly isNetstat: boolean;
};

const header = (isNetstat: boolean): string =>
  'Destination     Gateway         Genmask         ' +
  (isNetstat ? 'Flags   MSS Window  irtt Iface' : 'Flags Metric Ref    Use Iface');

const flagsOf = (row: RouteRow): string => {
  const { prefix } = destinationOf(row);
  return `U${row.gateway === null ? '' : 'G'}${prefix === 32 ? 'H' : ''}`;
};

const line = (row: RouteRow, style: RouteStyle): string => {
  const { address, prefix } = destinationOf(row);
  const destination = prefix === 0 && !style.isNumeric ? 'default' : address;
  const none = style.isNumeric ? '0.0.0.0' : style.noGateway;
  const head =
    `${destination.padEnd(15)} ${(row.gateway ?? none).padEnd(15)} ` +
    `${netmask(prefix).padEnd(15)} ${flagsOf(row).padEnd(5)} `;
  if (style.isNetstat) return `${head}    0 0          0 ${row.device}`;
  return `${head}${String(row.metric).padEnd(6)} 0        0 ${row.device}`;
};

/** The IPv4 table that `route` and `netstat -r` print, in both userlands. */
export const routeTable = (stack: StackView, style: RouteStyle): string =>
  lines([
    'Kernel IP routing table',
    header(style.isNetstat),
    ...routesInOrder(stack.routes, 4).map((row) => line(row, style)),
  ]);

/** What is looked up where names are wanted: networks and gateways, but not the default one. */
export const addressesIn = (stack: StackView): string[] =>
  routesInOrder(stack.routes, 4).flatMap((row) => {
    const { address, prefix } = destinationOf(row);
    return [...(prefix === 0 ? [] : [address]), ...(row.gateway === null ? [] : [row.gateway])];
  });

const table6 = (stack: StackView): string =>
  lines([
    'Kernel IPv6 routing table',
    'Destination                    Next Hop                   Flag Met Ref  Use If',
    ...routesInOrder(stack.routes, 6).map((row) => {
      const { address, prefix } = destinationOf(row);
      const flags = row.gateway === null ? 'U' : 'UG';
      return (
        `${`${address}/${prefix}`.padEnd(30)} ${(row.gateway ?? '::').padEnd(26)} ` +
        `${flags.padEnd(4)} ${String(row.metric).padEnd(3)} 1      0 ${row.device}`
      );
    }),
  ]);

/** net-tools' `route`. @source recorded with net-tools 2.10 */
export const route: Tool = (world, argv) => {
  const words = argv.slice(1);
  const at = words.findIndex((word) => ['add', 'del', 'delete'].includes(word));
  if (at >= 0) {
    const rest = words.slice(at + 1);
    return world.edits === null
      ? failed(netToolsStyle.exitCode, 'SIOCADDRT: Operation not permitted\n')
      : editRoute(world.edits, words[at] ?? '', rest, netToolsStyle);
  }
  if (words.includes('-6') || words.includes('--inet6')) return printed(table6(world.stack));
  const isNumeric = words.some((word) => /^-[a-z]*n/.test(word));
  const isNetstat = words.some((word) => /^-[a-z]*e/.test(word));
  if (!isNumeric) askNames(world, addressesIn(world.stack));
  const style = { isNumeric, noGateway: '0.0.0.0', isNetstat };
  return printed(routeTable(world.stack, style));
};
