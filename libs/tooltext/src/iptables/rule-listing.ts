import { extensionWords, targetTail } from './extension-text.ts';
import type { ChainRow, Negatable, RuleRow, RuleTarget } from '@netfold/dataplane';

export type ListingStyle = {
  readonly isNumeric: boolean;
  readonly isVerbose: boolean;
  readonly hasNumbers: boolean;
  /** `-x`: counters in full, in wider columns. */
  readonly isExact: boolean;
  readonly family: 4 | 6;
};

const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  'ipv6-icmp': 58,
  sctp: 132,
};

const protocolText = (row: RuleRow, style: ListingStyle): string => {
  const name = row.match.protocol;
  if (name === undefined) return style.isNumeric ? '0' : 'all';
  return style.isNumeric ? String(protocolNumbers[name] ?? name) : name;
};

const addressText = (one: Negatable | undefined, style: ListingStyle): string => {
  if (one === undefined) {
    if (!style.isNumeric) return ' anywhere';
    return style.family === 4 ? ' 0.0.0.0/0' : ' ::/0';
  }
  const text = one.value.replace(/\/(32|128)$/, '');
  return `${one.negated ? '!' : ' '}${text}`;
};

const targetName = (target: RuleTarget): string =>
  target.kind === 'jump' || target.kind === 'goto' ? target.chain : target.kind;

const interfaceText = (one: Negatable | undefined, { isNumeric }: ListingStyle): string => {
  if (one === undefined) return isNumeric ? '*' : 'any';
  return `${one.negated ? '!' : ''}${one.value}`;
};

/** Services by protocol and port; the ports of others stay numbers. @source netbase 6.4 services */
const services: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  tcp: {
    21: 'ftp',
    22: 'ssh',
    23: 'telnet',
    25: 'smtp',
    53: 'domain',
    80: 'http',
    110: 'pop3',
    143: 'imap2',
    389: 'ldap',
    443: 'https',
    465: 'submissions',
    514: 'shell',
    587: 'submission',
    636: 'ldaps',
    853: 'domain-s',
    993: 'imaps',
    995: 'pop3s',
    1080: 'socks',
    1433: 'ms-sql-s',
    2049: 'nfs',
    3306: 'mysql',
    3389: 'ms-wbt-server',
    5060: 'sip',
    5432: 'postgresql',
    5672: 'amqp',
    6379: 'redis',
    8080: 'http-alt',
    8081: 'tproxy',
    8088: 'omniorb',
    9418: 'git',
  },
  udp: {
    53: 'domain',
    67: 'bootps',
    68: 'bootpc',
    69: 'tftp',
    123: 'ntp',
    161: 'snmp',
    443: 'https',
    514: 'syslog',
    1194: 'openvpn',
    5060: 'sip',
    5353: 'mdns',
  },
};

const portText = (protocol: string, port: number, style: ListingStyle): string =>
  style.isNumeric ? String(port) : (services[protocol]?.[port] ?? String(port));

const portWords = (row: RuleRow, style: ListingStyle): string[] => {
  const { protocol, sourcePort, destinationPort } = row.match;
  if (protocol === undefined) return [];
  if (sourcePort === undefined && destinationPort === undefined) return [];
  return [
    protocol,
    ...(sourcePort === undefined ? [] : [`spt:${portText(protocol, sourcePort, style)}`]),
    ...(destinationPort === undefined ? [] : [`dpt:${portText(protocol, destinationPort, style)}`]),
  ];
};

const extras = (row: RuleRow, style: ListingStyle): string[] => {
  const { match, target } = row;
  const { extensions = [], protocol = '' } = match;
  return [
    ...(target.kind === 'goto' ? ['[goto] '] : []),
    ...portWords(row, style),
    ...(match.physicalDeviceIsBridged ? ['PHYSDEV match --physdev-is-bridged'] : []),
    ...(match.connectionStates ? [`ctstate ${match.connectionStates.join(',')}`] : []),
    ...(match.destinationType ? [`ADDRTYPE match dst-type ${match.destinationType}`] : []),
    ...extensions.map((one) => extensionWords(one, protocol)),
    ...targetTail(target),
  ];
};

const countsOf = ({ isExact }: ListingStyle): string =>
  isExact ? '       0        0 ' : '    0     0 ';

const countHeadings = ({ isExact }: ListingStyle): string =>
  isExact ? '    pkts      bytes ' : ' pkts bytes ';

const cell = (text: string): string => `${text.padEnd(6)} `;

/**
 * One rule of `-L`. Every address is preceded by a blank or `!`; a long target pushes the rest.
 * @source iptables nft-shared.c print_rule_details; recorded with 1.8.9 (nf_tables)
 */
export const listingLine = (row: RuleRow, number: number, style: ListingStyle): string => {
  const { match } = row;
  const prefix = style.hasNumbers ? String(number).padEnd(5) : '';
  const counters = style.isVerbose ? countsOf(style) : '';
  const target = `${targetName(row.target).padEnd(9)} `;
  const protocol = ` ${protocolText(row, style).padEnd(4)} `;
  const option = style.family === 4 ? '-- ' : '   ';
  const [inside, outside] = [match.inInterface, match.outInterface].map((one) =>
    cell(interfaceText(one, style)),
  );
  const devices = style.isVerbose ? ` ${inside}${outside}` : '';
  const source = `${addressText(match.source, style).padEnd(20)} `;
  const destination = `${addressText(match.destination, style).padEnd(20)} `;
  const tail = extras(row, style)
    .map((word) => ` ${word}`)
    .join('');
  const head = `${prefix}${counters}${target}${protocol}${option}${devices}`;
  return `${head}${source}${destination}${tail}`;
};

/** The line above a chain's rules. */
export const chainHeading = (chain: ChainRow, references: number, isVerbose: boolean): string => {
  if (chain.policy === null) return `Chain ${chain.chain} (${references} references)`;
  const counters = isVerbose ? ' 0 packets, 0 bytes' : '';
  return `Chain ${chain.chain} (policy ${chain.policy}${counters})`;
};

export const columnHeading = (style: ListingStyle): string => {
  const prefix = style.hasNumbers ? 'num  ' : '';
  const counters = style.isVerbose ? countHeadings(style) : '';
  const devices = style.isVerbose ? ' in     out     ' : ' ';
  return (
    `${prefix}${counters}target     prot opt${devices}` +
    'source               destination         '
  );
};

/** The rule as `-v` prints one that was just edited. @source iptables nft-ipv4.c */
export const verboseRule = (row: RuleRow, family: 4 | 6): string => {
  const { match } = row;
  const shown = { isNumeric: true, isVerbose: true, hasNumbers: false, isExact: false };
  const style: ListingStyle = { ...shown, family };
  const protocol = match.protocol ?? 'all';
  const [inside, outside] = [match.inInterface, match.outInterface].map((one) =>
    interfaceText(one, style),
  );
  const devices = `in ${inside} out ${outside}  `;
  const source = addressText(match.source, style).trim();
  const destination = addressText(match.destination, style).trim();
  const tail = extras(row, style)
    .map((word) => ` ${word}`)
    .join('');
  const head = `${targetName(row.target)}  ${protocol} opt ${family === 4 ? '--' : '  '} `;
  return `${head}${devices}${source}  -> ${destination}  ${tail}`;
};
