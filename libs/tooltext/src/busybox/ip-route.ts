import { canonicalAddress } from '@netfold/dataplane';
import type { RouteRow } from '@netfold/dataplane';
import { localRoutesOf, localScope } from '../iproute/local-table.ts';
import type { LocalRoute } from '../iproute/local-table.ts';
import { isSelected, parseFilter, shownDestination } from '../iproute/ip-route.ts';
import type { RouteFilter } from '../iproute/ip-route.ts';
import { parseRouteGet } from '../iproute/route-get.ts';
import { findRoute } from '../iproute/route-lookup.ts';
import { routesInOrder } from '../iproute/route-order.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, ToolOutput } from '../tool.ts';

const routeLine = (row: RouteRow, filter: RouteFilter): string => {
  const via = row.gateway === null ? '' : `via ${row.gateway} `;
  if (row.family === 6) {
    return `${row.destination} ${via}dev ${row.device}  metric ${row.metric} `;
  }
  const scope = row.scope === 'link' && filter.scope === null ? 'scope link ' : '';
  const source = row.source === null ? '' : ` src ${row.source} `;
  return `${shownDestination(row)} ${via}dev ${row.device} ${scope}${source}`;
};

const localLine = (route: LocalRoute, mark: string): string => {
  const { type, destination, device, source } = route;
  return `${type} ${destination} dev ${device} ${mark}scope ${localScope(route)}  src ${source} `;
};

/** BusyBox lists the local table's multicast routes too: one per interface that speaks IPv6. */
const multicastLines = (stack: StackView, { device }: RouteFilter): string[] => {
  const speaking = stack.interfaces.filter(
    (row) =>
      row.kind !== 'loopback' &&
      (device === null || row.name === device) &&
      row.addresses.some((one) => one.family === 6),
  );
  return speaking.map((row) => `multicast ff00::/8 dev ${row.name}  metric 256 `);
};

/** What BusyBox reads and does not narrow the listing by. */
const listedWhole = { protocol: null, via: null, source: null, type: null };

/** `default` is no filter, and nobody made another table. */
const filterOf = (words: readonly string[]): RouteFilter => {
  const filter = parseFilter(words);
  const isWhole = filter.destination === 'default' || filter.destination === 'all';
  return { ...filter, ...listedWhole, destination: isWhole ? null : filter.destination };
};

/** `ip route show`. @source recorded with BusyBox 1.35 */
export const showRoutes = (
  stack: StackView,
  words: readonly string[],
  family: 4 | 6 | null,
): ToolOutput => {
  const filter = filterOf(words);
  const { device } = filter;
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(1, `ip: can't find device '${device}'\n`);
  }
  const table = filter.table ?? 'main';
  const isLocal = ['local', '255', 'all'].includes(table) && family !== 6;
  const mark = table === 'all' ? 'table local ' : '';
  const local = isLocal ? localRoutesOf(stack, filter).map((route) => localLine(route, mark)) : [];
  if (!['main', '254', 'all'].includes(table)) return printed(lines(local));
  const rows = routesInOrder(stack.routes, family ?? 4).filter((row) => isSelected(row, filter));
  const main = rows.map((row) => routeLine(row, filter));
  return printed(
    lines([...main, ...local, ...(family === 6 ? multicastLines(stack, filter) : [])]),
  );
};

/** `ip route get`. @source recorded with BusyBox 1.35 */
export const getRoute = (stack: StackView, words: readonly string[]): ToolOutput => {
  const question = parseRouteGet(words);
  if (question === null || canonicalAddress(question.destination) === null) {
    return failed(1, 'ip: need at least destination address\n');
  }
  const route = findRoute(stack, question);
  if (route === null) {
    return failed(2, 'ip: RTNETLINK answers: Network is unreachable\n');
  }
  const { type, family, gateway, device, source, metric } = route;
  const from = question.from ?? (family === 6 ? '::' : null);
  const parts = [
    ...(type === 'unicast' ? [] : [`${type} `]),
    `${question.destination} `,
    ...(from === null ? [] : [`from ${from} `]),
    ...(gateway === null ? [] : [`via ${gateway} `]),
    `dev ${device} `,
    ...(question.from === null ? [` src ${source} `] : []),
    ...(family === 6 ? [` metric ${metric} `] : []),
  ];
  return printed(`${parts.join('')}\n`);
};
