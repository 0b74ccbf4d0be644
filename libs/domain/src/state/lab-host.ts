import type {
  ContainerId,
  EndpointId,
  ExecId,
  HostName,
  HostSpec,
  LabTime,
  NetworkId,
  SandboxId,
  SwarmObjectId,
} from '@netfold/contracts';
import type { PersistentMap } from '../persistent/persistent-map.ts';
import type { Container } from './container.ts';
import type { Endpoint, OverlayPresence, PublishedPort, Sandbox } from './endpoint.ts';
import type { Exec } from './exec.ts';
import type { Firewall } from './firewall.ts';
import type { HandMade } from './hand-made.ts';
import type { LearntNeighbour } from './learnt.ts';
import type { NamespaceFiles } from './namespace-files.ts';
import type { Network } from './network.ts';
import type { Volume } from './volume.ts';

/** One simulated machine with its engine. */
export type LabHost = {
  readonly name: HostName;
  readonly spec: HostSpec;
  readonly engineId: string;
  readonly bootedAt: LabTime;

  /** Local networks, and the swarm networks that this host uses at the moment. */
  readonly networks: PersistentMap<NetworkId, Network>;
  /** Only local networks have unique names here; name to id. */
  readonly networkNames: PersistentMap<string, NetworkId>;
  readonly containers: PersistentMap<ContainerId, Container>;
  readonly containerNames: PersistentMap<string, ContainerId>;
  readonly sandboxes: PersistentMap<SandboxId, Sandbox>;
  readonly endpoints: PersistentMap<EndpointId, Endpoint>;
  readonly execs: PersistentMap<ExecId, Exec>;
  readonly volumes: PersistentMap<string, Volume>;
  /**
   * Where the host's images differ from the catalogue: a reference (`my/box:1`) and the catalogue's
   * own of the image that it stands for; empty: removed here.
   */
  readonly imageTags: PersistentMap<string, string>;
  /** By `protocol/hostIp/hostPort`. */
  readonly publishedPorts: PersistentMap<string, PublishedPort>;
  /** Whether it ever took part in an overlay: the first one uses up an interface index more. */
  readonly hasHadOverlay: boolean;
  /** Overlays that this host takes part in, by network id. */
  readonly overlays: PersistentMap<NetworkId, OverlayPresence>;

  /** Next free interface index of the machine; indexes are never used twice. */
  readonly nextInterfaceIndex: number;
  readonly nextProcessId: number;
  /** Next free `link-netnsid` is the lowest unused one: derived from sandboxes and overlays. */
  /**
   * The port given last, by `protocol/address/first-last` of the range it was taken from:
   * the engine counts on from there and gives none twice until it has been around.
   */
  readonly portCursors: PersistentMap<string, number>;
  /** Containers at which something happens by itself, and when. */
  readonly due: PersistentMap<ContainerId, LabTime>;
  /** Index of the predefined pool given last; -1 before any. Rotation starts after it. */
  readonly predefinedPoolCursor: number;
  /** Pools that failed creations left taken, in the order in which they did. */
  readonly abandonedPools: readonly { readonly subnet: string; readonly ipRange: string }[];
  readonly membership: SwarmMembership;
  /** Counts everything created on this host; gives every entity its `ordinal`. */
  readonly nextOrdinal: number;
  /** What was done to its chains by hand. Absent: nothing. */
  readonly firewall?: Firewall;
  /** What was done to its network stacks by hand. Absent: nothing. */
  readonly handMade?: HandMade;
  /** What its NICs know of neighbours, by NIC. Absent: nobody. */
  readonly nicNeighbours?: Readonly<Record<string, readonly LearntNeighbour[]>>;
  /** Absent: the engine has made no namespace yet. */
  readonly namespaceFiles?: NamespaceFiles;
};

export type SwarmMembership =
  | { readonly state: 'inactive' }
  | {
      readonly state: 'active';
      readonly swarmId: SwarmObjectId;
      readonly nodeId: SwarmObjectId;
      readonly role: 'manager' | 'worker';
      readonly address: string;
      readonly peerName: string;
    };
