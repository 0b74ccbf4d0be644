import { listenersOfCommand, runningCommand } from '@netfold/domain';
import type { Exec } from '@netfold/domain';
import { listenerSockets } from '../container/listeners.ts';
import type { ProcessRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The process of a running `docker exec`, and what it listens on. */
export function execContribution(place: HostPlace, exec: Exec): TableRow[] {
  if (exec.status !== 'running') return [];
  const { processId } = exec;
  const argv = runningCommand(exec.command, exec.environment);
  const row: ProcessRow = {
    ...onHost(place),
    processId,
    parentProcessId: 0,
    containerId: exec.containerId,
    command: argv,
    user: exec.user === '' ? 'root' : exec.user,
    // The state keeps no instant for it: nothing that prints one asks for it.
    startedAt: 0,
  };
  const container = place.host.containers.get(exec.containerId);
  if (container === undefined) return [{ table: 'process', row }];
  const listeners = listenersOfCommand(exec.command);
  const sockets = listenerSockets(place, { container, processId, argv, listeners });
  return [{ table: 'process', row }, ...sockets];
}
