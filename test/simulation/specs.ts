import type { ContainerSpec, EndpointSpec, HostSpec, NetworkSpec } from '@netfold/contracts';

/** Values that often fit and sometimes do not: overlaps, taken addresses, wrong words. */
const subnets = [
  '10.1.0.0/24',
  '10.1.1.0/29',
  '10.1.2.0/30',
  '10.2.0.0/16',
  '10.2.3.0/24',
  '172.20.0.0/16',
  '10.3.0.0/31',
  'nonsense',
] as const;

export function hostSpec(name: string, number: number): HostSpec {
  const octet = 10 + number;
  return {
    name,
    engineProfile: '20.10',
    nics: [
      {
        name: 'eth0',
        lan: 'lan',
        address: `192.168.50.${octet}/24`,
        mac: `52:54:00:00:32:${octet.toString(16).padStart(2, '0')}`,
        mtuBytes: 1500,
      },
    ],
  };
}

export function networkSpec(of: {
  readonly name: string;
  readonly driver: string;
  readonly b: number;
  readonly c: number;
}): NetworkSpec {
  const subnet = of.b < 110 ? '' : (subnets[of.b % subnets.length] ?? '');
  return {
    name: of.name,
    driver: of.c === 255 ? 'nosuch' : of.driver,
    checkDuplicate: true,
    internal: of.c % 9 === 0,
    attachable: of.c % 5 !== 0,
    ingress: false,
    enableIPv6: false,
    scope: '',
    ipamDriver: 'default',
    ipamOptions: null,
    ipam: subnet === '' ? [] : [{ subnet, ipRange: '', gateway: '', auxAddresses: {} }],
    options: optionsOf(of.c),
    labels: of.c % 3 === 0 ? { tier: 'x' } : {},
    configOnly: false,
    configFrom: '',
  };
}

function optionsOf(number: number): Readonly<Record<string, string>> {
  if (number % 11 === 1) return { 'com.docker.network.bridge.enable_icc': 'false' };
  if (number % 11 === 2) return { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };
  if (number % 11 === 3) return { 'com.docker.network.driver.mtu': '1400' };
  return {};
}

export function endpointSpec(number: number): EndpointSpec {
  return {
    ipv4Address: number % 16 === 1 ? `10.1.0.${2 + (number % 7)}` : '',
    ipv6Address: '',
    linkLocalIPs: [],
    aliases: number % 4 === 1 ? [`alias${number % 5}`] : [],
    links: [],
    macAddress: '',
    driverOptions: {},
  };
}

export function containerSpec(of: {
  readonly name: string;
  readonly mode: string;
  readonly a: number;
  readonly c: number;
  readonly endpoint: EndpointSpec;
}): ContainerSpec {
  const isUser = !/^(default|bridge|host|none|container:.*)$/.test(of.mode);
  const isShared = of.mode.startsWith('container:');
  return {
    name: of.name,
    image: of.c === 254 ? 'nosuch' : 'nginx',
    command: of.c % 7 === 3 ? ['sleep', '5'] : null,
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
    portBindings: isShared ? [] : portsOf(of.c),
    publishAllPorts: !isShared && of.c % 13 === 5,
    networkMode: of.mode,
    endpoints: isUser ? { [of.mode]: of.endpoint } : {},
    links: [],
    dns: [],
    dnsSearch: [],
    dnsOptions: [],
    extraHosts: [],
    autoRemove: of.c % 10 === 7,
    restartPolicy: { name: of.c % 17 === 4 ? 'on-failure' : '', maximumRetryCount: 0 },
    privileged: false,
    passThrough: { config: {}, hostConfig: {} },
  };
}

const portsOf = (number: number): ContainerSpec['portBindings'] => {
  if (number % 6 === 0) return [{ containerPort: '80/tcp', hostIp: '', hostPort: '' }];
  if (number % 6 !== 1) return [];
  const hostPort = String(8000 + (number % 40));
  return [{ containerPort: '80/tcp', hostIp: number % 4 === 1 ? '127.0.0.1' : '', hostPort }];
};
