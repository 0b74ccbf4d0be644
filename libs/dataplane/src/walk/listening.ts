import { parsePortWithProtocol } from '@netfold/addressing';
import type { ListenerSpec } from '@netfold/contracts';
import { cleanPath, imageOf, listenersOfCommand, processOf } from '@netfold/domain';
import type { ActiveLab, Container, LabHost, ProcessListener } from '@netfold/domain';
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
      /** Whether a folder that has no index is shown as a list of what is in it. */
      readonly listsFolders: boolean;
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
  if (container !== undefined) {
    return containerService(host, container, mainAnswers(lab, container, socket));
  }
  const exec = [...host.execs.values()].find(
    ({ status, processId }) => status === 'running' && processId === socket.processId,
  );
  const around = host.containers.get(exec?.containerId ?? '');
  if (exec !== undefined && around !== undefined) {
    const listeners = listenersOfCommand(exec.command);
    return containerService(host, around, ofProgram(listeners, exec.workingDir, socket));
  }
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

/** What listens there answers; `root`: and shows the files below. */
type Answers = { readonly spec: ListenerSpec | null; readonly isListed: boolean };

function mainAnswers(lab: ActiveLab, { image, spec }: Container, socket: SocketRow): Answers {
  const found = imageOf(lab, image);
  const { isOwnCommand, listeners } = processOf(found, spec);
  if (!isOwnCommand) return ofProgram(listeners, spec.workingDir, socket);
  const transport = socket.protocol.startsWith('tcp') ? 'tcp' : 'udp';
  const own = found?.listens.find((one) => {
    const port = parsePortWithProtocol(one.port);
    return port?.protocol === transport && port.range.first === socket.localPort;
  });
  return { spec: own ?? null, isListed: false };
}

function ofProgram(
  listeners: readonly ProcessListener[],
  workingDir: string,
  { localPort }: SocketRow,
): Answers {
  const serves = listeners.find(({ port }) => port === localPort)?.serves;
  if (serves === undefined) return { spec: null, isListed: false };
  const { folder, isListed } = serves;
  const root = cleanPath(folder.startsWith('/') ? folder : `${workingDir}/${folder}`);
  return { spec: { port: `${localPort}/tcp`, http: {}, root }, isListed };
}

function containerService(
  host: LabHost,
  container: Container,
  { spec: answers, isListed }: Answers,
): Service {
  return {
    kind: 'container',
    containerId: container.id,
    answers,
    served: answers?.root === undefined ? {} : filesBelow(answers.root, container),
    listsFolders: isListed,
    hostname: container.spec.hostname === '' ? host.name : container.spec.hostname,
    isPaused: container.status === 'paused',
  };
}

const indexName = 'index.html';

/** A web server serves what stands below its document root now. */
function filesBelow(root: string, { files }: Container): Readonly<Record<string, string>> {
  const served: Record<string, string> = {};
  const prefix = root === '/' ? root : `${root}/`;
  for (const { path, kind, encoding, content } of files.values()) {
    if (!path.startsWith(prefix) || kind !== 'file' || encoding !== 'utf8') continue;
    const asked = path.slice(prefix.length - 1);
    served[asked] = content;
    if (asked.endsWith(`/${indexName}`)) served[asked.slice(0, -indexName.length)] = content;
  }
  return served;
}
