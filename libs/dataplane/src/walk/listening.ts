import { parsePortWithProtocol } from '@netfold/addressing';
import type { ListenerSpec } from '@netfold/contracts';
import { imageOf, processOf } from '@netfold/domain';
import type { ActiveLab, Container, LabHost } from '@netfold/domain';
import type { SocketRow } from '../rows.ts';

/** Who is behind a socket, as far as it decides what is answered. */
export type Service =
  | {
      readonly kind: 'container';
      readonly containerId: string;
      /** `null`: the program listens, and nothing is known of its answers. */
      readonly answers: ListenerSpec | null;
      /** Texts of the files below its document root as they stand, by what is asked for. */
      readonly served: Readonly<Record<string, string>>;
      readonly hostname: string;
      /** A stopped clock: its kernel takes connections, its program does nothing. */
      readonly isPaused: boolean;
    }
  | { readonly kind: 'proxy'; readonly address: string; readonly port: number }
  | { readonly kind: 'embeddedDns' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'engine' };

/** @param host  `null` for an outside machine */
export function serviceOf(lab: ActiveLab, host: LabHost | null, socket: SocketRow): Service {
  if (host === null) return { kind: 'outside' };
  if (socket.processName === 'docker-proxy') return proxyOf(host, socket);
  const container = [...host.containers.values()].find(
    ({ processId }) => processId === socket.processId,
  );
  if (container !== undefined) return containerService(lab, host, container, socket);
  return { kind: socket.namespace === '' ? 'engine' : 'embeddedDns' };
}

function proxyOf(host: LabHost, socket: SocketRow): Service {
  const port = [...host.publishedPorts.values()].find(
    (one) => one.proxyProcessId === socket.processId && one.hostPort === socket.localPort,
  );
  const endpoint = host.endpoints.get(port?.endpointId ?? '');
  if (port === undefined || endpoint === undefined) return { kind: 'engine' };
  const address = endpoint.ipv4.split('/', 1)[0] ?? '';
  return { kind: 'proxy', address, port: port.containerPort };
}

function containerService(
  lab: ActiveLab,
  host: LabHost,
  container: Container,
  socket: SocketRow,
): Service {
  const image = imageOf(lab, container.image);
  const transport = socket.protocol.startsWith('tcp') ? 'tcp' : 'udp';
  const { isOwnCommand } = processOf(image, container.spec);
  const answers = isOwnCommand
    ? image?.listens.find((one) => {
        const port = parsePortWithProtocol(one.port);
        return port?.protocol === transport && port.range.first === socket.localPort;
      })
    : undefined;
  return {
    kind: 'container',
    containerId: container.id,
    answers: answers ?? null,
    served: answers?.root === undefined ? {} : filesBelow(answers.root, container),
    hostname: container.spec.hostname === '' ? host.name : container.spec.hostname,
    isPaused: container.status === 'paused',
  };
}

const indexName = 'index.html';

/** A web server serves what stands below its document root now. */
function filesBelow(root: string, { files }: Container): Readonly<Record<string, string>> {
  const served: Record<string, string> = {};
  for (const { path, kind, encoding, content } of files.values()) {
    if (!path.startsWith(`${root}/`) || kind !== 'file' || encoding !== 'utf8') continue;
    const asked = path.slice(root.length);
    served[asked] = content;
    if (asked.endsWith(`/${indexName}`)) served[asked.slice(0, -indexName.length)] = content;
  }
  return served;
}
