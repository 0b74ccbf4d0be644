import type { ProcessRow, SocketRow } from '../rows.ts';
import { socketRow } from '../sockets.ts';
import { hostNamespace, onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The processes of a booted host; everything the engine starts has a higher number. */
export const initProcessId = 1;
export const engineProcessId = 21;
const containerdProcessId = 27;

const commands: readonly (readonly [number, number, readonly string[]])[] = [
  [initProcessId, 0, ['/sbin/init']],
  [engineProcessId, initProcessId, ['dockerd', '-H', 'unix:///var/run/docker.sock']],
  [
    containerdProcessId,
    engineProcessId,
    ['containerd', '--config', '/var/run/docker/containerd/containerd.toml', '--log-level', 'info'],
  ],
];

export function engineProcesses(place: HostPlace): TableRow[] {
  return commands.map(([processId, parentProcessId, command]): TableRow => {
    const row: ProcessRow = {
      ...onHost(place),
      processId,
      parentProcessId,
      containerId: null,
      command,
      user: 'root',
      startedAt: place.host.bootedAt,
    };
    return { table: 'process', row };
  });
}

const managementPort = 2377;
const gossipPort = 7946;
const vxlanPort = 4789;

type EngineSocket = Pick<SocketRow, 'protocol' | 'localAddress' | 'localPort'>;

const gossipSockets: readonly EngineSocket[] = [
  { protocol: 'tcp6', localAddress: '::', localPort: gossipPort },
  { protocol: 'udp6', localAddress: '::', localPort: gossipPort },
];
const managementSocket: EngineSocket = {
  protocol: 'tcp6',
  localAddress: '::',
  localPort: managementPort,
};
/** The kernel's own: no process stands behind it. */
const vxlanSocket: EngineSocket = {
  protocol: 'udp',
  localAddress: '0.0.0.0',
  localPort: vxlanPort,
};

/** What a member of a swarm listens on, as recorded on a real node. */
export function engineSockets(place: HostPlace): TableRow[] {
  const { membership, overlays } = place.host;
  const isMember = membership.state === 'active';
  const engine = { processId: engineProcessId, processName: 'dockerd' };
  const sockets = isMember ? [...gossipSockets] : [];
  if (isMember && membership.role === 'manager') sockets.push(managementSocket);
  const rows = sockets.map((socket) => socketRow(place, hostNamespace, { ...socket, ...engine }));
  if (overlays.size === 0) return rows;
  const kernel = { processId: 0, processName: '' };
  return [...rows, socketRow(place, hostNamespace, { ...vxlanSocket, ...kernel })];
}
