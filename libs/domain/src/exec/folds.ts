import type { ExecEvent } from '@netfold/contracts';
import { withContainer } from '../container/change-container.ts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import type { Exec } from '../state/exec.ts';
import type { LabHost } from '../state/lab-host.ts';

export const execFolds: Folds<ExecEvent['type']> = {
  ExecCreated: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const { host: _, execId, ...created } = data;
      const exec: Exec = {
        ...created,
        id: execId,
        status: 'created',
        processId: 0,
        exitCode: null,
      };
      return withContainer(
        { ...host, execs: host.execs.with(execId, exec) },
        data.containerId,
        (container) => ({ ...container, execIds: [...container.execIds, execId] }),
      );
    }),

  ExecStarted: (lab, data) =>
    changeHost(lab, data.host, (host) => ({
      ...withExec(host, data.execId, { status: 'running', processId: data.processId }),
      nextProcessId: Math.max(host.nextProcessId, data.processId + 1),
    })),

  ExecDied: (lab, data) =>
    changeHost(lab, data.host, (host) =>
      withExec(host, data.execId, { status: 'died', processId: 0, exitCode: data.exitCode }),
    ),
};

function withExec(host: LabHost, id: string, change: Partial<Exec>): LabHost {
  const exec = host.execs.get(id);
  if (exec === undefined) throw new Error(`no exec ${id}`);
  return { ...host, execs: host.execs.with(id, { ...exec, ...change }) };
}
