import type { ContainerId, EndpointId, LabTime, NetworkId, SandboxId } from '@netfold/contracts';
import type { LearntNeighbour, LearntStation } from './learnt.ts';

/**
 * The attachment of one sandbox to one network.
 *
 * EndpointCreated --> created --EndpointJoined--> joined --EndpointLeft--> created
 * created --EndpointDeleted--> gone
 */
export type Endpoint = {
  readonly id: EndpointId;
  readonly networkId: NetworkId;
  readonly containerId: ContainerId;
  /** With prefix length; empty where none. */
  readonly ipv4: string;
  readonly ipv6: string;
  readonly mac: string;
  readonly createdAt: LabTime;
  readonly ordinal: number;
  /** Keys of `LabHost.publishedPorts` that lead to it, in order of programming. */
  readonly publishedPortKeys: readonly string[];
  readonly joined: {
    /** `host` for the host network's endpoints, which have no interface. */
    readonly sandboxId: SandboxId | 'host';
    readonly interfaceName: string;
    readonly interfaceIndex: number;
    /** Order of joining on this host: bridge port and rule order follow it. */
    readonly ordinal: number;
    readonly veth: {
      readonly name: string;
      readonly interfaceIndex: number;
      readonly mac: string;
    } | null;
    /** What its end in the sandbox knows of neighbours; absent: nobody. */
    readonly neighbours?: readonly LearntNeighbour[];
    /** What the bridge heard at its port; absent: nothing. */
    readonly stations?: readonly LearntStation[];
  } | null;
};

/**
 * A network stack of its own. The host's is not one of these. It outlives its container while
 * another one, in container mode, runs in it: without endpoints, with what they left in it.
 */
export type Sandbox = {
  readonly id: SandboxId;
  readonly containerId: ContainerId;
  /** As the host's links number it; -1 while none leads there. */
  readonly namespaceNumber: number;
  readonly dnsPorts: { readonly tcp: number; readonly udp: number } | null;
  /** Joined endpoints in order of joining. */
  readonly endpointIds: readonly EndpointId[];
  /** Next number of an `ethN` name; counts on while the sandbox lives. */
  readonly nextInterfaceNumber: number;
  /**
   * The namespaces that its links have led to (`''` for the host's, else an overlay's network id),
   * each at the place of the number it has here: a number stays when the link goes.
   */
  readonly peerNamespaces: readonly string[];
  /** Bare addresses with a line of their own in `/etc/hosts`, in order. */
  readonly hostsAddresses: readonly string[];
  readonly ordinal: number;
};

export type PublishedPort = {
  readonly endpointId: EndpointId;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly containerPort: number;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly order: number;
  readonly proxyProcessId: number;
  /** Order of programming on this host: rules are appended. */
  readonly ordinal: number;
};

/** A host's part in an overlay: exists while a container of the host is on it (ingress: always). */
export type OverlayPresence = {
  readonly networkId: NetworkId;
  readonly loadBalancerAddress: string;
  readonly loadBalancerEndpointId: EndpointId;
  readonly loadBalancerMac: string;
  readonly namespaceNumber: number;
  /** Of the load balancer's own stack; absent for ingress, where that is the ingress sandbox. */
  readonly loadBalancerNamespaceNumber?: number;
  readonly bridgeMac: string;
  readonly vxlanMac: string;
  readonly interfaceIndexes: { readonly bridge: number; readonly vxlan: number };
  readonly ordinal: number;
  /** Number of the link given last to a member in the overlay's namespace; absent: none yet. */
  readonly lastVeth?: number;
  /** What the bridge heard at the VTEP; absent: nothing. */
  readonly stations?: readonly LearntStation[];
};
