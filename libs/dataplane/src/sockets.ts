import { inNamespace } from './table-row.ts';
import type { HostPlace, TableRow } from './table-row.ts';
import type { SocketRow } from './rows.ts';

/** Go programs take the kernel's maximum (net.core.somaxconn). */
const goBacklog = 4096;

type SocketColumns = Pick<
  SocketRow,
  'protocol' | 'localAddress' | 'localPort' | 'processId' | 'processName'
> &
  Partial<Pick<SocketRow, 'isIPv6Only' | 'backlog'>>;

/** A socket that waits: for connections (tcp) or for datagrams (udp). */
export function socketRow(place: HostPlace, namespace: string, columns: SocketColumns): TableRow {
  const isTcp = columns.protocol.startsWith('tcp');
  const row: SocketRow = {
    ...inNamespace(place, namespace),
    protocol: columns.protocol,
    localAddress: columns.localAddress,
    localPort: columns.localPort,
    state: isTcp ? 'LISTEN' : 'UNCONN',
    isIPv6Only: columns.isIPv6Only ?? false,
    backlog: isTcp ? (columns.backlog ?? goBacklog) : 0,
    processId: columns.processId,
    processName: columns.processName,
  };
  return { table: 'socket', row };
}
