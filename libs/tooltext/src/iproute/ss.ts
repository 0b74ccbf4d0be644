import type { SocketRow } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { socketFilter } from './ss-filter.ts';

type SsOptions = {
  readonly letters: ReadonlySet<string>;
  readonly filter: readonly string[];
};

const longForms: Readonly<Record<string, string>> = {
  '--tcp': 't',
  '--udp': 'u',
  '--listening': 'l',
  '--numeric': 'n',
  '--processes': 'p',
  '--all': 'a',
  '--no-header': 'H',
  '--ipv4': '4',
  '--ipv6': '6',
};

const parse = (argv: readonly string[]): SsOptions => {
  const letters = new Set<string>();
  const filter: string[] = [];
  for (const word of argv.slice(1)) {
    if (word.startsWith('--')) letters.add(longForms[word] ?? word);
    else if (word.startsWith('-')) for (const letter of word.slice(1)) letters.add(letter);
    else filter.push(word);
  }
  return { letters, filter };
};

type Cells = {
  readonly netid: string;
  readonly state: string;
  readonly queues: readonly [receive: string, send: string];
  readonly local: readonly [address: string, port: string];
  readonly peer: string;
  readonly process: string;
};

/** A listener on `::` that takes IPv4 too: `ss` shows it as `*`. */
const isDualStack = (row: SocketRow): boolean =>
  row.protocol.endsWith('6') && row.localAddress === '::' && !row.isIPv6Only;

const addressText = (row: SocketRow): string => {
  if (isDualStack(row)) return '*';
  return row.protocol.endsWith('6') ? `[${row.localAddress}]` : row.localAddress;
};

const cellsOf = (row: SocketRow, letters: ReadonlySet<string>): Cells => ({
  netid: row.protocol.replace('6', ''),
  state: row.state,
  queues: ['0', String(row.backlog)],
  local: [addressText(row), String(row.localPort)],
  peer: isDualStack(row) ? '*' : row.protocol.endsWith('6') ? '[::]' : '0.0.0.0',
  process: letters.has('p') ? `users:(("${row.processName}",pid=${row.processId},fd=4))` : '',
});

const width = (all: readonly string[], least: number): number =>
  all.reduce((most, one) => Math.max(most, one.length), least);

type Columns = {
  readonly hasNetid: boolean;
  readonly hasState: boolean;
  readonly hasHeader: boolean;
};

/**
 * Lays the columns out as `ss` does when its output is no terminal: each column as wide as its
 * widest cell, addresses right-aligned up to their colon, ports left-aligned after it.
 */
const layOut = (rows: readonly Cells[], { hasNetid, hasState, hasHeader }: Columns): string => {
  const header: Cells = {
    netid: 'Netid',
    state: 'State',
    queues: ['Recv-Q', 'Send-Q'],
    local: ['Local Address', 'Port'],
    peer: 'Peer Address',
    process: '',
  };
  const all = hasHeader ? [header, ...rows] : rows;
  const state = width(
    all.map((row) => row.state),
    0,
  );
  const local = width(
    all.map((row) => row.local[0]),
    0,
  );
  const port = width(
    all.map((row) => row.local[1]),
    0,
  );
  const peer = width(
    all.map((row) => row.peer),
    0,
  );
  const text = all.map((row) => {
    const isHeader = row === header;
    const netid = hasNetid ? `${row.netid.padEnd(5)} ` : '';
    const stateCell = hasState ? `${row.state.padEnd(state)} ` : '';
    const peerPort = isHeader ? 'Port' : '*'.padEnd(4);
    const last = isHeader ? 'Process' : row.process === '' ? '       ' : row.process;
    return (
      `${netid}${stateCell}${row.queues[0].padEnd(6)} ${row.queues[1].padEnd(6)} ` +
      `${row.local[0].padStart(local)}:${row.local[1].padEnd(port)} ` +
      `${row.peer.padStart(peer)}:${peerPort}${last}\n`
    );
  });
  return text.join('');
};

const families = (row: SocketRow, letters: ReadonlySet<string>): boolean => {
  if (letters.has('4')) return !row.protocol.endsWith('6');
  return letters.has('6') ? row.protocol.endsWith('6') : true;
};

/** IPv4 before IPv6, as the kernel's two dumps follow each other. */
const inOrder = (rows: readonly SocketRow[]): SocketRow[] => {
  const rank = (row: SocketRow): number =>
    (row.protocol.startsWith('udp') ? 0 : 2) + (row.protocol.endsWith('6') ? 1 : 0);
  return rows.toSorted((a, b) => rank(a) - rank(b));
};

/** Names that stand for several states. */
const groupsOfStates = ['all', 'connected', 'synchronized', 'bucket', 'big'];

/** Of one state the column would say the same in each line: it is left out. */
const isOneState = (filter: readonly string[]): boolean =>
  filter[0] === 'state' && filter[2] !== 'state' && !groupsOfStates.includes(filter[1] ?? '');

/** `ss` for listening sockets; a lab host has no other ones outside a packet walk. */
export const ss: Tool = (world, argv) => {
  const { letters, filter } = parse(argv);
  if (letters.has('V')) return printed('ss utility, iproute2-6.1.0\n');
  const unknown = [...letters].find((letter) => !'tulnpaeHo46mirsxw'.includes(letter));
  if (unknown !== undefined) return failed(255, `ss: invalid option -- '${unknown}'\n`);
  const wantsTcp = letters.has('t') || !letters.has('u');
  const wantsUdp = letters.has('u') || !letters.has('t');
  const isWanted = socketFilter(filter);
  if (isWanted === null) {
    return failed(255, 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n');
  }
  const isListening = letters.has('l') || letters.has('a');
  const rows = inOrder(world.stack.sockets).filter(
    (row) =>
      isListening &&
      (row.protocol.startsWith('tcp') ? wantsTcp : wantsUdp) &&
      families(row, letters) &&
      isWanted(row),
  );
  const hasNetid = !(letters.has('t') !== letters.has('u'));
  const cells = rows.map((row) => cellsOf(row, letters));
  const hasState = !isOneState(filter);
  return printed(layOut(cells, { hasNetid, hasState, hasHeader: !letters.has('H') }));
};
