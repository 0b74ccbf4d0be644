import type {
  CommandBody,
  ContainerSpec,
  EndpointSpec,
  FileEntry,
  HostSpec,
  LanSpec,
  NetworkSpec,
  SingleCommand,
} from '@netfold/contracts';

/** The LAN that every lab of the tests has. */
export const testLan: LanSpec = {
  name: 'lan',
  subnet: '192.168.50.0/24',
  gateway: '192.168.50.1',
};

/** `h1` has 192.168.50.11, `h2` has 192.168.50.12 … on the tests' LAN. */
export function hostSpec(
  name: string,
  number = Number(name.replaceAll(/\D/g, '') || '1'),
): HostSpec {
  return { name, engineProfile: '20.10', nics: [nicSpec('eth0', number)] };
}

export function nicSpec(name: string, number: number): HostSpec['nics'][number] {
  const octet = 10 + number;
  return {
    name,
    lan: testLan.name,
    address: `192.168.50.${octet}/24`,
    mac: `52:54:00:00:32:${octet.toString(16).padStart(2, '0')}`,
    mtuBytes: 1500,
  };
}

/** A lab with fresh engines on the named hosts: begin with `given().when(createLab('h1'))`. */
export function createLab(...hosts: readonly string[]): CommandBody {
  const names = hosts.length === 0 ? ['h1'] : hosts;
  return {
    type: 'CreateLab',
    name: 'lab',
    hosts: names.map((name) => hostSpec(name)),
    lans: [testLan],
    images: null,
  };
}

export function networkSpec(name: string, changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return {
    name,
    driver: 'bridge',
    checkDuplicate: true,
    internal: false,
    attachable: false,
    ingress: false,
    enableIPv6: false,
    scope: '',
    ipamDriver: 'default',
    ipamOptions: {},
    ipam: [],
    options: {},
    labels: {},
    configOnly: false,
    configFrom: '',
    ...changes,
  };
}

/** `docker network create NAME` on `h1`. `subnet` is short for one pool with that subnet. */
export function createNetwork(
  name: string,
  changes: Partial<NetworkSpec> & { readonly subnet?: string; readonly host?: string } = {},
): SingleCommand {
  const { subnet, host = 'h1', ...rest } = changes;
  const ipam = subnet === undefined ? [] : [ipamPool(subnet)];
  return { type: 'CreateNetwork', host, network: networkSpec(name, { ipam, ...rest }) };
}

export function ipamPool(
  subnet: string,
  changes: Partial<NetworkSpec['ipam'][number]> = {},
): NetworkSpec['ipam'][number] {
  return { subnet, ipRange: '', gateway: '', auxAddresses: {}, ...changes };
}

export function removeNetwork(network: string, host = 'h1'): SingleCommand {
  return { type: 'RemoveNetwork', host, network };
}

export function endpointSpec(changes: Partial<EndpointSpec> = {}): EndpointSpec {
  return {
    ipv4Address: '',
    ipv6Address: '',
    linkLocalIPs: [],
    aliases: [],
    links: [],
    macAddress: '',
    driverOptions: {},
    ...changes,
  };
}

/** What `docker create --name NAME alpine` sends. */
export function containerSpec(name: string, changes: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    name,
    image: 'alpine',
    command: null,
    entrypoint: null,
    environment: [],
    labels: {},
    hostname: '',
    domainname: '',
    user: '',
    workingDir: '',
    macAddress: '',
    tty: false,
    openStdin: false,
    stdinOnce: false,
    attachStdin: false,
    attachStdout: false,
    attachStderr: false,
    stopSignal: '',
    stopTimeoutSeconds: null,
    exposedPorts: [],
    portBindings: [],
    publishAllPorts: false,
    networkMode: 'default',
    endpoints: {},
    links: [],
    dns: [],
    dnsSearch: [],
    dnsOptions: [],
    extraHosts: [],
    autoRemove: false,
    restartPolicy: { name: '', maximumRetryCount: 0 },
    privileged: false,
    passThrough: { config: {}, hostConfig: {} },
    ...changes,
  };
}

/** `docker create` on `h1`. */
export function createContainer(
  name: string,
  changes: Partial<ContainerSpec> & { readonly host?: string } = {},
): SingleCommand {
  const { host = 'h1', ...rest } = changes;
  return { type: 'CreateContainer', host, spec: containerSpec(name, rest) };
}

export function startContainer(container: string, host = 'h1'): SingleCommand {
  return { type: 'StartContainer', host, container };
}

export function stopContainer(container: string, host = 'h1'): SingleCommand {
  return { type: 'StopContainer', host, container, timeoutSeconds: null };
}

export function removeContainer(container: string, host = 'h1'): SingleCommand {
  return { type: 'RemoveContainer', host, container, force: true, link: false };
}

export function connectContainer(
  network: string,
  container: string,
  endpoint: Partial<EndpointSpec> = {},
  host = 'h1',
): SingleCommand {
  return {
    type: 'ConnectContainer',
    host,
    network,
    container,
    endpoint: endpointSpec(endpoint),
  };
}

export function disconnectContainer(
  network: string,
  container: string,
  host = 'h1',
): CommandOf<'DisconnectContainer'> {
  return { type: 'DisconnectContainer', host, network, container, force: false };
}

/** `docker exec CONTAINER ip addr`, as far as it goes before its start. */
export function createExec(
  container: string,
  command: readonly string[] = ['ip', 'addr'],
  host = 'h1',
): SingleCommand {
  return {
    type: 'CreateExec',
    host,
    container,
    command,
    environment: [],
    user: '',
    workingDir: '',
    tty: false,
    attachStdin: false,
    attachStdout: true,
    attachStderr: true,
    privileged: false,
    detachKeys: '',
  };
}

type CommandOf<T extends SingleCommand['type']> = Extract<SingleCommand, { readonly type: T }>;

/** A file that anybody may read and its owner, root, may write. */
export function fileEntry(path: string, changes: Partial<FileEntry> = {}): FileEntry {
  return {
    path,
    kind: 'file',
    mode: 0o644,
    userId: 0,
    groupId: 0,
    modifiedAt: 0,
    encoding: 'utf8',
    content: 'text\n',
    target: '',
    ...changes,
  };
}

export function initSwarm(host = 'h1', advertiseAddress = ''): CommandOf<'InitSwarm'> {
  return {
    type: 'InitSwarm',
    host,
    advertiseAddress,
    listenAddress: '0.0.0.0:2377',
    defaultAddressPools: [],
    subnetSize: 0,
    forceNewCluster: false,
  };
}

export function joinSwarm(
  host: string,
  token: string,
  remote = '192.168.50.11:2377',
): CommandOf<'JoinSwarm'> {
  return {
    type: 'JoinSwarm',
    host,
    remoteAddresses: [remote],
    token,
    advertiseAddress: '',
    listenAddress: '0.0.0.0:2377',
  };
}

export function batch(...commands: readonly SingleCommand[]): CommandBody {
  return { type: 'ApplyBatch', commands };
}
