import type {
  ContainerSpec,
  EndpointSpec,
  Resources,
  RestartPolicySpec,
} from './container-spec.ts';
import type * as Id from './ids.ts';
import type { OnHost } from './on-host.ts';
import type { Mount } from './volume-event.ts';

/** A piece of what a process prints, also at an instant to come; text of 1 to 64 KiB. */
export type OutputChunk = {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly at: Id.LabTime;
};

/** One run of a health check. */
export type HealthProbe = {
  readonly at: Id.LabTime;
  readonly endsAt: Id.LabTime;
  /** Of the program; -1: it was not found, or took too long. */
  readonly exitCode: number;
  /** What it printed on both streams, the first 4,096 characters. */
  readonly output: string;
};

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export type ContainerEvent =
  | {
      readonly type: 'ContainerCreated';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        /** Without the leading slash. */
        readonly name: string;
        /** Merged with its image, as the engine keeps it. `name` is empty when it was generated. */
        readonly spec: ContainerSpec;
        readonly createdAt: Id.LabTime;
        /** `--link` on the default bridge, resolved. Absent: none. */
        readonly links?: readonly {
          readonly containerId: Id.ContainerId;
          readonly alias: string;
        }[];
        /** What it has of volumes and of the lab host. Absent: nothing. */
        readonly mounts?: readonly Mount[];
        /** The image's own reference, where the one in `spec` is another tag of it or its id. */
        readonly image?: string;
      };
    }
  /** `docker update`. */
  | {
      readonly type: 'ContainerLimitsSet';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly resources: Resources;
        readonly restartPolicy?: RestartPolicySpec;
      };
    }
  | {
      readonly type: 'ContainerRenamed';
      readonly data: OnHost & { readonly containerId: Id.ContainerId; readonly name: string };
    }
  /** `docker rm --link`: it knows the target under that alias no more. */
  | {
      readonly type: 'ContainerUnlinked';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly targetId: Id.ContainerId;
        readonly alias: string;
      };
    }
  /** The container is to have an endpoint on this network whenever it runs. */
  | {
      readonly type: 'NetworkAttached';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        /** The key of `NetworkSettings.Networks`. */
        readonly networkName: string;
        /** Empty until resolved by the first start. */
        readonly networkId: Id.NetworkId;
        readonly endpoint: EndpointSpec;
      };
    }
  | {
      readonly type: 'NetworkDetached';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly networkName: string;
      };
    }
  | {
      readonly type: 'ContainerStarted';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly processId: number;
        readonly startedAt: Id.LabTime;
        /** The sandbox it runs in: its own, another container's, or `host`. */
        readonly sandboxId: Id.SandboxId | 'host';
        /** When its process ends by itself (`sleep 5`), and how; `null`: never. */
        readonly ends: { readonly at: Id.LabTime; readonly exitCode: number } | null;
      };
    }
  | {
      readonly type: 'ContainerStartFailed';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly error: string;
        readonly exitCode: number;
      };
    }
  | {
      readonly type: 'ContainerExited';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly exitCode: number;
        readonly finishedAt: Id.LabTime;
        readonly cause: 'ownEnd' | 'stopped' | 'killed' | 'restarted' | 'removed';
        /** The number of the signal that `stop` or `kill` sent first, 0 for an end of its own. */
        readonly signal: number;
        /** SIGKILL was sent as well: there was no time to heed the first. Absent: it was not. */
        readonly isForced?: true;
        /** Its restart policy starts it again then, after this wait; absent: it stays down. */
        readonly restartsAt?: Id.LabTime;
        readonly restartDelayMs?: number;
      };
    }
  /** What its main process printed, kept for `docker logs`; bounded by the domain's limits. */
  | {
      readonly type: 'ContainerPrinted';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly chunks: readonly OutputChunk[];
      };
    }
  /** Its program has been run, and its process is to end by itself then; `null`: never. */
  | {
      readonly type: 'ContainerEndForeseen';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly ends: { readonly at: Id.LabTime | null; readonly exitCode: number };
      };
    }
  /**
   * Its health check came to something else than before, or to another status. The ones after it
   * come to the same, each a wait after the one before, until another fact says otherwise.
   */
  | {
      readonly type: 'ContainerHealthProbed';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly execId: Id.ExecId;
        readonly probe: HealthProbe;
        /** After it. */
        readonly status: HealthStatus;
        readonly failingStreak: number;
      };
    }
  | {
      readonly type: 'ContainerPaused';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        /** Absent in old logs, where nothing was printed in time. */
        readonly at?: Id.LabTime;
      };
    }
  | {
      readonly type: 'ContainerUnpaused';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        /** A process that would have ended while frozen ends now. */
        readonly at?: Id.LabTime;
      };
    }
  | {
      readonly type: 'ContainerRestarted';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly byPolicy: boolean;
        /** Runs that a bounded catch-up skipped; absent: this one restart. */
        readonly count?: number;
        /** With `count`: when the last skipped run ended, and when the next one begins. */
        readonly finishedAt?: Id.LabTime;
        readonly restartsAt?: Id.LabTime;
        readonly restartDelayMs?: number;
      };
    }
  | {
      readonly type: 'ContainerRemoved';
      readonly data: OnHost & {
        readonly containerId: Id.ContainerId;
        readonly isPruned?: boolean;
      };
    };

export type ExecEvent =
  | {
      readonly type: 'ExecCreated';
      readonly data: OnHost & {
        readonly execId: Id.ExecId;
        readonly containerId: Id.ContainerId;
        readonly command: readonly string[];
        readonly environment: readonly string[];
        readonly user: string;
        readonly workingDir: string;
        readonly tty: boolean;
        readonly attachStdin: boolean;
        readonly attachStdout: boolean;
        readonly attachStderr: boolean;
        readonly privileged: boolean;
        readonly detachKeys: string;
      };
    }
  | {
      readonly type: 'ExecStarted';
      readonly data: OnHost & { readonly execId: Id.ExecId; readonly processId: number };
    }
  | {
      readonly type: 'ExecDied';
      readonly data: OnHost & { readonly execId: Id.ExecId; readonly exitCode: number };
    };
