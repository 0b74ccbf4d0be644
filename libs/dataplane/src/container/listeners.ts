import type { ListenerSpec } from '@netfold/contracts';
import type { Container } from '@netfold/domain';
import { socketRow } from '../sockets.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** What a container's main process listens on, in the stack that the container sees. */
export function listenerSockets(place: HostPlace, container: Container): TableRow[] {
  const { sandboxId } = container;
  if (sandboxId === null) return [];
  const namespace = sandboxId === 'host' ? hostNamespace : sandboxId;
  return listenersOf(place, container).flatMap((listener) => {
    const [port = '', protocol = 'tcp'] = listener.port.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    const localAddress = listener.address ?? defaultAddress(listener);
    return [
      socketRow(place, namespace, {
        protocol: localAddress.includes(':') ? `${protocol}6` : protocol,
        localAddress,
        localPort: Number(port),
        backlog: listenerBacklog,
        processId: container.processId,
        processName: processName(container),
      }),
    ];
  });
}

/** What the servers of the image catalogue ask for, as `ss` printed it for a recorded one. */
const listenerBacklog = 9;

/** Web servers of the catalogue listen on both families with one socket. */
const defaultAddress = ({ http }: ListenerSpec): string => (http === undefined ? '0.0.0.0' : '::');

function processName({ spec }: Container): string {
  const program = spec.entrypoint?.[0] ?? spec.command?.[0] ?? '';
  return program.slice(program.lastIndexOf('/') + 1);
}

function listenersOf(place: HostPlace, container: Container): readonly ListenerSpec[] {
  const image = place.lab.images?.[container.spec.image];
  return image?.listens ?? [];
}
