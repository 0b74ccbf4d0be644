import type * as Id from './ids.ts';
import type { NetworkPool } from './network-event.ts';
import type { OnHost } from './on-host.ts';

/** What `docker swarm update` sets for the whole cluster. */
export type SwarmSettings = {
  readonly taskHistoryLimit: number;
  readonly snapshotInterval: number;
  readonly snapshotsKept: number;
  readonly slowFollowerEntries: number;
  readonly heartbeatNanoseconds: number;
  readonly certificateNanoseconds: number;
  readonly isAutolocked: boolean;
};

export type NodeAvailability = 'active' | 'pause' | 'drain';

type OfNode = { readonly swarmId: Id.SwarmObjectId; readonly nodeId: Id.SwarmObjectId };

export type SwarmEvent =
  | {
      readonly type: 'SwarmInitialized';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly workerToken: string;
        readonly managerToken: string;
        /** e.g. `10.0.0.0/8` */
        readonly addressPools: readonly string[];
        readonly subnetSize: number;
        readonly createdAt: Id.LabTime;
        /** Absent: as a cluster begins. */
        readonly settings?: SwarmSettings;
        /** Absent: managers do not lock themselves. */
        readonly unlockKey?: string;
      };
    }
  | {
      readonly type: 'NodeJoined';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly nodeId: Id.SwarmObjectId;
        readonly role: 'manager' | 'worker';
        /** The address its VTEP and its peers use. */
        readonly address: string;
        /** Name of the host among an overlay's peers: hostname-independent, 12 hex characters. */
        readonly peerName: string;
        readonly joinedAt: Id.LabTime;
        /** Absent: `active`. */
        readonly availability?: NodeAvailability;
      };
    }
  | {
      readonly type: 'NodeLeft';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly nodeId: Id.SwarmObjectId;
      };
    }
  /** From a worker to a manager; the host is that of the node. */
  | { readonly type: 'NodePromoted'; readonly data: OnHost & OfNode }
  | { readonly type: 'NodeDemoted'; readonly data: OnHost & OfNode }
  | {
      readonly type: 'NodeAvailabilitySet';
      readonly data: OfNode & { readonly availability: NodeAvailability };
    }
  | {
      readonly type: 'NodeLabelled';
      readonly data: OfNode & { readonly labels: Readonly<Record<string, string>> };
    }
  /** The managers forget the node; its host learns nothing of it. */
  | { readonly type: 'NodeRemoved'; readonly data: OfNode }
  | {
      readonly type: 'SwarmConfigured';
      readonly data: { readonly swarmId: Id.SwarmObjectId; readonly settings: SwarmSettings };
    }
  | {
      readonly type: 'JoinTokenRotated';
      readonly data: {
        readonly swarmId: Id.SwarmObjectId;
        readonly role: 'manager' | 'worker';
        readonly token: string;
      };
    }
  | {
      readonly type: 'UnlockKeySet';
      readonly data: {
        readonly swarmId: Id.SwarmObjectId;
        /** `SWMKEY-1-` and 43 characters of base 64; `null`: managers do not lock themselves. */
        readonly unlockKey: string | null;
      };
    }
  /** The cluster knows the network; a host shows it only where it is used. */
  | {
      readonly type: 'SwarmNetworkCreated';
      readonly data: {
        readonly swarmId: Id.SwarmObjectId;
        readonly networkId: Id.NetworkId;
        readonly name: string;
        readonly isInternal: boolean;
        readonly isAttachable: boolean;
        readonly isIngress: boolean;
        readonly isIPv6Enabled: boolean;
        readonly isEncrypted: boolean;
        readonly ipamDriver: string;
        readonly ipamOptions: Readonly<Record<string, string>> | null;
        readonly pools: readonly NetworkPool[];
        /** One per pool; empty while the manager could not allocate it. */
        readonly vnis: readonly number[];
        /** Absent: `overlay`. A network with `--scope swarm` may have another driver. */
        readonly driver?: string;
        /** Where the rotation of the swarm's pools stands afterwards; absent: unchanged. */
        readonly poolCursor?: number;
        readonly options: Readonly<Record<string, string>>;
        readonly labels: Readonly<Record<string, string>>;
        readonly createdAt: Id.LabTime;
      };
    }
  /** The managers could allocate now what had stood in their way at its creation. */
  | {
      readonly type: 'SwarmNetworkAllocated';
      readonly data: {
        readonly swarmId: Id.SwarmObjectId;
        readonly networkId: Id.NetworkId;
        readonly pools: readonly NetworkPool[];
        readonly vnis: readonly number[];
        readonly poolCursor?: number;
      };
    }
  | {
      readonly type: 'SwarmNetworkRemoved';
      readonly data: {
        readonly swarmId: Id.SwarmObjectId;
        readonly networkId: Id.NetworkId;
      };
    }
  /** A host began to use an overlay: its namespace, bridge, VTEP and load-balancer endpoint. */
  | {
      readonly type: 'OverlayAppeared';
      readonly data: OnHost & {
        readonly networkId: Id.NetworkId;
        /** The load balancer's (or ingress sandbox's) address with prefix length. */
        readonly loadBalancerAddress: string;
        readonly loadBalancerEndpointId: Id.EndpointId;
        readonly loadBalancerMac: string;
        readonly namespaceNumber: number;
        /** Of the load balancer's own stack; absent for ingress, whose is the ingress sandbox. */
        readonly loadBalancerNamespaceNumber?: number;
        /** Inside the overlay's namespace. */
        readonly bridgeMac: string;
        readonly vxlanMac: string;
        readonly interfaceIndexes: { readonly bridge: number; readonly vxlan: number };
      };
    }
  | {
      readonly type: 'OverlayVanished';
      readonly data: OnHost & { readonly networkId: Id.NetworkId };
    }
  /** The manager gave out (or took back) an address of an overlay: never the lowest free one. */
  | {
      readonly type: 'TaskAllocated';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly networkId: Id.NetworkId;
        readonly containerId: Id.ContainerId;
        readonly taskId: Id.SwarmObjectId;
        /** With the pool's prefix length. */
        readonly ipv4: string;
        /** Asked for by hand: the managers' serial hand-out does not go on from it. */
        readonly isStatic?: boolean;
      };
    }
  | {
      readonly type: 'TaskReleased';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly networkId: Id.NetworkId;
        readonly taskId: Id.SwarmObjectId;
      };
    };
