import { familyOf, isWithinNetwork, neighbourStateAt } from '@netfold/dataplane';
import type { InterfaceAddress, InterfaceRow, NeighbourRow } from '@netfold/dataplane';
import {
  addressesOf,
  broadcastMac,
  interfaceFlags,
  linkType,
  queueing,
  splitAddress,
} from '../iproute/interface-text.ts';
import { isResolved } from '../iproute/ip-neigh.ts';
import { matches } from '../iproute/ip-options.ts';
import { isShow } from '../iproute/link-filter.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { editInBusybox, forbidden } from './edits.ts';
import { getRoute, showRoutes } from './ip-route.ts';
import { busyboxUsage } from './usage.ts';

type Options = { readonly family: 4 | 6 | null; readonly isOneLine: boolean };

const usage = busyboxUsage(`Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]

OPTIONS := -f[amily] inet|inet6|link | -o[neline]

ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
ip route list|flush|add|del|change|append|replace|test ROUTE
ip link set IFACE [up|down] [arp on|off] [multicast on|off]
	[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]
	[master IFACE | nomaster] [netns PID]
ip tunnel add|change|del|show [NAME]
	[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]
ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
ip rule [list] | add|del SELECTOR ACTION
`);

/**
 * BusyBox looks the peer's index up in its own namespace, whatever interface stands there;
 * one that it does not find it calls `ifN` and takes to be down.
 * @source busybox networking/libiproute/ipaddress.c print_linkinfo
 */
const peer = (stack: StackView, row: InterfaceRow): { label: string; isDown: boolean } => {
  if (row.peerInterfaceIndex === null) return { label: '', isDown: false };
  const found = stack.interfaces.find((one) => one.interfaceIndex === row.peerInterfaceIndex);
  if (found === undefined) return { label: `@if${row.peerInterfaceIndex}`, isDown: true };
  return { label: `@${found.name}`, isDown: !found.isUp };
};

const headLine = (stack: StackView, row: InterfaceRow, isSix: boolean): string => {
  const { label, isDown } = peer(stack, row);
  const flags = [...interfaceFlags(row), ...(isDown ? ['M-DOWN'] : [])].join(',');
  const qdisc = isSix ? '' : `qdisc ${queueing(stack, row)} `;
  const master = row.master === null || isSix ? '' : `master ${row.master} `;
  const queue = row.queueLength === null ? '' : `qlen ${row.queueLength}`;
  const head = `${row.interfaceIndex}: ${row.name}${label}: <${flags}>`;
  return `${head} mtu ${row.mtuBytes} ${qdisc}${master}${queue}`;
};

const macLine = (row: InterfaceRow): string =>
  `    link/${linkType(row)} ${row.mac} brd ${broadcastMac(row)}`;

/** The engine sets global addresses without duplicate detection: flag 02. */
const addressText = (row: InterfaceRow, one: InterfaceAddress): string => {
  if (one.family === 6) {
    return `    inet6 ${one.address} scope ${one.scope} ${one.noDad ? 'flags 02 ' : ''}`;
  }
  const broadcast = one.broadcast === null ? '' : ` brd ${one.broadcast}`;
  const secondary = one.isSecondary ? 'secondary ' : '';
  const label = `${secondary}${one.label ?? row.name}`;
  return `    inet ${one.address}${broadcast} scope ${one.scope} ${label}`;
};

const lifetime = '       valid_lft forever preferred_lft forever';

/** Global IPv6 addresses precede link-local ones in a dump. */
const ordered = (row: InterfaceRow, family: 4 | 6 | null): InterfaceAddress[] =>
  addressesOf(row, family).toSorted(
    (a, b) => a.family - b.family || Number(a.scope === 'link') - Number(b.scope === 'link'),
  );

const addressBlock = (stack: StackView, row: InterfaceRow, options: Options): string[] => {
  const addresses = ordered(row, options.family);
  if (options.isOneLine) {
    return addresses.map(
      (one) => `${row.interfaceIndex}: ${row.name}${addressText(row, one)}\\${lifetime}`,
    );
  }
  return [
    headLine(stack, row, options.family === 6),
    ...(options.family === null ? [macLine(row)] : []),
    ...addresses.flatMap((one) => [addressText(row, one), lifetime]),
  ];
};

const linkBlock = (stack: StackView, row: InterfaceRow, options: Options): string[] => {
  const both = [headLine(stack, row, false), macLine(row)];
  return options.isOneLine ? [both.join('\\')] : both;
};

const scopeNames = ['global', 'link', 'host', 'site', 'all'];

/** What a listing is narrowed to; `null`: everything. */
type LinkFilter = {
  readonly device: string | null;
  readonly scope: string | null;
  readonly label: string | null;
  readonly within: string | null;
};

const anyLink: LinkFilter = { device: null, scope: null, label: null, within: null };

/** A bare word or `dev X` names the device. @returns what is wrong, or the filter */
const linkFilter = (words: readonly string[]): LinkFilter | string => {
  let filter = anyLink;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (word === 'up') continue;
    const isNamed = ['dev', 'scope', 'label', 'to'].includes(word);
    if (isNamed) at += 1;
    const device = word === 'dev' ? value : word;
    if (word === 'scope') {
      if (!scopeNames.includes(value)) return `invalid argument '${value}' to 'scope'`;
      filter = { ...filter, scope: value === 'all' ? null : value };
    } else if (word === 'label') filter = { ...filter, label: value };
    else if (word === 'to') filter = { ...filter, within: value };
    else if (filter.device === null) filter = { ...filter, device };
    else return `either "dev" is duplicate, or "${device}" is garbage`;
  }
  return filter;
};

const narrowed = (row: InterfaceRow, { scope, label, within }: LinkFilter): InterfaceRow => ({
  ...row,
  addresses: row.addresses.filter(
    (one) =>
      (scope === null || one.scope === scope) &&
      (label === null || (one.label ?? row.name) === label) &&
      (within === null || isWithinNetwork(within, splitAddress(one.address).address)),
  ),
});

/** @source busybox 1.35 networking/libiproute/ipaddress.c (ipaddr_list_or_flush); recorded */
const showLinks = (
  stack: StackView,
  words: readonly string[],
  options: Options,
  isLink: boolean,
): ToolOutput => {
  const filter = linkFilter(words);
  if (typeof filter === 'string') return failed(isLink ? 2 : 1, `ip: ${filter}\n`);
  const { device } = filter;
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(isLink ? 2 : 1, `ip: can't find device '${device}'\n`);
  }
  const family = filter.within === null ? options.family : familyOf(filter.within);
  const isOnlyWithAddresses = !isLink && (family !== null || filter.label !== null);
  const rows = stack.interfaces
    .filter((row) => device === null || row.name === device)
    .map((row) => (isLink ? row : narrowed(row, filter)))
    .filter((row) => !isOnlyWithAddresses || addressesOf(row, family).length > 0);
  const print = isLink ? linkBlock : addressBlock;
  return printed(lines(rows.flatMap((row) => print(stack, row, { ...options, family }))));
};

/** Questions that were sent before the entry came to what it is. */
const probesIn: Readonly<Record<NeighbourRow['state'], number>> = {
  PERMANENT: 0,
  REACHABLE: 4,
  DELAY: 0,
  PROBE: 1,
  INCOMPLETE: 6,
};

/** @source busybox networking/libiproute/ipneigh.c print_neigh; recorded with BusyBox 1.35 */
const showNeighbours = ({ stack, now }: ToolWorld, words: readonly string[]): ToolOutput => {
  const at = words.indexOf('dev');
  const device = at < 0 ? null : (words[at + 1] ?? '');
  const wanted = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const prefix = wanted.find((word) => /^[\da-f.:/]+$/.test(word) && /[.:]/.test(word)) ?? null;
  const rows = stack.neighbours.filter(
    (row) =>
      (device === null || row.device === device) &&
      (prefix === null || isWithinNetwork(prefix, row.address)),
  );
  return printed(
    lines(
      rows.map((row) => {
        const dev = device === null ? `dev ${row.device} ` : '';
        const state = neighbourStateAt(row, now);
        const mac = isResolved(state) ? `lladdr ${row.mac}` : '';
        const isInUse = row.learntAt !== null && state !== 'STALE' && state !== 'FAILED';
        const counts = `${isInUse ? ' ref 1' : ''} used 0/0/0 probes ${probesIn[row.state]}`;
        return `${row.address} ${dev}${mac}${row.learntAt === null ? '' : counts} ${state}`;
      }),
    ),
  );
};

const rules =
  '0:\tfrom all lookup local \n32766:\tfrom all lookup main \n32767:\tfrom all lookup default \n';

const parse = (argv: readonly string[]): { options: Options; words: string[] } | null => {
  let options: Options = { family: null, isOneLine: false };
  let at = 1;
  for (; (argv[at] ?? '').startsWith('-'); at += 1) {
    const name = (argv[at] ?? '').replace(/^--?/, '');
    if (name === '4') options = { ...options, family: 4 };
    else if (name === '6') options = { ...options, family: 6 };
    else if (matches(name, 'oneline')) options = { ...options, isOneLine: true };
    else if (matches(name, 'family')) {
      at += 1;
      options = { ...options, family: argv[at] === 'inet6' ? 6 : 4 };
    } else return null;
  }
  return { options, words: argv.slice(at) };
};

/** BusyBox `ip`. @source recorded with BusyBox 1.35 */
export const busyboxIp: Tool = (world, argv) => {
  const parsed = parse(argv);
  const [object, command, ...rest] = parsed?.words ?? [];
  if (parsed === null || object === undefined) return failed(1, usage);
  const { options } = parsed;
  const isListing = isShow(command);
  const words = isListing ? rest : [];
  if (matches(object, 'route') && command !== undefined && matches(command, 'get')) {
    return getRoute(world.stack, rest);
  }
  if (!isListing) {
    const { edits } = world;
    if (edits === null) return forbidden({ object, command: command ?? '' });
    const edited = editInBusybox(edits, { object, command: command ?? '', words: rest });
    return edited ?? failed(1, `netfold: \`ip ${object} ${command}\` is not simulated\n`);
  }
  if (matches(object, 'address')) return showLinks(world.stack, words, options, false);
  if (matches(object, 'link')) return showLinks(world.stack, words, options, true);
  if (matches(object, 'route')) return showRoutes(world.stack, words, options.family);
  if (matches(object, 'neigh')) return showNeighbours(world, words);
  if (matches(object, 'rule')) return printed(rules);
  return failed(1, usage);
};
