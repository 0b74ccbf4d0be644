import type { ContainerSpec, EndpointSpec, NetworkSpec } from '@netfold/contracts';
import { containerSpec, endpointSpec, ipamPool } from '@netfold/testkit/factories';
import { pick } from './situation.ts';
import { volumeName } from './storage-orders.ts';
import type { Situation } from './situation.ts';

/** Subnets that often fit and sometimes overlap. */
const subnets = [
  '10.1.0.0/24',
  '10.1.1.0/29',
  '10.1.2.0/29',
  '10.2.0.0/20',
  '10.2.16.0/24',
  '10.4.0.0/28',
  '172.29.0.0/16',
  '10.5.0.0/24',
] as const;

/** What a user asks of a new network, as a rule something sensible. */
export function networkWish(driver: string, { b, c, host }: Situation): Partial<NetworkSpec> {
  const isBridge = driver === 'bridge';
  // Few for overlays, so that they overlap: the managers allocate one after the other is gone.
  const few = subnets.slice(0, isBridge ? subnets.length : 2);
  const subnet = b < (isBridge ? 150 : 80) ? '' : (few[b % few.length] ?? '');
  const hasIPv6 = isBridge && c % 7 === 2;
  const number = host.networks.size;
  return {
    driver: isBridge && c % 23 === 4 ? 'macvlan' : driver,
    internal: c % 9 === 0,
    attachable: !isBridge && c % 7 !== 0,
    enableIPv6: hasIPv6,
    ipam: [
      ...(subnet === '' ? [] : [ipamPool(subnet, poolWish(subnet, c))]),
      ...(hasIPv6 ? [ipamPool(`fd00:${number}:${c}::/64`)] : []),
    ],
    options: isBridge ? optionsWish(c) : {},
    labels: c % 3 === 0 ? { tier: 'x' } : {},
  };
}

function poolWish(subnet: string, number: number): Partial<NetworkSpec['ipam'][number]> {
  if (subnet !== '10.1.0.0/24') return {};
  if (number % 4 === 1) return { ipRange: '10.1.0.128/25' };
  if (number % 4 === 2) return { gateway: '10.1.0.254' };
  return number % 4 === 3 ? { auxAddresses: { router: '10.1.0.2' } } : {};
}

function optionsWish(number: number): Readonly<Record<string, string>> {
  if (number % 23 === 4) return {};
  if (number % 11 === 1) return { 'com.docker.network.bridge.enable_icc': 'false' };
  if (number % 11 === 2) return { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };
  if (number % 11 === 3) return { 'com.docker.network.driver.mtu': '1400' };
  if (number % 11 === 4) return { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' };
  return {};
}

export function endpointWish(network: string, number: number): EndpointSpec {
  const isUserDefined = network !== 'bridge' && network !== 'default';
  return endpointSpec({
    ipv4Address: isUserDefined && number % 29 === 1 ? `10.1.0.${2 + (number % 7)}` : '',
    aliases: isUserDefined && number % 4 === 1 ? [`alias${number % 5}`] : [],
  });
}

/** What a user asks of a new container, as a rule something sensible. */
export function containerWish(name: string, at: Situation): ContainerSpec {
  const { c } = at;
  const mode = modeWish(at);
  const isUserDefined = !/^(default|bridge|host|none|container:.*)$/.test(mode);
  const isShared = mode.startsWith('container:');
  const isServer = c % 7 !== 3;
  return containerSpec(name, {
    image: c % 5 === 2 ? 'alpine' : 'nginx',
    tty: c % 5 === 2,
    command: isServer ? null : ['sleep', c % 2 === 0 ? '5' : '1'],
    portBindings: isShared ? [] : portsWish(c),
    publishAllPorts: !isShared && c % 13 === 5,
    networkMode: mode,
    endpoints: isUserDefined ? { [mode]: endpointWish(mode, c) } : {},
    links: mode === 'default' && c % 3 === 1 ? linkWish(at) : [],
    autoRemove: isServer && c % 10 === 7,
    restartPolicy: { name: isServer ? '' : 'always', maximumRetryCount: 0 },
    passThrough: {
      config: { ...(c % 9 === 4 ? { Volumes: { '/srv': {} } } : {}), ...healthWish(c) },
      hostConfig: mountWish(c),
    },
  });
}

const healthWish = (number: number): Readonly<Record<string, unknown>> =>
  number % 3 === 1 ? { Healthcheck: { Test: ['CMD', 'true'], Retries: 1 + (number % 2) } } : {};

const mountWish = (number: number): Readonly<Record<string, unknown>> =>
  number % 11 === 6 ? { Binds: [`${volumeName(number)}:/data`] } : {};

function modeWish(at: Situation): string {
  const { b } = at;
  const target = pick(at.containers('ordinary'), b)?.name;
  if (b < 70) return 'default';
  if (b < 82) return 'host';
  if (b < 92) return 'none';
  if (b < 112 && target !== undefined) return `container:${target}`;
  return pick(at.joinableNetworks(), b) ?? 'default';
}

function portsWish(number: number): ContainerSpec['portBindings'] {
  if (number % 6 === 0) return [{ containerPort: '80/tcp', hostIp: '', hostPort: '' }];
  if (number % 6 !== 1) return [];
  const hostPort = String(8000 + number);
  return [{ containerPort: '80/tcp', hostIp: number % 4 === 1 ? '127.0.0.1' : '', hostPort }];
}

/** A container on the default network, under another name. */
function linkWish(at: Situation): readonly string[] {
  const onDefault = at
    .containers('ordinary')
    .filter(({ attachments }) => attachments.has('bridge'));
  const target = pick(onDefault, at.a);
  return target === undefined ? [] : [`${target.name}:friend`];
}
