import type {
  CommandBody,
  ContainerSpec,
  EndpointSpec,
  HostName,
  HostSpec,
  NetworkSpec,
  SingleCommand,
} from '@netfold/contracts';

/** The shortest way to say what a user orders; everything not said is what the client sends. */

export function hostSpec(name: string, number: number): HostSpec {
  return { name, engineProfile: '20.10', nics: [nicSpec('eth0', number)] };
}

export function nicSpec(name: string, number: number): HostSpec['nics'][number] {
  const octet = 10 + number;
  return {
    name,
    lan: 'lan',
    address: `192.168.50.${octet}/24`,
    mac: `52:54:00:00:32:${octet.toString(16).padStart(2, '0')}`,
    mtuBytes: 1500,
  };
}

export function ipamPool(
  subnet: string,
  changes: Partial<NetworkSpec['ipam'][number]> = {},
): NetworkSpec['ipam'][number] {
  return { subnet, ipRange: '', gateway: '', auxAddresses: {}, ...changes };
}

export function createNetwork(
  host: HostName,
  name: string,
  changes: Partial<NetworkSpec> = {},
): SingleCommand {
  const network: NetworkSpec = {
    name,
    driver: 'bridge',
    checkDuplicate: true,
    internal: false,
    attachable: false,
    ingress: false,
    enableIPv6: false,
    scope: '',
    ipamDriver: 'default',
    ipamOptions: null,
    ipam: [],
    options: {},
    labels: {},
    configOnly: false,
    configFrom: '',
    ...changes,
  };
  return { type: 'CreateNetwork', host, network };
}

export function removeNetwork(host: HostName, network: string): SingleCommand {
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

export function containerSpec(name: string, changes: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    name,
    image: 'nginx',
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

export function createContainer(
  host: HostName,
  name: string,
  changes: Partial<ContainerSpec> = {},
): SingleCommand {
  return { type: 'CreateContainer', host, spec: containerSpec(name, changes) };
}

export function startContainer(host: HostName, container: string): SingleCommand {
  return { type: 'StartContainer', host, container };
}

export function stopContainer(host: HostName, container: string): SingleCommand {
  return { type: 'StopContainer', host, container, timeoutSeconds: null };
}

/** `docker run`: two commands, as the client sends them. */
export function runContainer(
  host: HostName,
  name: string,
  changes: Partial<ContainerSpec> = {},
): readonly SingleCommand[] {
  return [createContainer(host, name, changes), startContainer(host, name)];
}

export function connectContainer(
  host: HostName,
  network: string,
  container: string,
  endpoint: Partial<EndpointSpec> = {},
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
  host: HostName,
  network: string,
  container: string,
  force = false,
): SingleCommand {
  return { type: 'DisconnectContainer', host, network, container, force };
}

export function createExec(
  host: HostName,
  container: string,
  command: readonly string[] = ['ip', 'addr'],
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

type InitSwarm = Extract<SingleCommand, { type: 'InitSwarm' }>;

export function initSwarm(host: HostName, changes: Partial<InitSwarm> = {}): SingleCommand {
  return {
    type: 'InitSwarm',
    host,
    advertiseAddress: '',
    listenAddress: '0.0.0.0:2377',
    defaultAddressPools: [],
    subnetSize: 0,
    forceNewCluster: false,
    ...changes,
  };
}

type JoinSwarm = Extract<SingleCommand, { type: 'JoinSwarm' }>;

export function joinSwarm(
  host: HostName,
  token: string,
  changes: Partial<JoinSwarm> = {},
): SingleCommand {
  return {
    type: 'JoinSwarm',
    host,
    remoteAddresses: ['192.168.50.11:2377'],
    token,
    advertiseAddress: '',
    listenAddress: '0.0.0.0:2377',
    ...changes,
  };
}

export function batch(...commands: readonly SingleCommand[]): CommandBody {
  return { type: 'ApplyBatch', commands };
}
