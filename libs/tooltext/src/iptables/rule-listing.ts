import type { ChainRow, Negatable, RuleRow, RuleTarget } from '@netfold/dataplane';

export type ListingStyle = {
  readonly isNumeric: boolean;
  readonly isVerbose: boolean;
  readonly hasNumbers: boolean;
  /** `-x` makes no difference while counters are zero. */
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
  const named = style.isNumeric ? text : text.replace(/^127\.0\.0\.0\//, 'localhost/');
  return `${one.negated ? '!' : ' '}${named}`;
};

const targetName = (target: RuleTarget): string =>
  target.kind === 'jump' ? target.chain : target.kind;

const interfaceText = (one: Negatable | undefined): string =>
  one === undefined ? '*' : `${one.negated ? '!' : ''}${one.value}`;

/** The services of these ports, as /etc/services names them; the others stay numbers. */
const services: Readonly<Record<number, string>> = {
  22: 'ssh',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  123: 'ntp',
  443: 'https',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  8080: 'http-alt',
};

const portText = (port: number, style: ListingStyle): string =>
  style.isNumeric ? String(port) : (services[port] ?? String(port));

const portWords = (row: RuleRow, style: ListingStyle): string[] => {
  const { protocol, sourcePort, destinationPort } = row.match;
  if (protocol === undefined) return [];
  if (sourcePort === undefined && destinationPort === undefined) return [];
  return [
    protocol,
    ...(sourcePort === undefined ? [] : [`spt:${portText(sourcePort, style)}`]),
    ...(destinationPort === undefined ? [] : [`dpt:${portText(destinationPort, style)}`]),
  ];
};

const extras = (row: RuleRow, style: ListingStyle): string[] => {
  const { match, target } = row;
  return [
    ...portWords(row, style),
    ...(match.physicalDeviceIsBridged ? ['PHYSDEV match --physdev-is-bridged'] : []),
    ...(match.connectionStates ? [`ctstate ${match.connectionStates.join(',')}`] : []),
    ...(match.destinationType ? [`ADDRTYPE match dst-type ${match.destinationType}`] : []),
    ...(target.kind === 'DNAT' || target.kind === 'SNAT' ? [`to:${target.to}`] : []),
    ...(target.kind === 'REJECT' ? [`reject-with ${target.rejectWith}`] : []),
  ];
};

const cell = (text: string): string => `${text.padEnd(6)} `;

/**
 * One rule of `-L`. Every address is preceded by a blank or `!`; a long target pushes the rest.
 * @source iptables nft-shared.c print_rule_details; recorded with 1.8.9 (nf_tables)
 */
export const listingLine = (row: RuleRow, number: number, style: ListingStyle): string => {
  const { match } = row;
  const prefix = style.hasNumbers ? String(number).padEnd(5) : '';
  const counters = style.isVerbose ? '    0     0 ' : '';
  const target = `${targetName(row.target).padEnd(9)} `;
  const protocol = ` ${protocolText(row, style).padEnd(4)} `;
  const option = style.family === 4 ? '-- ' : '   ';
  const devices = style.isVerbose
    ? ` ${cell(interfaceText(match.inInterface))}${cell(interfaceText(match.outInterface))}`
    : '';
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
  const counters = style.isVerbose ? ' pkts bytes ' : '';
  const devices = style.isVerbose ? ' in     out     ' : ' ';
  return (
    `${prefix}${counters}target     prot opt${devices}` +
    'source               destination         '
  );
};

/** The rule as `-v` prints one that was just edited. @source iptables nft-ipv4.c */
export const verboseRule = (row: RuleRow, family: 4 | 6): string => {
  const { match } = row;
  const style: ListingStyle = { isNumeric: true, isVerbose: true, hasNumbers: false, family };
  const protocol = match.protocol ?? 'all';
  const [inside, outside] = [match.inInterface, match.outInterface].map(interfaceText);
  const devices = `in ${inside} out ${outside}  `;
  const source = addressText(match.source, style).trim();
  const destination = addressText(match.destination, style).trim();
  const tail = extras(row, style)
    .map((word) => ` ${word}`)
    .join('');
  const head = `${targetName(row.target)}  ${protocol} opt ${family === 4 ? '--' : '  '} `;
  return `${head}${devices}${source}  -> ${destination}  ${tail}`;
};
