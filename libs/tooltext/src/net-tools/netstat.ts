import type { SocketRow } from '@netfold/dataplane';
import { byName } from './ifconfig.ts';
import { routeTable } from './route.ts';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool } from '../tool.ts';

const longForms: Readonly<Record<string, string>> = {
  '--route': 'r',
  '--numeric': 'n',
  '--listening': 'l',
  '--tcp': 't',
  '--udp': 'u',
  '--programs': 'p',
  '--program': 'p',
  '--all': 'a',
  '--interfaces': 'i',
};

/** The single letters of a command line, long options translated. */
export const lettersOf = (argv: readonly string[]): ReadonlySet<string> => {
  const letters = new Set<string>();
  for (const word of argv.slice(1)) {
    if (word.startsWith('--')) letters.add(longForms[word] ?? word);
    else if (word.startsWith('-')) for (const letter of word.slice(1)) letters.add(letter);
  }
  return letters;
};

export type SocketStyle = {
  readonly hasPrograms: boolean;
  /** Trailing blanks of the last column differ between the userlands. */
  readonly stateWidth: number;
  /** BusyBox gives the sockets of both families one name. */
  readonly isFamilyHidden?: boolean;
};

const addressOf = (row: SocketRow): string => `${row.localAddress}:${row.localPort}`;

export const socketLine = (row: SocketRow, style: SocketStyle): string => {
  const peer = row.protocol.endsWith('6') ? ':::*' : '0.0.0.0:*';
  const state = row.state === 'LISTEN' ? 'LISTEN' : '';
  const protocol = style.isFamilyHidden ? row.protocol.replace('6', '') : row.protocol;
  const head =
    `${protocol.padEnd(5)}      0      0 ${addressOf(row).padEnd(23)} ${peer.padEnd(23)} ` +
    state.padEnd(style.stateWidth);
  if (!style.hasPrograms) return head;
  const program = row.processId === 0 ? '-' : `${row.processId}/${row.processName}`;
  return `${head} ${program.padEnd(19)} `;
};

/** What of the sockets a set of letters asks for, tcp before udp as both userlands list them. */
export const selectSockets = (
  sockets: readonly SocketRow[],
  letters: ReadonlySet<string>,
): SocketRow[] => {
  const hasProtocol = letters.has('t') || letters.has('u') || letters.has('w') || letters.has('x');
  const isListening = letters.has('l') || letters.has('a');
  const rank = (row: SocketRow): number => ['tcp', 'tcp6', 'udp', 'udp6'].indexOf(row.protocol);
  return sockets
    .filter((row) => {
      const letter = row.protocol.startsWith('tcp') ? 't' : 'u';
      return isListening && (!hasProtocol || letters.has(letter));
    })
    .toSorted((a, b) => rank(a) - rank(b));
};

/** The words in brackets of the heading. */
export const scopeWords = (letters: ReadonlySet<string>): string => {
  if (letters.has('l')) return '(only servers)';
  return letters.has('a') ? '(servers and established)' : '(w/o servers)';
};

const interfaceTable = (stack: StackView): string =>
  lines([
    'Kernel Interface table',
    'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
    ...byName(stack.interfaces)
      .filter((row) => row.isUp)
      .map((row) => {
        const flags = row.kind === 'loopback' ? 'LRU' : row.hasCarrier ? 'BMRU' : 'BMU';
        const head = `${row.name.padEnd(16)}${String(row.mtuBytes).padStart(5)}`;
        return `${head}        0      0      0 0             0      0      0      0 ${flags}`;
      }),
  ]);

/** net-tools' `netstat`: sockets, `-r` and `-i`. @source recorded with net-tools 2.10 */
export const netstat: Tool = (world, argv) => {
  const letters = lettersOf(argv);
  const unknown = [...letters].find((letter) => !'rnltupaieWwxc46'.includes(letter));
  if (unknown !== undefined) return failed(1, `netstat: invalid option -- '${unknown}'\n`);
  if (letters.has('r')) {
    const isNumeric = letters.has('n');
    const style = { isNumeric, noGateway: '0.0.0.0', isNetstat: true };
    return printed(routeTable(world.stack, style));
  }
  if (letters.has('i')) return printed(interfaceTable(world.stack));
  const hasPrograms = letters.has('p');
  const style = { hasPrograms, stateWidth: 11 };
  const rows = selectSockets(world.stack.sockets, letters);
  const programs = hasPrograms ? ' PID/Program name    ' : '';
  const all = [
    `Active Internet connections ${scopeWords(letters)}`,
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State      ' + programs,
    ...rows.map((row) => socketLine(row, style)),
  ];
  if (!letters.has('t') && !letters.has('u')) {
    const column = hasPrograms ? 'PID/Program name     Path' : 'Path';
    all.push(
      `Active UNIX domain sockets ${scopeWords(letters)}`,
      `Proto RefCnt Flags       Type       State         I-Node   ${column}`,
    );
  }
  return printed(lines(all));
};
