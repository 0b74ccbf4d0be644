import type { Container, ProcessListener } from '@netfold/domain';
import { socketRow } from '../sockets.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** A process of a container: its main one, or one of its execs. */
type Listening = {
  readonly container: Container;
  readonly processId: number;
  readonly argv: readonly string[];
  readonly listeners: readonly ProcessListener[];
};

/** What a process of a container listens on, in the stack that the container sees. */
export function listenerSockets(place: HostPlace, of: Listening): TableRow[] {
  const { sandboxId } = of.container;
  if (sandboxId === null) return [];
  const namespace = sandboxId === 'host' ? hostNamespace : sandboxId;
  return of.listeners.flatMap(({ protocol, port, address }) => {
    // The tools that a host has list no SCTP sockets.
    if (protocol === 'sctp') return [];
    return [
      socketRow(place, namespace, {
        protocol: address.includes(':') ? `${protocol}6` : protocol,
        localAddress: address,
        localPort: port,
        backlog: listenerBacklog,
        processId: of.processId,
        processName: programName(of.argv[0] ?? ''),
      }),
    ];
  });
}

/** What a small server asks for, as `ss` printed it for a recorded one. */
const listenerBacklog = 9;

const programName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
