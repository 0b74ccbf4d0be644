import type { RouteRow } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, ToolOutput } from '../tool.ts';
import type { IpOptions } from './ip-options.ts';
import { matches } from './ip-options.ts';
import { jsonText } from './json-text.ts';
import { localRouteLines } from './local-table.ts';
import { covers, liesWithin } from './route-lookup.ts';
import { destinationOf, routesInOrder } from './route-order.ts';

export type RouteFilter = {
  readonly device: string | null;
  readonly destination: string | null;
  readonly via: string | null;
  readonly protocol: string | null;
  readonly scope: string | null;
  readonly source: string | null;
  readonly table: string | null;
  /** An address that the routes cover; `null`: any. */
  readonly covered: string | null;
  /** A network that the routes lie in; `null`: any. */
  readonly within: string | null;
  /** `unicast`, `local`, `broadcast` */
  readonly type: string | null;
};

const everything: RouteFilter = {
  device: null,
  destination: null,
  via: null,
  protocol: null,
  scope: null,
  source: null,
  table: null,
  covered: null,
  within: null,
  type: null,
};

export const parseFilter = (words: readonly string[]): RouteFilter => {
  let filter = everything;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (word === 'dev' || word === 'oif') filter = { ...filter, device: value };
    else if (word === 'via') filter = { ...filter, via: value };
    else if (matches(word, 'protocol') && word.length > 1) filter = { ...filter, protocol: value };
    else if (word === 'scope') filter = { ...filter, scope: value };
    else if (word === 'src') filter = { ...filter, source: value };
    else if (word === 'table') filter = { ...filter, table: value };
    else if (word === 'match' && !value.includes(':')) filter = { ...filter, covered: value };
    else if (word === 'root' && !value.includes(':')) filter = { ...filter, within: value };
    else if (word === 'type') filter = { ...filter, type: value };
    else if (['to', 'root', 'match', 'exact'].includes(word)) {
      filter = { ...filter, destination: value };
    } else {
      filter = { ...filter, destination: word };
      continue;
    }
    at += 1;
  }
  return filter;
};

export const isSelected = (row: RouteRow, filter: RouteFilter): boolean => {
  const { address, prefix } = destinationOf(row);
  const wanted = filter.destination;
  const isWanted =
    wanted === null ||
    wanted === 'all' ||
    (wanted === 'default' && prefix === 0) ||
    wanted === row.destination ||
    wanted === shownDestination(row) ||
    wanted === `${address}/${prefix}`;
  return (
    isWanted &&
    (filter.covered === null || (row.family === 4 && covers(row, filter.covered))) &&
    (filter.within === null || liesWithin(filter.within, row)) &&
    (filter.type === null || filter.type === 'unicast') &&
    (filter.device === null || row.device === filter.device) &&
    (filter.via === null || row.gateway === filter.via) &&
    (filter.protocol === null || row.protocol === filter.protocol) &&
    (filter.scope === null || row.scope === filter.scope) &&
    (filter.source === null || row.source === filter.source)
  );
};

/** A route to one address is shown without a length. */
export const shownDestination = ({ destination, family }: RouteRow): string =>
  destination.replace(family === 4 ? /\/32$/ : /\/128$/, '');

/** A filter on the device leaves `dev` out of the lines. */
const routeLine = (row: RouteRow, filter: RouteFilter, isDetailed: boolean): string => {
  const parts = [
    ...(isDetailed ? ['unicast'] : []),
    shownDestination(row),
    ...(row.gateway === null || filter.via !== null ? [] : [`via ${row.gateway}`]),
    ...(filter.device === null ? [`dev ${row.device}`] : []),
  ];
  const isTold = row.protocol === 'kernel' || isDetailed;
  if (isTold && filter.protocol === null) parts.push(`proto ${row.protocol ?? 'boot'}`);
  if (row.family === 6) {
    if (isDetailed) parts.push('scope global');
    parts.push(`metric ${row.metric}`);
    if (row.isLinkDown) parts.push('linkdown');
    return `${parts.join(' ')} pref medium`;
  }
  const isScopeTold = row.scope === 'link' || isDetailed;
  if (isScopeTold && filter.scope === null) parts.push(`scope ${row.scope}`);
  if (row.source !== null && filter.source === null) parts.push(`src ${row.source}`);
  if (row.metric !== 0) parts.push(`metric ${row.metric}`);
  if (row.isLinkDown) parts.push('linkdown');
  return `${parts.join(' ')} `;
};

const jsonRoute = (row: RouteRow, isDetailed: boolean): unknown => ({
  ...(isDetailed ? { type: 'unicast' } : {}),
  dst: shownDestination(row),
  ...(row.gateway === null ? {} : { gateway: row.gateway }),
  dev: row.device,
  ...(row.protocol === 'kernel' || isDetailed ? { protocol: row.protocol ?? 'boot' } : {}),
  ...(isDetailed || (row.scope === 'link' && row.family === 4) ? { scope: scopeOf(row) } : {}),
  ...(row.source === null ? {} : { prefsrc: row.source }),
  ...(row.metric === 0 ? {} : { metric: row.metric }),
  flags: row.isLinkDown ? ['linkdown'] : [],
  ...(row.family === 6 ? { pref: 'medium' } : {}),
});

/** Of IPv6 the kernel tells every scope as global. */
const scopeOf = ({ family, scope }: RouteRow): string => (family === 6 ? 'global' : scope);

const mainTable: readonly string[] = ['main', '254'];
const localTable: readonly string[] = ['local', '255'];

/** The table `local`, alone or behind the others; `null` where it has no part in the listing. */
const localLines = (
  stack: StackView,
  filter: RouteFilter,
  { family, isJson }: IpOptions,
): string[] | null => {
  const { table } = filter;
  if (table === null || family === 6 || isJson) return null;
  if (localTable.includes(table)) return localRouteLines(stack, '', filter);
  return table === 'all' ? localRouteLines(stack, 'table local ', filter) : null;
};

/** `ip route show`. Nothing but the tables `main` and `local` exists. */
export const showRoutes = (
  stack: StackView,
  words: readonly string[],
  options: IpOptions,
): ToolOutput => {
  const filter = parseFilter(words);
  const device = filter.device;
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(1, `Cannot find device "${device}"\n`);
  }
  const { table } = filter;
  const isMain = table === null || table === 'all' || mainTable.includes(table);
  if (!isMain && !localTable.includes(table)) {
    const family = options.family === 6 ? 'ipv6' : 'ipv4';
    return failed(2, `Error: ${family}: FIB table does not exist.\nDump terminated\n`);
  }
  const rows = isMain
    ? routesInOrder(stack.routes, options.family ?? 4).filter((row) => isSelected(row, filter))
    : [];
  if (options.isJson)
    return printed(
      jsonText(
        rows.map((row) => jsonRoute(row, options.isDetailed)),
        options.isPretty,
      ),
    );
  const local = localLines(stack, filter, options) ?? [];
  return printed(
    lines([...rows.map((row) => routeLine(row, filter, options.isDetailed)), ...local]),
  );
};
