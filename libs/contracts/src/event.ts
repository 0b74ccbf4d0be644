import type { ContainerSpec, EndpointSpec } from './container-spec.ts';
import type * as Id from './ids.ts';
import type { HostSpec, ImageCatalogue, LanSpec } from './lab-spec.ts';

/**
 * Facts, in the past tense. An event holds what was decided (the address chosen, the MAC made up),
 * not what can be derived: replay never decides. The `type` strings are stored literally.
 */
export type LabEvent =
  | HostEvent
  | NetworkEvent
  | EndpointEvent
  | ContainerEvent
  | ExecEvent
  | SwarmEvent;

export type EventType = LabEvent['type'];

/** Every fact but those of the lab itself happens on one simulated host. */
type OnHost = { readonly host: Id.HostName };

export type HostEvent =
  | {
      readonly type: 'LabCreated';
      readonly data: {
        readonly name: string;
        readonly lans: readonly LanSpec[];
        readonly images: ImageCatalogue | null;
        readonly createdAt: Id.LabTime;
      };
    }
  | { readonly type: 'LabRemoved'; readonly data: Record<string, never> }
  | {
      readonly type: 'HostAdded';
      readonly data: OnHost & {
        readonly spec: HostSpec;
        /** `docker info` ID. */
        readonly engineId: string;
        /** First free interface index after `lo`, the NICs and `docker0`. */
        readonly nextInterfaceIndex: number;
        readonly nextProcessId: number;
        readonly bootedAt: Id.LabTime;
      };
    }
  | { readonly type: 'HostRemoved'; readonly data: OnHost }
  /** The lab's clock moved and nothing else happened. */
  | { readonly type: 'TimeAdvanced'; readonly data: { readonly to: Id.LabTime } }
  /** A set-up that was then undone used up interface indexes (a failed start does). */
  | {
      readonly type: 'InterfaceIndexesConsumed';
      readonly data: OnHost & { readonly next: number };
    }
  /** An ephemeral host port was given out and is not given again while the engine runs. */
  | {
      readonly type: 'EphemeralPortsConsumed';
      readonly data: OnHost & {
        readonly protocol: 'tcp' | 'udp' | 'sctp';
        readonly next: number;
        /** Address it was given out on; `0.0.0.0` when absent. The engine counts per address. */
        readonly hostIp?: string;
        /** e.g. `8000-8010`: the range asked for; absent: the dynamic range. */
        readonly range?: string;
      };
    };

/** One address pool of a network, as decided. IPv4 and IPv6 pools stand in one list. */
export type NetworkPool = {
  readonly family: 4 | 6;
  /** CIDR as `inspect` shows it. */
  readonly subnet: string;
  /** The sub-pool that addresses are taken from, or empty. */
  readonly ipRange: string;
  /** Bare address, or empty where there is none. */
  readonly gateway: string;
  readonly auxAddresses: Readonly<Record<string, string>>;
  /** Whether `inspect` shows the gateway although the user gave none (a predefined pool). */
  readonly isPredefined: boolean;
  /** Whether the user gave the gateway. */
  readonly isGatewayGiven: boolean;
};

export type NetworkScope = 'local' | 'swarm';

export type NetworkEvent =
  | {
      readonly type: 'NetworkCreated';
      readonly data: OnHost & {
        readonly networkId: Id.NetworkId;
        readonly name: string;
        readonly driver: string;
        readonly scope: NetworkScope;
        readonly isInternal: boolean;
        readonly isAttachable: boolean;
        readonly isIngress: boolean;
        readonly isIPv6Enabled: boolean;
        readonly isConfigOnly: boolean;
        readonly configFrom: string;
        readonly ipamDriver: string;
        readonly ipamOptions: Readonly<Record<string, string>> | null;
        readonly pools: readonly NetworkPool[];
        readonly options: Readonly<Record<string, string>>;
        readonly labels: Readonly<Record<string, string>>;
        readonly createdAt: Id.LabTime;
        /** The Linux bridge of a bridge network; `null` for drivers without one. */
        readonly bridge: {
          readonly name: string;
          readonly interfaceIndex: number;
          readonly mac: string;
        } | null;
        /** A link that a macvlan network made for itself (VLAN or dummy); absent: none. */
        readonly parentLink?: {
          readonly name: string;
          readonly interfaceIndex: number;
          readonly mac: string;
        };
        /** Which predefined pool was given last, after this network; `null`: unchanged. */
        readonly predefinedPoolCursor: number | null;
      };
    }
  /** A creation that failed later had been given predefined pools: the rotation went on. */
  | {
      readonly type: 'PredefinedPoolsPassed';
      readonly data: OnHost & { readonly cursor: number };
    }
  | {
      readonly type: 'NetworkRemoved';
      /** `isPruned`: one of those that `prune` removed together. */
      readonly data: OnHost & { readonly networkId: Id.NetworkId; readonly isPruned?: boolean };
    };

export type EndpointEvent =
  | {
      readonly type: 'SandboxCreated';
      readonly data: OnHost & {
        readonly sandboxId: Id.SandboxId;
        readonly containerId: Id.ContainerId;
        /** How `ip link` on the host names the namespace: `link-netnsid N`; -1: nothing leads there. */
        readonly namespaceNumber: number;
        /** Port numbers the embedded DNS listens on, tcp and udp; `null` without embedded DNS. */
        readonly dnsPorts: { readonly tcp: number; readonly udp: number } | null;
      };
    }
  | {
      readonly type: 'SandboxRemoved';
      readonly data: OnHost & { readonly sandboxId: Id.SandboxId };
    }
  | {
      readonly type: 'EndpointCreated';
      readonly data: OnHost & {
        readonly endpointId: Id.EndpointId;
        readonly networkId: Id.NetworkId;
        readonly containerId: Id.ContainerId;
        /** Address with the pool's prefix length, e.g. `172.17.0.2/16`; empty where none. */
        readonly ipv4: string;
        readonly ipv6: string;
        readonly mac: string;
        readonly createdAt: Id.LabTime;
      };
    }
  | {
      readonly type: 'EndpointJoined';
      readonly data: OnHost & {
        readonly endpointId: Id.EndpointId;
        /** `host`: the host network's endpoint, which has no interface. */
        readonly sandboxId: Id.SandboxId | 'host';
        /** Inside the sandbox: `eth0`, `eth1`. Empty for drivers without an interface. */
        readonly interfaceName: string;
        readonly interfaceIndex: number;
        /** The host's half of the pair; `null` where the driver has none (macvlan, host, null). */
        readonly veth: {
          readonly name: string;
          readonly interfaceIndex: number;
          readonly mac: string;
        } | null;
        /** The embedded DNS of a running sandbox began to listen with this endpoint. */
        readonly dnsPorts?: { readonly tcp: number; readonly udp: number };
        /** The first way into a sandbox that nothing led to: the host numbers it now. */
        readonly namespaceNumber?: number;
      };
    }
  | {
      readonly type: 'EndpointLeft';
      readonly data: OnHost & { readonly endpointId: Id.EndpointId };
    }
  | {
      readonly type: 'EndpointDeleted';
      readonly data: OnHost & { readonly endpointId: Id.EndpointId };
    }
  /** DNAT, filter and docker-proxy of one mapping stand. A port range is one event per port. */
  | {
      readonly type: 'PortPublished';
      readonly data: OnHost & {
        readonly endpointId: Id.EndpointId;
        readonly protocol: 'tcp' | 'udp' | 'sctp';
        readonly containerPort: number;
        /** As bound: `0.0.0.0`, `::` or one address. */
        readonly hostIp: string;
        readonly hostPort: number;
        /** Order in which the engine programmed it within the endpoint, 0 first. */
        readonly order: number;
        readonly proxyProcessId: number;
      };
    }
  | {
      readonly type: 'PortUnpublished';
      readonly data: OnHost & {
        readonly endpointId: Id.EndpointId;
        readonly protocol: 'tcp' | 'udp' | 'sctp';
        readonly hostIp: string;
        readonly hostPort: number;
      };
    };

/** A piece of what a process printed; text of 1 to 64 KiB. */
export type OutputChunk = {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly at: Id.LabTime;
};

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
      };
    }
  | {
      readonly type: 'ContainerRenamed';
      readonly data: OnHost & { readonly containerId: Id.ContainerId; readonly name: string };
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
  | {
      readonly type: 'ContainerPaused';
      readonly data: OnHost & { readonly containerId: Id.ContainerId };
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
      };
    }
  | {
      readonly type: 'NodeLeft';
      readonly data: OnHost & {
        readonly swarmId: Id.SwarmObjectId;
        readonly nodeId: Id.SwarmObjectId;
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
