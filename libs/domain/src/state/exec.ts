import type { ContainerId, ExecEvent, ExecId } from '@netfold/contracts';

type Created = Extract<ExecEvent, { type: 'ExecCreated' }>['data'];

/** created --ExecStarted--> running --ExecDied--> died; forgotten with its container. */
export type Exec = Omit<Created, 'host' | 'execId'> & {
  readonly id: ExecId;
  readonly containerId: ContainerId;
  readonly status: 'created' | 'running' | 'died';
  readonly processId: number;
  readonly exitCode: number | null;
};
