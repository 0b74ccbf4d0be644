import type {
  ContainerId,
  ContainerSpec,
  EndpointId,
  EndpointSpec,
  ExecId,
  FileEntry,
  HealthProbe,
  HealthStatus,
  LabTime,
  Mount,
  NetworkId,
  OutputChunk,
  SandboxId,
} from '@netfold/contracts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/**
 * ContainerCreated --> created --ContainerStarted--> running --ContainerExited--> exited
 * exited --ContainerStarted--> running
 * running --ContainerPaused--> paused --ContainerUnpaused--> running
 * ContainerRemoved ends every state.
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
  /** While it is paused: since when; it prints nothing then. */
  readonly pausedAt: LabTime | null;
  readonly finishedAt: LabTime | null;
  readonly exitCode: number;
  /** The text of the last failed start, else empty. */
  readonly error: string;
  readonly restartCount: number;
  /** A stop or kill by hand: restart policies leave it alone. */
  readonly isStoppedByUser: boolean;
  /** How its program ends by itself, `at: null`: it does not; `null`: it has not been run. */
  readonly ends: { readonly at: LabTime | null; readonly exitCode: number } | null;
  /** While running: the sandbox it sees; `host` for host mode; `null` when not running. */
  readonly sandboxId: SandboxId | 'host' | null;
  /** `NetworkSettings.Networks`: what it is attached to, running or not, by network name. */
  readonly attachments: PersistentMap<string, Attachment>;
  readonly execIds: readonly ExecId[];
  /**
   * What its main process prints, oldest first, also what is to come while it runs; the last
   * 256 KiB are kept.
   */
  readonly output: readonly OutputChunk[];
  /** Nobody gave it a name: the embedded DNS does not answer for a generated one. */
  readonly hasGeneratedName: boolean;
  /** `--link` on the default bridge: the containers it knows under an alias. */
  readonly links: readonly ContainerLink[];
  /** Containers that link to this one: their hosts files follow its address. */
  readonly linkedBy: readonly ContainerId[];
  /** The sandbox of its latest run: `inspect` shows it after a stop too. Empty before any. */
  readonly lastSandboxId: SandboxId | 'host' | '';
  /** Sandboxes of earlier runs, those that were still there when the latest one was made. */
  readonly leftSandboxIds: readonly SandboxId[];
  /** Between two runs of a restart policy (Docker's `restarting`): when the next one begins. */
  readonly restartsAt: LabTime | null;
  /** The latest wait of its restart policy; it doubles until a run lasts. */
  readonly restartDelayMs: number;
  /** The image's own reference in the catalogue: `spec.image` may be another tag of it. */
  readonly image: string;
  readonly mounts: readonly Mount[];
  /** Its files, by path: those of its image that are still there, and those written since. */
  readonly files: PersistentMap<string, FileEntry>;
  /** Of what every image has without saying so (folders, programs): paths that were removed. */
  readonly removed: readonly string[];
  /** `null`: it has no health check, or has never run. */
  readonly health: Health | null;
};

/** What its health check has come to by its own facts; see `healthAt` for a later moment. */
export type Health = {
  readonly status: HealthStatus;
  readonly failingStreak: number;
  /** Since when it is checked: its start, or the end of a pause; `null`: it is not. */
  readonly since: LabTime | null;
  /** Oldest first, the last five: each came to something else than the one before. */
  readonly runs: readonly HealthRun[];
};

/** Probes that all came to the same, from the first one on. */
export type HealthRun = {
  readonly first: HealthProbe;
  /** When the container stopped or paused; `null`: another run follows, or it goes on. */
  readonly until: LabTime | null;
};

export type ContainerLink = {
  readonly containerId: ContainerId;
  readonly alias: string;
  /** The target's name when it was last seen: a removed target is still named in refusals. */
  readonly name: string;
  /** Names on the hosts line, as of this container's start: alias, hostname, name unless equal. */
  readonly hostNames: string;
  /** Bare addresses on the hosts line; they follow the target's restarts. Empty before a start. */
  readonly ipv4: string;
  readonly ipv6: string;
};

export type Attachment = {
  readonly networkName: string;
  /** Empty until the first start resolved the name. */
  readonly networkId: NetworkId;
  readonly endpoint: EndpointSpec;
  readonly ordinal: number;
  /** Of an endpoint that went before the container ever had a sandbox: `inspect` still shows it. */
  readonly remembered?: {
    readonly endpointId: EndpointId;
    /** With prefix length; empty where none. */
    readonly ipv4: string;
    readonly ipv6: string;
    readonly mac: string;
  };
};
