import type { InterfaceRow } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, ToolOutput } from '../tool.ts';
import {
  addressesOf,
  broadcastMac,
  flagsWithin,
  interfaceFlags,
  labelledName,
  linkType,
  queueing,
  splitAddress,
} from './interface-text.ts';
import type { IpOptions } from './ip-options.ts';
import { linkDetails } from './link-details.ts';
import {
  filterAddresses,
  filterLinks,
  isAboutAddresses,
  missingDevice,
  parseLinkFilter,
} from './link-filter.ts';
import type { LinkFilter } from './link-filter.ts';
import { jsonText } from './json-text.ts';

export type LinkKind = 'link' | 'addr';

const statistics =
  '\n    RX:  bytes packets errors dropped  missed   mcast           ' +
  '\n             0       0      0       0       0       0 ' +
  '\n    TX:  bytes packets errors dropped carrier collsns           ' +
  '\n             0       0      0       0       0       0 ';

/** By the name that `ip netns` has for it, else by its number here. */
const namespaceLabel = ({ namespaceNames }: StackView, row: InterfaceRow): string => {
  const number = row.peerNamespaceNumber;
  if (number === null) return '';
  const name = namespaceNames?.get(number);
  return name === undefined ? ` link-netnsid ${number}` : ` link-netns ${name}`;
};

const master = (row: InterfaceRow): string => (row.master === null ? '' : `master ${row.master} `);

const queue = (row: InterfaceRow): string =>
  row.queueLength === null ? '' : `qlen ${row.queueLength}`;

/** What is listed, and of which device alone, if any. */
type Listing = IpOptions & { readonly device: string | null };

/**
 * The first line. `-6` asks the kernel for another dump, which lacks qdisc, group and peer, but for
 * one device.
 */
const headLine = (
  stack: StackView,
  row: InterfaceRow,
  kind: LinkKind,
  options: Listing,
): string => {
  const head =
    `${row.interfaceIndex}: ${labelledName(stack, row)}: ` +
    `<${flagsWithin(stack, row).join(',')}> mtu ${row.mtuBytes} `;
  if (kind === 'addr' && isShort(options)) {
    return `${head}state ${row.operationalState} ${queue(row)}`;
  }
  const mode = kind === 'link' ? 'mode DEFAULT ' : '';
  return (
    `${head}qdisc ${queueing(stack, row)} ${master(row)}state ${row.operationalState} ${mode}` +
    `group default ${queue(row)}`
  );
};

const isShort = ({ family, device }: Listing): boolean => family === 6 && device === null;

const macLine = (stack: StackView, row: InterfaceRow, kind: LinkKind, options: IpOptions): string =>
  `    link/${linkType(row)} ${row.mac} brd ${broadcastMac(row)}${namespaceLabel(stack, row)}` +
  (options.isDetailed ? linkDetails(stack, row, kind === 'link') : '') +
  (options.hasStatistics ? statistics : '');

const addressLines = (row: InterfaceRow, family: 4 | 6 | null): string[] =>
  addressesOf(row, family).flatMap((one) => {
    const lifetime = '       valid_lft forever preferred_lft forever';
    if (one.family === 6) {
      const noDad = one.noDad ? 'nodad ' : '';
      return [`    inet6 ${one.address} scope ${one.scope} ${noDad}`, lifetime];
    }
    const broadcast = one.broadcast === null ? '' : ` brd ${one.broadcast}`;
    const secondary = one.isSecondary ? 'secondary ' : '';
    const label = `${secondary}${one.label ?? row.name}`;
    return [`    inet ${one.address}${broadcast} scope ${one.scope} ${label}`, lifetime];
  });

const block = (stack: StackView, row: InterfaceRow, kind: LinkKind, options: Listing): string[] => {
  const addresses = kind === 'addr' ? addressLines(row, options.family) : [];
  if (kind === 'link' || options.family === null) {
    const head = headLine(stack, row, kind, options);
    return [head, macLine(stack, row, kind, options), ...addresses];
  }
  // With -4 the dump of links is filtered: no MAC line, the namespace moves to the first.
  const isFour = options.family === 4;
  return [
    headLine(stack, row, kind, options) + (isFour ? namespaceLabel(stack, row) : ''),
    ...addresses,
  ];
};

const briefLine = (
  stack: StackView,
  row: InterfaceRow,
  kind: LinkKind,
  options: IpOptions,
): string => {
  const head = `${labelledName(stack, row).padEnd(16)} ${row.operationalState.padEnd(14)} `;
  if (kind === 'link') return `${head}${row.mac} <${flagsWithin(stack, row).join(',')}> `;
  return (
    head +
    addressesOf(row, options.family)
      .map((one) => `${one.address} `)
      .join('')
  );
};

const oneLineAddresses = (row: InterfaceRow, family: 4 | 6 | null): string[] => {
  const all = addressLines(row, family);
  const joined: string[] = [];
  for (let at = 0; at < all.length; at += 2) {
    joined.push(`${row.interfaceIndex}: ${row.name}${all[at] ?? ''}\\${all[at + 1] ?? ''}`);
  }
  return joined;
};

const forever = 4294967295;

const jsonAddress = (row: InterfaceRow, { family, isBrief }: IpOptions): unknown[] =>
  addressesOf(row, family).map((one) => {
    const { address, prefix } = splitAddress(one.address);
    if (isBrief) return { local: address, prefixlen: prefix };
    return {
      family: one.family === 4 ? 'inet' : 'inet6',
      local: address,
      prefixlen: prefix,
      ...(one.broadcast === null ? {} : { broadcast: one.broadcast }),
      scope: one.scope,
      ...(one.isSecondary ? { secondary: true } : {}),
      ...(one.family === 4 ? { label: one.label ?? row.name } : {}),
      valid_life_time: forever,
      preferred_life_time: forever,
    };
  });

const jsonLink = (
  stack: StackView,
  row: InterfaceRow,
  kind: LinkKind,
  options: Listing,
): unknown => ({
  ...(options.isBrief ? {} : { ifindex: row.interfaceIndex }),
  ...(row.peerInterfaceIndex === null ? {} : { link_index: row.peerInterfaceIndex }),
  ifname: row.name,
  ...(options.isBrief
    ? {}
    : {
        flags: flagsWithin(stack, row),
        mtu: row.mtuBytes,
        ...(kind === 'addr' && isShort(options) ? {} : { qdisc: queueing(stack, row) }),
        ...(row.master === null ? {} : { master: row.master }),
      }),
  operstate: row.operationalState,
  ...(options.isBrief ? {} : jsonRest(row, kind, options)),
  ...(options.isBrief && kind === 'link' ? { address: row.mac, flags: interfaceFlags(row) } : {}),
  ...(kind === 'addr' ? { addr_info: jsonAddress(row, options) } : {}),
});

/** Without MAC where links are asked for by the family of their addresses. */
const jsonRest = (
  row: InterfaceRow,
  kind: LinkKind,
  options: Listing,
): Record<string, unknown> => ({
  ...(kind === 'link' ? { linkmode: 'DEFAULT' } : {}),
  ...(kind === 'addr' && isShort(options) ? {} : { group: 'default' }),
  ...(row.queueLength === null ? {} : { txqlen: row.queueLength }),
  ...(kind === 'addr' && options.family !== null
    ? {}
    : { link_type: linkType(row), address: row.mac, broadcast: broadcastMac(row) }),
  ...(row.peerNamespaceNumber === null ? {} : { link_netnsid: row.peerNamespaceNumber }),
});

/** The same row where the filter is about links alone. */
const withAddresses = (row: InterfaceRow, filter: LinkFilter): InterfaceRow =>
  isAboutAddresses(filter)
    ? { ...row, addresses: filterAddresses(row.addresses, row.name, filter) }
    : row;

const familyOfPrefix = (prefix: string): 4 | 6 => (prefix.includes(':') ? 6 : 4);

/**
 * `ip link show` and `ip addr show`.
 *
 * @param words  what follows `show`
 * @source recorded with iproute2 6.1.0
 */
export const showLinks = (
  stack: StackView,
  words: readonly string[],
  kind: LinkKind,
  wanted: IpOptions,
): ToolOutput => {
  const filter = parseLinkFilter(words);
  const missing = missingDevice(stack, filter);
  if (missing !== null && missing === filter.master) {
    const problem = `argument "${missing}" is wrong: Device does not exist`;
    return failed(255, `Error: ${problem}\n\n`);
  }
  if (missing !== null) return failed(1, `Device "${missing}" does not exist.\n`);
  // A prefix says of which family it is.
  const family = filter.to === null || kind === 'link' ? wanted.family : familyOfPrefix(filter.to);
  const options = { ...wanted, family, device: filter.device };
  const isFiltered = kind === 'addr' && (family !== null || isAboutAddresses(filter));
  const rows = filterLinks(stack, filter)
    .map((row) => withAddresses(row, filter))
    .filter((row) => !isFiltered || addressesOf(row, family).length > 0);
  if (options.isJson) {
    return printed(
      jsonText(
        rows.map((row) => jsonLink(stack, row, kind, options)),
        options.isPretty,
      ),
    );
  }
  if (options.isBrief) {
    return printed(lines(rows.map((row) => briefLine(stack, row, kind, options))));
  }
  if (!options.isOneLine) {
    return printed(lines(rows.flatMap((row) => block(stack, row, kind, options))));
  }
  if (kind === 'addr') {
    return printed(lines(rows.flatMap((row) => oneLineAddresses(row, options.family))));
  }
  return printed(
    lines(rows.map((row) => block(stack, row, kind, options).join('\n').replaceAll('\n', '\\'))),
  );
};
