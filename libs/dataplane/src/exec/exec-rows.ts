import { runningCommand } from '@netfold/domain';
import type { Exec } from '@netfold/domain';
import type { ProcessRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The process of a running `docker exec`. */
export function execContribution(place: HostPlace, exec: Exec): TableRow[] {
  if (exec.status !== 'running') return [];
  const row: ProcessRow = {
    ...onHost(place),
    processId: exec.processId,
    parentProcessId: 0,
    containerId: exec.containerId,
    command: runningCommand(exec.command, exec.environment),
    user: exec.user === '' ? 'root' : exec.user,
    // The state keeps no instant for it: nothing that prints one asks for it.
    startedAt: 0,
  };
  return [{ table: 'process', row }];
}
