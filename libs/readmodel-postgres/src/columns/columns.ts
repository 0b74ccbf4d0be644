import type { RowsByTable, TableName } from '@netfold/dataplane';

/** How a column is stored: the PostgreSQL type, and whether it may be null. */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'boolean'
  | 'inet'
  | 'macaddr'
  | 'json'
  | 'text?'
  | 'integer?'
  | 'bigint?'
  | 'inet?'
  | 'json?';

type ColumnsOf<T extends TableName> = { readonly [C in keyof RowsByTable[T]]-?: ColumnType };

const ofHost = { labId: 'text', host: 'text' } as const;
const inNamespace = { ...ofHost, namespace: 'text' } as const;

/**
 * Every column of every table of the read models; the SQL files are generated from this.
 * Milliseconds since the epoch are `bigint`: the lab's clock, not the database's.
 */
const columns: { readonly [T in TableName]: ColumnsOf<T> } = {
  lab: { labId: 'text', name: 'text', tenantId: 'text', state: 'text' },
  host: {
    ...ofHost,
    engineProfile: 'text',
    engineId: 'text',
    address: 'inet?',
    swarmState: 'text',
    swarmRole: 'text?',
    swarmId: 'text?',
    nodeId: 'text?',
    bootedAt: 'bigint',
    ordinal: 'integer',
  },
  network: {
    ...ofHost,
    networkId: 'text',
    name: 'text',
    driver: 'text',
    scope: 'text',
    isInternal: 'boolean',
    isAttachable: 'boolean',
    isIngress: 'boolean',
    isIPv6Enabled: 'boolean',
    isConfigOnly: 'boolean',
    configFrom: 'text',
    ipamDriver: 'text',
    pools: 'json',
    options: 'json',
    labels: 'json',
    bridgeName: 'text?',
    vnis: 'json',
    createdAt: 'bigint',
    ordinal: 'integer',
  },
  container: {
    ...ofHost,
    containerId: 'text',
    name: 'text',
    image: 'text',
    command: 'json',
    status: 'text',
    health: 'text?',
    exitCode: 'integer',
    error: 'text',
    networkMode: 'text',
    sandboxId: 'text?',
    hostname: 'text',
    labels: 'json',
    createdAt: 'bigint',
    startedAt: 'bigint?',
    finishedAt: 'bigint?',
    ordinal: 'integer',
  },
  sandbox: {
    ...ofHost,
    sandboxId: 'text',
    containerId: 'text',
    key: 'text',
    namespaceNumber: 'integer',
    hasEmbeddedDns: 'boolean',
    resolvConf: 'text',
    hostsFile: 'text',
  },
  endpoint: {
    ...ofHost,
    endpointId: 'text',
    networkId: 'text',
    networkName: 'text',
    containerId: 'text',
    sandboxId: 'text?',
    ipv4: 'inet?',
    ipv6: 'inet?',
    mac: 'text',
    gateway: 'inet?',
    isGatewayEndpoint: 'boolean',
    aliases: 'json',
    interfaceName: 'text?',
    interfaceIndex: 'integer?',
    vethName: 'text?',
    vethInterfaceIndex: 'integer?',
    ordinal: 'integer',
  },
  interface: {
    ...inNamespace,
    interfaceIndex: 'integer',
    name: 'text',
    kind: 'text',
    mac: 'macaddr',
    mtuBytes: 'integer',
    isUp: 'boolean',
    hasCarrier: 'boolean',
    operationalState: 'text',
    master: 'text?',
    peerInterfaceIndex: 'integer?',
    peerNamespaceNumber: 'integer?',
    queueLength: 'integer?',
    addresses: 'json',
    vni: 'integer?',
    networkId: 'text?',
    endpointId: 'text?',
  },
  route: {
    ...inNamespace,
    destination: 'text',
    family: 'integer',
    gateway: 'inet?',
    device: 'text',
    protocol: 'text?',
    scope: 'text',
    source: 'inet?',
    metric: 'integer',
    isLinkDown: 'boolean',
  },
  chain: {
    ...inNamespace,
    family: 'integer',
    table: 'text',
    chain: 'text',
    policy: 'text?',
    rank: 'text',
  },
  rule: {
    ...inNamespace,
    family: 'integer',
    table: 'text',
    chain: 'text',
    rank: 'text',
    match: 'json',
    target: 'json',
    networkId: 'text?',
    endpointId: 'text?',
  },
  forwarding: {
    ...inNamespace,
    device: 'text',
    mac: 'macaddr',
    bridge: 'text?',
    isPermanent: 'boolean',
    remote: 'inet?',
    vlan: 'integer?',
    learntAt: 'bigint?',
  },
  neighbour: {
    ...inNamespace,
    device: 'text',
    address: 'inet',
    mac: 'macaddr',
    state: 'text',
    learntAt: 'bigint?',
  },
  publishedPort: {
    ...ofHost,
    protocol: 'text',
    hostIp: 'inet',
    hostPort: 'integer',
    containerId: 'text',
    endpointId: 'text',
    containerPort: 'integer',
    proxyProcessId: 'integer',
    ordinal: 'integer',
  },
  dnsName: {
    ...ofHost,
    networkId: 'text',
    name: 'text',
    endpointId: 'text',
    // Part of the key, and so of the order: as text it is the same order for every reader.
    address: 'text',
    kind: 'text',
  },
  socket: {
    ...inNamespace,
    protocol: 'text',
    localAddress: 'text',
    localPort: 'integer',
    state: 'text',
    processId: 'integer',
    processName: 'text',
    isIPv6Only: 'boolean',
    backlog: 'integer',
  },
  process: {
    ...ofHost,
    processId: 'integer',
    parentProcessId: 'integer',
    containerId: 'text?',
    command: 'json',
    user: 'text',
    startedAt: 'bigint',
  },
  endpointDocument: {
    ...ofHost,
    endpointId: 'text',
    networkId: 'text',
    ordinal: 'integer',
    document: 'json',
  },
};

/** `interfaceIndex` is `interface_index`; `isIPv6Enabled` is `is_ipv6_enabled`. */
export function sqlName(name: string): string {
  return name.replace('IPv6', 'Ipv6').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const sqlType = (type: ColumnType): string => type.replace('?', '');
export const isNullable = (type: ColumnType): boolean => type.endsWith('?');

export const tableNames = Object.keys(columns) as readonly TableName[];
export const columnNames = (table: TableName): readonly string[] => Object.keys(columns[table]);
export const typeOf = (table: TableName, column: string): ColumnType => {
  const type = (columns[table] as Readonly<Record<string, ColumnType>>)[column];
  if (type === undefined) throw new Error(`read.${table} has no column ${column}`);
  return type;
};
