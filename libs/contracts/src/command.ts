import type {
  ContainerSpec,
  EndpointSpec,
  NetworkSpec,
  Resources,
  RestartPolicySpec,
} from './container-spec.ts';
import type { HealthProbe, OutputChunk } from './container-event.ts';
import type { ActorId, CommandId, ExecId, HostName, LabId, LabTime, TenantId } from './ids.ts';
import type { FileCommand, FileEntry } from './file-event.ts';
import type { ImageCommand } from './image-event.ts';
import type { HostSpec, ImageCatalogue, LanSpec } from './lab-spec.ts';
import type { VolumeCommand } from './volume-event.ts';
import type { FirewallEdit } from './firewall-event.ts';
import type { StackEdit } from './stack-event.ts';
import type { SwarmSettings } from './swarm-event.ts';
import type { Traffic } from './traffic-event.ts';

/** Where a command came in. */
export type Face = 'graphql' | 'docker' | 'cli' | 'kafka' | 'timer';

/** Everything that is decided upon, and everything a decision may draw from. */
export type Command = {
  readonly id: CommandId;
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly actorId: ActorId;
  readonly face: Face;
  /** The line as typed, where there is one. */
  readonly commandText: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** The lab's own clock at the moment of the command; never goes back. */
  readonly now: LabTime;
  /** 32 lowercase hex characters: the only source of randomness of the decision. */
  readonly random: string;
  /** Refuse with `VersionConflict` when the lab is at another version. */
  readonly expectedVersion: number | null;
  readonly body: CommandBody;
};

export type CommandBody = LabCommand | SingleCommand | BatchCommand;

/** Carried out in order as one commit: all, or nothing and the refusal of the first that failed. */
export type BatchCommand = {
  readonly type: 'ApplyBatch';
  readonly commands: readonly SingleCommand[];
};

export type LabCommand =
  | {
      readonly type: 'CreateLab';
      readonly name: string;
      readonly hosts: readonly HostSpec[];
      readonly lans: readonly LanSpec[];
      /** `null`: the default, open catalogue. Else the given one is the whole registry. */
      readonly images: ImageCatalogue | null;
    }
  | { readonly type: 'RemoveLab' };

export type SingleCommand =
  | { readonly type: 'AddHost'; readonly host: HostSpec }
  | { readonly type: 'RemoveHost'; readonly host: HostName }
  | NetworkCommand
  | ContainerCommand
  | SwarmCommand
  | ExecCommand
  | VolumeCommand
  | ImageCommand
  | FileCommand
  | TrafficCommand
  | FirewallCommand
  | StackCommand
  | { readonly type: 'AdvanceTime'; readonly to: LabTime };

/** `network` and `container` are references: id, unique id prefix or name, as the user typed. */
export type NetworkCommand =
  | { readonly type: 'CreateNetwork'; readonly host: HostName; readonly network: NetworkSpec }
  | { readonly type: 'RemoveNetwork'; readonly host: HostName; readonly network: string }
  | {
      readonly type: 'PruneNetworks';
      readonly host: HostName;
      /** Docker's filters (`label`, `label!`, `until`), each a list of values. */
      readonly filters: Readonly<Record<string, readonly string[]>>;
    }
  | {
      readonly type: 'ConnectContainer';
      readonly host: HostName;
      readonly network: string;
      readonly container: string;
      readonly endpoint: EndpointSpec | null;
    }
  | {
      readonly type: 'DisconnectContainer';
      readonly host: HostName;
      readonly network: string;
      readonly container: string;
      readonly force: boolean;
    };

type OnContainer = { readonly host: HostName; readonly container: string };

export type ContainerCommand =
  | { readonly type: 'CreateContainer'; readonly host: HostName; readonly spec: ContainerSpec }
  | ({ readonly type: 'StartContainer' } & OnContainer)
  | ({ readonly type: 'StopContainer'; readonly timeoutSeconds: number | null } & OnContainer)
  | ({ readonly type: 'RestartContainer'; readonly timeoutSeconds: number | null } & OnContainer)
  | ({ readonly type: 'KillContainer'; readonly signal: string } & OnContainer)
  | ({ readonly type: 'PauseContainer' } & OnContainer)
  | ({ readonly type: 'UnpauseContainer' } & OnContainer)
  | ({ readonly type: 'RenameContainer'; readonly name: string } & OnContainer)
  | ({
      readonly type: 'RemoveContainer';
      readonly force: boolean;
      readonly link: boolean;
      /** Anonymous volumes go with it. Absent: they stay. */
      readonly volumes?: boolean;
    } & OnContainer)
  | ({
      readonly type: 'UpdateContainer';
      /** Members of `HostConfig.Resources` by name, those that are to change. */
      readonly resources: Resources;
      /** `null`: as it is. */
      readonly restartPolicy: RestartPolicySpec | null;
    } & OnContainer)
  /**
   * The container's own program came to its end with what it printed (`docker run alpine ip addr`).
   * Sent by whoever runs programs after the start committed; about another process: no effect.
   */
  | ({
      readonly type: 'EndContainerProcess';
      readonly processId: number;
      readonly exitCode: number;
      readonly output: readonly OutputChunk[];
      /**
       * When it ends: an instant to come (`ping -c 2 x; sleep 5`), or one that has passed when its
       * runner was late. Null: never by itself. Absent: now.
       */
      readonly endsAt?: LabTime | null;
      /** What its packets taught; absent: nothing. */
      readonly traffic?: Traffic;
      /** What it removed before what it wrote; absent: nothing. */
      readonly removed?: readonly string[];
      /** What it wrote; absent: nothing. */
      readonly files?: readonly FileEntry[];
    } & OnContainer)
  /**
   * What a health check came to. Sent by whoever runs programs, where that is another result than
   * the last one or another status follows; about another process: no effect.
   */
  | ({
      readonly type: 'ReportHealth';
      readonly processId: number;
      readonly probe: HealthProbe;
    } & OnContainer)
  | {
      readonly type: 'PruneContainers';
      readonly host: HostName;
      readonly filters: Readonly<Record<string, readonly string[]>>;
    };

export type SwarmCommand =
  | {
      readonly type: 'InitSwarm';
      readonly host: HostName;
      readonly advertiseAddress: string;
      readonly listenAddress: string;
      /** Swarm address pools, e.g. `10.0.0.0/8`; empty means the default. */
      readonly defaultAddressPools: readonly string[];
      /** Prefix length of each subnet; 0 means the default of 24. */
      readonly subnetSize: number;
      readonly forceNewCluster: boolean;
      /** Of the node: `active`, `pause` or `drain`. Absent: `active`. */
      readonly availability?: string;
      /** What shall not be as a cluster begins. */
      readonly settings?: Partial<SwarmSettings>;
    }
  | {
      readonly type: 'JoinSwarm';
      readonly host: HostName;
      readonly remoteAddresses: readonly string[];
      readonly token: string;
      readonly advertiseAddress: string;
      readonly listenAddress: string;
      /** Of the node: `active`, `pause` or `drain`. Absent: `active`. */
      readonly availability?: string;
    }
  | { readonly type: 'LeaveSwarm'; readonly host: HostName; readonly force: boolean }
  | {
      readonly type: 'UpdateSwarm';
      /** A manager. */
      readonly host: HostName;
      /** Of the cluster as it was read before. */
      readonly version: number;
      readonly settings: SwarmSettings;
      readonly rotateWorkerToken: boolean;
      readonly rotateManagerToken: boolean;
      readonly rotateUnlockKey: boolean;
    }
  | {
      readonly type: 'UpdateNode';
      /** A manager. */
      readonly host: HostName;
      /** Id, hostname or unique id prefix. */
      readonly node: string;
      /** Of the node as it was read before. */
      readonly version: number;
      readonly role: string;
      readonly availability: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'RemoveNode';
      /** A manager. */
      readonly host: HostName;
      /** Id, hostname or unique id prefix. */
      readonly node: string;
      readonly force: boolean;
    };

export type ExecCommand =
  | {
      readonly type: 'CreateExec';
      readonly host: HostName;
      readonly container: string;
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
    }
  | { readonly type: 'StartExec'; readonly host: HostName; readonly execId: ExecId }
  | {
      readonly type: 'EndExec';
      readonly host: HostName;
      readonly execId: ExecId;
      readonly exitCode: number;
      /** What its packets taught; absent: nothing. */
      readonly traffic?: Traffic;
    };

/** A line of a shell sent packets, and they taught these tables something. */
export type TrafficCommand = { readonly type: 'ReportTraffic'; readonly traffic: Traffic };

/** `iptables` edited the chains of a host, in this order. */
export type FirewallCommand = {
  readonly type: 'EditFirewall';
  readonly host: HostName;
  readonly edits: readonly FirewallEdit[];
};

/** `ip`, `brctl` and their like edited the network stacks of a host, in this order. */
export type StackCommand = {
  readonly type: 'EditStacks';
  readonly host: HostName;
  readonly edits: readonly StackEdit[];
};

export type CommandType = CommandBody['type'];
