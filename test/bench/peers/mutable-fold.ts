import type { EventType, LabEvent } from '@netfold/contracts';

/**
 * The fold as one would write it without versions: Maps and objects that are changed in place.
 * It holds the same facts as the lab's state for the events of the bench's command. Immer is given
 * the same functions, on a draft.
 */
export type MutableLab = { time: number; hosts: Map<string, MutableHost> };

type MutableHost = {
  networks: Map<string, MutableNetwork>;
  networkNames: Map<string, string>;
  containers: Map<string, MutableContainer>;
  containerNames: Map<string, string>;
  sandboxes: Map<string, MutableSandbox>;
  endpoints: Map<string, MutableEndpoint>;
  publishedPorts: Map<string, DataOf<'PortPublished'> & { ordinal: number }>;
  nextInterfaceIndex: number;
  nextProcessId: number;
  nextOrdinal: number;
};

type MutableNetwork = {
  id: string;
  name: string;
  created: DataOf<'NetworkCreated'>;
  ordinal: number;
  hasHadMember: boolean;
  endpointIds: Set<string>;
  joinedCount: number;
  /** First address of the pool, and the words of the bitmap of those in use. */
  base: number;
  used: Map<number, number>;
};

type MutableContainer = {
  id: string;
  name: string;
  created: DataOf<'ContainerCreated'>;
  ordinal: number;
  status: string;
  processId: number;
  startedAt: number | null;
  ends: DataOf<'ContainerStarted'>['ends'];
  sandboxId: string | null;
  lastSandboxId: string;
  attachments: Map<string, DataOf<'NetworkAttached'> & { ordinal: number }>;
};

type MutableSandbox = {
  id: string;
  created: DataOf<'SandboxCreated'>;
  ordinal: number;
  endpointIds: string[];
  nextInterfaceNumber: number;
};

type MutableEndpoint = {
  id: string;
  created: DataOf<'EndpointCreated'>;
  ordinal: number;
  publishedPortKeys: string[];
  joined: (DataOf<'EndpointJoined'> & { ordinal: number }) | null;
};

type DataOf<T extends EventType> = Extract<LabEvent, { type: T }>['data'];

type MutableFolds = { [T in EventType]?: (lab: MutableLab, data: DataOf<T>) => void };

export const emptyLab = (): MutableLab => ({ time: 0, hosts: new Map() });

/** Changes the lab by one fact. @throws for a fact that the bench's command does not cause */
export function applyInPlace(lab: MutableLab, event: LabEvent): void {
  const fold = mutableFolds[event.type] as ((lab: MutableLab, data: unknown) => void) | undefined;
  if (fold === undefined) throw new Error(`the mutable fold does not know ${event.type}`);
  fold(lab, event.data);
}

const mutableFolds: MutableFolds = {
  LabCreated: (lab, data) => {
    lab.time = data.createdAt;
  },
  HostAdded: (lab, data) => {
    lab.hosts.set(data.host, {
      networks: new Map(),
      networkNames: new Map(),
      containers: new Map(),
      containerNames: new Map(),
      sandboxes: new Map(),
      endpoints: new Map(),
      publishedPorts: new Map(),
      nextInterfaceIndex: data.nextInterfaceIndex,
      nextProcessId: data.nextProcessId,
      nextOrdinal: 0,
    });
  },
  NetworkCreated: (lab, data) => {
    const host = hostOf(lab, data.host);
    const [pool] = data.pools;
    host.networks.set(data.networkId, {
      id: data.networkId,
      name: data.name,
      created: data,
      ordinal: host.nextOrdinal,
      hasHadMember: false,
      endpointIds: new Set(),
      joinedCount: 0,
      base: pool === undefined ? 0 : addressOf(pool.subnet),
      used: new Map(),
    });
    host.networkNames.set(data.name, data.networkId);
    host.nextOrdinal += 1;
    countInterfaces(host, data.bridge?.interfaceIndex ?? 0);
    lab.time = Math.max(lab.time, data.createdAt);
  },
  ContainerCreated: (lab, data) => {
    const host = hostOf(lab, data.host);
    host.containers.set(data.containerId, {
      id: data.containerId,
      name: data.name,
      created: data,
      ordinal: host.nextOrdinal,
      status: 'created',
      processId: 0,
      startedAt: null,
      ends: null,
      sandboxId: null,
      lastSandboxId: '',
      attachments: new Map(),
    });
    host.containerNames.set(data.name, data.containerId);
    host.nextOrdinal += 1;
    lab.time = Math.max(lab.time, data.createdAt);
  },
  NetworkAttached: (lab, data) => {
    const host = hostOf(lab, data.host);
    const { attachments } = mustGet(host.containers, data.containerId);
    const known = attachments.get(data.networkName);
    attachments.set(data.networkName, { ...data, ordinal: known?.ordinal ?? host.nextOrdinal });
    if (known === undefined) host.nextOrdinal += 1;
  },
  EndpointCreated: (lab, data) => {
    const host = hostOf(lab, data.host);
    const network = mustGet(host.networks, data.networkId);
    host.endpoints.set(data.endpointId, {
      id: data.endpointId,
      created: data,
      ordinal: host.nextOrdinal,
      publishedPortKeys: [],
      joined: null,
    });
    host.nextOrdinal += 1;
    network.endpointIds.add(data.endpointId);
    const offset = addressOf(data.ipv4) - network.base;
    const word = offset >>> 5;
    network.used.set(word, (network.used.get(word) ?? 0) | (1 << (offset & 31)));
    const attachment = mustGet(host.containers, data.containerId).attachments.get(network.name);
    const resolved = { ...attachment, networkId: network.id } as NonNullable<typeof attachment>;
    mustGet(host.containers, data.containerId).attachments.set(network.name, resolved);
    lab.time = Math.max(lab.time, data.createdAt);
  },
  SandboxCreated: (lab, data) => {
    const host = hostOf(lab, data.host);
    host.sandboxes.set(data.sandboxId, {
      id: data.sandboxId,
      created: data,
      ordinal: host.nextOrdinal,
      endpointIds: [],
      nextInterfaceNumber: 0,
    });
    host.nextOrdinal += 1;
    mustGet(host.containers, data.containerId).lastSandboxId = data.sandboxId;
  },
  EndpointJoined: (lab, data) => {
    const host = hostOf(lab, data.host);
    const endpoint = mustGet(host.endpoints, data.endpointId);
    const sandbox = mustGet(host.sandboxes, data.sandboxId);
    endpoint.joined = { ...data, ordinal: host.nextOrdinal };
    mustGet(host.networks, endpoint.created.networkId).joinedCount += 1;
    sandbox.endpointIds.push(data.endpointId);
    const number = Number(/[0-9]+$/.exec(data.interfaceName)?.[0] ?? -1) + 1;
    sandbox.nextInterfaceNumber = Math.max(sandbox.nextInterfaceNumber, number);
    host.nextOrdinal += 1;
    countInterfaces(host, Math.max(data.interfaceIndex, data.veth?.interfaceIndex ?? 0));
  },
  PortPublished: (lab, data) => {
    const host = hostOf(lab, data.host);
    const key = `${data.protocol} ${data.hostIp} ${data.hostPort}`;
    host.publishedPorts.set(key, { ...data, ordinal: host.nextOrdinal });
    mustGet(host.endpoints, data.endpointId).publishedPortKeys.push(key);
    host.nextOrdinal += 1;
    host.nextProcessId = Math.max(host.nextProcessId, data.proxyProcessId + 1);
  },
  ContainerStarted: (lab, data) => {
    const host = hostOf(lab, data.host);
    const container = mustGet(host.containers, data.containerId);
    container.status = 'running';
    container.processId = data.processId;
    container.startedAt = data.startedAt;
    container.ends = data.ends;
    container.sandboxId = data.sandboxId;
    host.nextProcessId = Math.max(host.nextProcessId, data.processId + 1);
    for (const endpointId of mustGet(host.sandboxes, data.sandboxId).endpointIds) {
      const { networkId } = mustGet(host.endpoints, endpointId).created;
      mustGet(host.networks, networkId).hasHadMember = true;
    }
    lab.time = Math.max(lab.time, data.startedAt);
  },
};

const hostOf = (lab: MutableLab, name: string): MutableHost => mustGet(lab.hosts, name);

function mustGet<V>(map: Map<string, V>, key: string): V {
  const found = map.get(key);
  if (found === undefined) throw new Error(`the mutable fold has no ${key}`);
  return found;
}

function countInterfaces(host: MutableHost, index: number): void {
  host.nextInterfaceIndex = Math.max(host.nextInterfaceIndex, index + 1);
}

/** The number of an IPv4 address, with or without a prefix length behind it. */
function addressOf(text: string): number {
  let value = 0;
  for (const part of (text.split('/')[0] ?? '').split('.')) value = value * 256 + Number(part);
  return value;
}
