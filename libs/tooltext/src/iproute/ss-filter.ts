import type { SocketRow } from '@netfold/dataplane';

/** Whether a socket is one of those that the rest of the line asks for. */
export type SocketFilter = (row: SocketRow) => boolean;

/** An address says of which family the sockets are, wherever in the filter it stands. */
type Reader = { readonly words: readonly string[]; at: number; isFour: boolean | null };

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '==': (one, other) => one === other,
  eq: (one, other) => one === other,
  '!=': (one, other) => one !== other,
  ne: (one, other) => one !== other,
  neq: (one, other) => one !== other,
  '>': (one, other) => one > other,
  gt: (one, other) => one > other,
  '<': (one, other) => one < other,
  lt: (one, other) => one < other,
  '>=': (one, other) => one >= other,
  ge: (one, other) => one >= other,
  geq: (one, other) => one >= other,
  '<=': (one, other) => one <= other,
  le: (one, other) => one <= other,
  leq: (one, other) => one <= other,
};

/**
 * Reads `sport = :8080 or ( sport gt :9000 and src 127.0.0.1 )`, in one argument or several.
 *
 * @returns `null` for what is no filter of `ss`
 * @source iproute2 6.1 misc/ssfilter.y
 */
export function socketFilter(argv: readonly string[]): SocketFilter | null {
  const words = argv.join(' ').match(/[()]|[!<>=]=?|&&?|\|\|?|[^\s()!<>=&|]+/g) ?? [];
  const reader: Reader = { words, at: 0, isFour: null };
  if (words.length === 0) return () => true;
  const filter = alternatives(reader);
  if (filter === null || reader.at !== words.length) return null;
  const { isFour } = reader;
  return (row) => filter(row) && (isFour === null || isFour !== row.protocol.endsWith('6'));
}

const takes = (reader: Reader, ...words: readonly string[]): boolean => {
  if (!words.includes(reader.words[reader.at] ?? '')) return false;
  reader.at += 1;
  return true;
};

function alternatives(reader: Reader): SocketFilter | null {
  let filter = conditions(reader);
  while (filter !== null && takes(reader, 'or', '|', '||')) {
    const [one, other] = [filter, conditions(reader)];
    filter = other && ((row) => one(row) || other(row));
  }
  return filter;
}

/** `and` may be left out. */
function conditions(reader: Reader): SocketFilter | null {
  let filter = condition(reader);
  const ends = ['or', '|', '||', ')'];
  while (filter !== null && reader.at < reader.words.length) {
    if (ends.includes(reader.words[reader.at] ?? '')) break;
    takes(reader, 'and', '&', '&&');
    const [one, other] = [filter, condition(reader)];
    filter = other && ((row) => one(row) && other(row));
  }
  return filter;
}

function condition(reader: Reader): SocketFilter | null {
  if (takes(reader, 'not', '!')) {
    const inner = condition(reader);
    return inner && ((row) => !inner(row));
  }
  if (takes(reader, '(')) {
    const inner = alternatives(reader);
    return takes(reader, ')') ? inner : null;
  }
  if (takes(reader, 'sport')) return ofPort(reader, ({ localPort }) => localPort);
  if (takes(reader, 'dport')) return ofPort(reader, () => 0);
  if (takes(reader, 'src')) return ofAddress(reader, ({ localAddress }) => localAddress);
  if (takes(reader, 'dst')) return ofAddress(reader, () => '');
  if (takes(reader, 'state')) return ofState(reader);
  return null;
}

function ofPort(reader: Reader, port: (row: SocketRow) => number): SocketFilter | null {
  const operator = reader.words[reader.at] ?? '';
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (compare !== undefined) reader.at += 1;
  const wanted = /^:?(\d+)$/.exec(reader.words[reader.at] ?? '');
  if (wanted === null) return null;
  reader.at += 1;
  const of = compare ?? ((one: number, other: number) => one === other);
  return (row) => of(port(row), Number(wanted[1]));
}

/** `127.0.0.1`, `127.0.0.1:80`, `[::]:80` or `:80`. */
function ofAddress(reader: Reader, address: (row: SocketRow) => string): SocketFilter | null {
  takes(reader, '=', '==', 'eq');
  const wanted = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+|\*))?$/.exec(reader.words[reader.at] ?? '');
  if (wanted === null) return null;
  reader.at += 1;
  const [, bracketed, plain = '', port = '*'] = wanted;
  const host = bracketed ?? plain;
  if (host !== '' && host !== '*') reader.isFour = !host.includes(':');
  return (row) =>
    (host === '' || host === '*' || address(row) === host) &&
    (port === '*' || row.localPort === Number(port));
}

/** Every socket of a lab listens. */
function ofState(reader: Reader): SocketFilter | null {
  const state = reader.words[reader.at];
  if (state === undefined) return null;
  reader.at += 1;
  const isThere = (row: SocketRow): boolean =>
    ['all', row.state === 'LISTEN' ? 'listening' : 'unconnected'].includes(state);
  return isThere;
}
