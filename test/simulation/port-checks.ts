import type { Row } from '@netfold/dataplane';
import type { RowsOfLab } from './rows-of-lab.ts';

/** A published port has its proxy, its socket, and its translation where the bridge does that. */
export function isPortOpen(rows: RowsOfLab, port: Row<'publishedPort'>): boolean {
  const isOnHost = ({ host, processId }: Row<'process'> | Row<'socket'>): boolean =>
    host === port.host && processId === port.proxyProcessId;
  const proxy = rows.process.find(isOnHost);
  const isHeard = rows.socket.some(
    (socket) => isOnHost(socket) && socket.localPort === port.hostPort,
  );
  const isListed = port.protocol === 'sctp' || isHeard;
  return proxy?.command[0] === '/usr/sbin/docker-proxy' && isListed && isTranslated(rows, port);
}

function isTranslated(rows: RowsOfLab, port: Row<'publishedPort'>): boolean {
  const endpoint = rows.endpoint.find(({ endpointId }) => endpointId === port.endpointId);
  const network = rows.network.find(
    ({ host, networkId }) => host === port.host && networkId === endpoint?.networkId,
  );
  if (port.hostIp.includes(':') || network?.isInternal === true) return true;
  const to = `${endpoint?.ipv4?.split('/')[0]}:${port.containerPort}`;
  const own = rows.rule.filter(({ endpointId }) => endpointId === port.endpointId);
  const isForwarded = own.some(
    ({ target, match }) =>
      target.kind === 'DNAT' && target.to === to && match.destinationPort === port.hostPort,
  );
  const isLetThrough = own.some(
    ({ table, chain, match }) =>
      table === 'filter' && chain === 'DOCKER' && match.destinationPort === port.containerPort,
  );
  return isForwarded && isLetThrough;
}
