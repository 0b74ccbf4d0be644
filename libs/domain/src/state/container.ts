import type {
  ContainerId,
  ContainerSpec,
  EndpointSpec,
  ExecId,
  LabTime,
  NetworkId,
  SandboxId,
} from '@netfold/contracts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/**
 * ContainerCreated --> created --ContainerStarted--> running --ContainerExited--> exited --ContainerStarted--> running
 * running --ContainerPaused--> paused --ContainerUnpaused--> running; ContainerRemoved ends every state.
 */
export type ContainerStatus = 'created' | 'running' | 'paused' | 'exited';

export type Container = {
  readonly id: ContainerId;
  /** Without the leading slash. */
  readonly name: string;
  readonly spec: ContainerSpec;
  readonly createdAt: LabTime;
  readonly ordinal: number;
  readonly status: ContainerStatus;
  /** 0 unless running or paused. */
  readonly processId: number;
  readonly startedAt: LabTime | null;
  readonly finishedAt: LabTime | null;
  readonly exitCode: number;
  /** The text of the last failed start, else empty. */
  readonly error: string;
  readonly restartCount: number;
  /** A stop or kill by hand: restart policies leave it alone. */
  readonly isStoppedByUser: boolean;
  readonly ends: { readonly at: LabTime; readonly exitCode: number } | null;
  /** While running: the sandbox it sees; `host` for host mode; `null` when not running. */
  readonly sandboxId: SandboxId | 'host' | null;
  /** `NetworkSettings.Networks`: what it is attached to, running or not, by network name. */
  readonly attachments: PersistentMap<string, Attachment>;
  readonly execIds: readonly ExecId[];
};

export type Attachment = {
  readonly networkName: string;
  /** Empty until the first start resolved the name. */
  readonly networkId: NetworkId;
  readonly endpoint: EndpointSpec;
  readonly ordinal: number;
};
