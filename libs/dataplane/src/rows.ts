import type { FirewallExtension, HealthStatus } from '@netfold/contracts';

/**
 * The rows every face is printed from, kept in tables or computed by folding: the same functions.
 * A row is a flat record; its key columns are listed in `rowKeys`. Every key begins with labId.
 * `namespace` is `''` for the host's own stack, a sandbox id, or `overlay/<network id>`.
 */

type OfLab = { readonly labId: string };
type OnHost = OfLab & { readonly host: string };
type InNamespace = OnHost & { readonly namespace: string };

export type LabRow = OfLab & {
  readonly name: string;
  readonly tenantId: string;
  readonly state: 'active' | 'removed';
};

export type HostRow = OnHost & {
  readonly engineProfile: string;
  readonly engineId: string;
  /** e.g. `192.168.50.11/24` of the first NIC; `null` without one. */
  readonly address: string | null;
  readonly swarmState: 'inactive' | 'active';
  readonly swarmRole: 'manager' | 'worker' | null;
  readonly swarmId: string | null;
  readonly nodeId: string | null;
  readonly bootedAt: number;
  readonly ordinal: number;
};

export type NetworkRow = OnHost & {
  readonly networkId: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: 'local' | 'swarm';
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  readonly isIngress: boolean;
  readonly isIPv6Enabled: boolean;
  readonly isConfigOnly: boolean;
  readonly configFrom: string;
  readonly ipamDriver: string;
  readonly pools: readonly PoolColumn[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly bridgeName: string | null;
  readonly vnis: readonly number[];
  readonly createdAt: number;
  readonly ordinal: number;
};

export type PoolColumn = {
  readonly family: 4 | 6;
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
  readonly auxAddresses: Readonly<Record<string, string>>;
};

export type ContainerRow = OnHost & {
  readonly containerId: string;
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly status: 'created' | 'running' | 'paused' | 'exited';
  /** Of its last run; `null`: it has no health check, or has never run. */
  readonly health: HealthStatus | null;
  readonly exitCode: number;
  readonly error: string;
  readonly networkMode: string;
  /** The sandbox it sees while running: its own, another's, or `host`; `null` when not running. */
  readonly sandboxId: string | null;
  readonly hostname: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly ordinal: number;
};

export type SandboxRow = OnHost & {
  readonly sandboxId: string;
  /** The container that owns it. Others in container mode refer to it by their own row. */
  readonly containerId: string;
  readonly key: string;
  readonly namespaceNumber: number;
  readonly hasEmbeddedDns: boolean;
  readonly resolvConf: string;
  readonly hostsFile: string;
};

export type EndpointRow = OnHost & {
  readonly endpointId: string;
  readonly networkId: string;
  readonly networkName: string;
  readonly containerId: string;
  readonly sandboxId: string | null;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
  readonly mac: string;
  readonly gateway: string | null;
  /** Whether the sandbox's default route goes through this endpoint. */
  readonly isGatewayEndpoint: boolean;
  readonly aliases: readonly string[];
  readonly interfaceName: string | null;
  readonly interfaceIndex: number | null;
  readonly vethName: string | null;
  readonly vethInterfaceIndex: number | null;
  readonly ordinal: number;
};

export type InterfaceAddress = {
  readonly family: 4 | 6;
  /** With prefix length. */
  readonly address: string;
  readonly broadcast: string | null;
  readonly scope: 'global' | 'link' | 'host';
  /** Set by the engine inside a sandbox, where duplicate address detection is not waited for. */
  readonly noDad?: true;
  /** An earlier address of the link is of the same network. */
  readonly isSecondary?: true;
  /** `br0:1`, where it is not the link's own name. */
  readonly label?: string;
};

export type InterfaceKind =
  | 'loopback'
  | 'nic'
  | 'bridge'
  | 'veth'
  | 'vxlan'
  | 'macvlan'
  | 'vlan'
  | 'dummy';

export type InterfaceRow = InNamespace & {
  readonly interfaceIndex: number;
  readonly name: string;
  readonly kind: InterfaceKind;
  readonly mac: string;
  readonly mtuBytes: number;
  readonly isUp: boolean;
  /** LOWER_UP; a bridge without running members has none. */
  readonly hasCarrier: boolean;
  readonly operationalState: 'UP' | 'DOWN' | 'UNKNOWN' | 'LOWERLAYERDOWN';
  readonly master: string | null;
  /** For a veth: the index of its peer, and how this namespace numbers the peer's namespace. */
  readonly peerInterfaceIndex: number | null;
  readonly peerNamespaceNumber: number | null;
  readonly queueLength: number | null;
  readonly addresses: readonly InterfaceAddress[];
  readonly vni: number | null;
  readonly networkId: string | null;
  readonly endpointId: string | null;
};

export type RouteRow = InNamespace & {
  /** `default` or a CIDR. */
  readonly destination: string;
  readonly family: 4 | 6;
  readonly gateway: string | null;
  readonly device: string;
  /** What `ip route` prints as proto, or `null` where it prints none. */
  readonly protocol: 'kernel' | 'boot' | null;
  readonly scope: 'link' | 'global';
  readonly source: string | null;
  readonly metric: number;
  readonly isLinkDown: boolean;
};

export type RuleTable = 'filter' | 'nat';

export type ChainRow = InNamespace & {
  readonly family: 4 | 6;
  readonly table: RuleTable;
  readonly chain: string;
  /** `null` for a chain made by a user or the engine. */
  readonly policy: 'ACCEPT' | 'DROP' | null;
  readonly rank: string;
};

/** What one rule matches. Absent: any. A leading `!` in text forms is `negated` here. */
export type RuleMatch = {
  readonly source?: Negatable;
  readonly destination?: Negatable;
  readonly inInterface?: Negatable;
  readonly outInterface?: Negatable;
  readonly protocol?: string;
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  readonly connectionStates?: readonly string[];
  readonly destinationType?: 'LOCAL';
  readonly physicalDeviceIsBridged?: boolean;
  /** What was written by hand with `-m` and its like, in that order. */
  readonly extensions?: readonly FirewallExtension[];
};
export type Negatable = { readonly value: string; readonly negated: boolean };

export type RuleTarget =
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'MASQUERADE'; readonly ports?: string }
  | { readonly kind: 'REJECT'; readonly rejectWith: string }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'LOG'; readonly prefix: string; readonly level: number }
  | { readonly kind: 'REDIRECT'; readonly ports: string | null }
  | { readonly kind: 'DNAT'; readonly to: string }
  | { readonly kind: 'SNAT'; readonly to: string };

export type RuleRow = InNamespace & {
  readonly family: 4 | 6;
  readonly table: RuleTable;
  readonly chain: string;
  /** Sorts the rules of a chain, bytewise; a number is counted when read. Unique per chain. */
  readonly rank: string;
  readonly match: RuleMatch;
  readonly target: RuleTarget;
  readonly networkId: string | null;
  readonly endpointId: string | null;
};

export type ForwardingRow = InNamespace & {
  readonly device: string;
  readonly mac: string;
  /** The bridge, for `master BRIDGE`; `null` for `self` entries. */
  readonly bridge: string | null;
  readonly isPermanent: boolean;
  /** VTEP of a remote endpoint, or `null`. */
  readonly remote: string | null;
  readonly vlan: number | null;
  /** When a frame of this MAC last came in at the port; `null` for what nobody learnt. */
  readonly learntAt: number | null;
};

export type NeighbourRow = InNamespace & {
  readonly device: string;
  readonly address: string;
  /** All zeros where nobody answered and none was known. */
  readonly mac: string;
  /** Its state when it was learnt: `neighbourStateAt` tells what became of it. */
  readonly state: 'PERMANENT' | 'REACHABLE' | 'DELAY' | 'PROBE' | 'INCOMPLETE';
  readonly learntAt: number | null;
};

export type PublishedPortRow = OnHost & {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerId: string;
  readonly endpointId: string;
  readonly containerPort: number;
  readonly proxyProcessId: number;
  readonly ordinal: number;
};

export type DnsNameRow = OnHost & {
  readonly networkId: string;
  /** Lower case, without the network's suffix. */
  readonly name: string;
  readonly endpointId: string;
  readonly address: string;
  readonly kind: 'containerName' | 'shortId' | 'alias';
};

export type SocketRow = InNamespace & {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  readonly localAddress: string;
  readonly localPort: number;
  readonly state: 'LISTEN' | 'UNCONN';
  /** `ss` prints `[::]:80` for it; a dual-stack listener is `*:80`. */
  readonly isIPv6Only: boolean;
  /** Connections that may wait (`ss`: Send-Q of a listener); 0 for udp. */
  readonly backlog: number;
  readonly processId: number;
  readonly processName: string;
};

export type ProcessRow = OnHost & {
  readonly processId: number;
  readonly parentProcessId: number;
  readonly containerId: string | null;
  readonly command: readonly string[];
  readonly user: string;
  readonly startedAt: number;
};

/** For the GraphQL page of a host: an endpoint with its interface and routes, made when written. */
export type EndpointDocumentRow = OnHost & {
  readonly endpointId: string;
  readonly networkId: string;
  readonly ordinal: number;
  readonly document: Readonly<Record<string, unknown>>;
};

export type RowsByTable = {
  readonly lab: LabRow;
  readonly host: HostRow;
  readonly network: NetworkRow;
  readonly container: ContainerRow;
  readonly sandbox: SandboxRow;
  readonly endpoint: EndpointRow;
  readonly interface: InterfaceRow;
  readonly route: RouteRow;
  readonly chain: ChainRow;
  readonly rule: RuleRow;
  readonly forwarding: ForwardingRow;
  readonly neighbour: NeighbourRow;
  readonly publishedPort: PublishedPortRow;
  readonly dnsName: DnsNameRow;
  readonly socket: SocketRow;
  readonly process: ProcessRow;
  readonly endpointDocument: EndpointDocumentRow;
};

export type TableName = keyof RowsByTable;

/** Primary keys, in order. `labId` leads each of them. */
export const rowKeys = {
  lab: ['labId'],
  host: ['labId', 'host'],
  network: ['labId', 'host', 'networkId'],
  container: ['labId', 'host', 'containerId'],
  sandbox: ['labId', 'host', 'sandboxId'],
  endpoint: ['labId', 'host', 'endpointId'],
  interface: ['labId', 'host', 'namespace', 'interfaceIndex'],
  route: ['labId', 'host', 'namespace', 'family', 'destination', 'device', 'metric', 'gateway'],
  chain: ['labId', 'host', 'namespace', 'family', 'table', 'chain'],
  rule: ['labId', 'host', 'namespace', 'family', 'table', 'chain', 'rank'],
  forwarding: ['labId', 'host', 'namespace', 'device', 'mac', 'bridge', 'vlan'],
  neighbour: ['labId', 'host', 'namespace', 'device', 'address'],
  publishedPort: ['labId', 'host', 'protocol', 'hostIp', 'hostPort'],
  dnsName: ['labId', 'host', 'networkId', 'name', 'endpointId', 'address'],
  socket: ['labId', 'host', 'namespace', 'protocol', 'localAddress', 'localPort', 'processId'],
  process: ['labId', 'host', 'processId'],
  endpointDocument: ['labId', 'host', 'endpointId'],
} as const satisfies { readonly [T in TableName]: readonly (keyof RowsByTable[T])[] };

export type Row<T extends TableName = TableName> = RowsByTable[T];

/** One change of one row: `row` is what stands afterwards, or the bare key of what is gone. */
export type RowChange = {
  readonly [T in TableName]:
    | {
        readonly table: T;
        readonly op: 'put';
        readonly key: string;
        readonly row: RowsByTable[T];
        /** There was no row of this key before; absent where nobody knows. */
        readonly isNew?: true;
      }
    | {
        readonly table: T;
        readonly op: 'remove';
        readonly key: string;
        readonly row: RowsByTable[T];
      };
}[TableName];

/** What a commit changed in the rows; at most one change per key. */
export type Delta = readonly RowChange[];
