import type { ContainerEvent, ExecEvent } from './container-event.ts';
import type { FileEvent } from './file-event.ts';
import type { FirewallEvent } from './firewall-event.ts';
import type * as Id from './ids.ts';
import type { ImageEvent } from './image-event.ts';
import type { HostSpec, ImageCatalogue, LanSpec } from './lab-spec.ts';
import type { NetworkEvent } from './network-event.ts';
import type { OnHost } from './on-host.ts';
import type { StackEvent } from './stack-event.ts';
import type { SwarmEvent } from './swarm-event.ts';
import type { VolumeEvent } from './volume-event.ts';
import type { TrafficEvent } from './traffic-event.ts';

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
  | VolumeEvent
  | ImageEvent
  | FileEvent
  | SwarmEvent
  | TrafficEvent
  | FirewallEvent
  | StackEvent;

export type EventType = LabEvent['type'];

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

export type EndpointEvent =
  | {
      readonly type: 'SandboxCreated';
      readonly data: OnHost & {
        readonly sandboxId: Id.SandboxId;
        readonly containerId: Id.ContainerId;
        /** As `ip link` on the host names it, `link-netnsid N`; -1: nothing leads there. */
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
      readonly data: OnHost & {
        readonly endpointId: Id.EndpointId;
        /** The container had no sandbox yet: its settings go on showing what the endpoint had. */
        readonly isRemembered?: true;
      };
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
