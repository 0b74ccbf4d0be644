import { imageOf, processOf } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import { socketRow } from '../sockets.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** What a container's main process listens on, in the stack that the container sees. */
export function listenerSockets(place: HostPlace, container: Container): TableRow[] {
  const { sandboxId, spec, image, processId } = container;
  if (sandboxId === null) return [];
  const namespace = sandboxId === 'host' ? hostNamespace : sandboxId;
  const { argv, listeners } = processOf(imageOf(place.lab, image), spec);
  const processName = programName(argv[0] ?? '');
  return listeners.flatMap(({ protocol, port, address }) => {
    // The tools that a host has list no SCTP sockets.
    if (protocol === 'sctp') return [];
    return [
      socketRow(place, namespace, {
        protocol: address.includes(':') ? `${protocol}6` : protocol,
        localAddress: address,
        localPort: port,
        backlog: listenerBacklog,
        processId,
        processName,
      }),
    ];
  });
}

/** What a small server asks for, as `ss` printed it for a recorded one. */
const listenerBacklog = 9;

const programName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
