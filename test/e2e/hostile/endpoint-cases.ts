import { connect, container, disconnect, each, network, start, subnetted } from './engine-case.ts';
import type { EngineCase, EngineStep } from './engine-case.ts';

const n1 = subnetted('n1', [{ Subnet: '10.60.0.0/24', Gateway: '10.60.0.1' }]);
const n2 = subnetted('n2', [{ Subnet: '10.62.0.0/24', Gateway: '10.62.0.1' }]);

const atConnect = (endpoint: object, into = n1, name = 'n1'): EngineStep[] => [
  into,
  container('c1'),
  start('c1'),
  connect(name, 'c1', endpoint),
];

const atStart = (endpoint: object, more: object = {}): EngineStep[] => [
  n1,
  container('c1', 'n1', { ...more, NetworkingConfig: { EndpointsConfig: { n1: endpoint } } }),
  start('c1'),
];

const withIp = (IPv4Address: string): object => ({ IPAMConfig: { IPv4Address } });

const addresses: readonly EngineCase[] = [
  ...each(32, ['10.9.9.9'], (address) => atConnect(withIp(address))),
  ...each(32, ['10.9.9.9'], (address) => atStart(withIp(address)), 'at start '),
  ...each(33, ['172.18.0.9'], (address) => atConnect(withIp(address), network('n1'))),
  ...each(34, ['172.17.0.9'], (address) => [
    container('c1', 'default', {
      NetworkingConfig: { EndpointsConfig: { bridge: withIp(address) } },
    }),
    start('c1'),
  ]),
  ...each(35, ['10.60.0.1', '10.60.0.0', '10.60.0.255', '10.60.0.7'], (address) => [
    n1,
    container('c0', 'n1', {
      NetworkingConfig: { EndpointsConfig: { n1: withIp('10.60.0.7') } },
    }),
    start('c0'),
    container('c1'),
    start('c1'),
    connect('n1', 'c1', withIp(address)),
  ]),
  ...each(36, ['999.1.1.1', '10.60.0', '010.60.0.9', 'abc'], (address) =>
    atConnect(withIp(address)),
  ),
  ...each(36, ['999.1.1.1'], (address) => atStart(withIp(address)), 'at start '),
  ...each(37, [{ IPv6Address: '10.60.0.9' }, { IPv4Address: 'fd00::9' }], (IPAMConfig) =>
    atConnect({ IPAMConfig }),
  ),
  ...each(38, [['1.2.3'], ['10.1.1.1', 'x']], (LinkLocalIPs) =>
    atConnect({ IPAMConfig: { LinkLocalIPs } }),
  ),
];

const macs: readonly EngineCase[] = [
  ...each(39, ['zz:zz:zz:zz:zz:zz', '02:42:0a:00:00', '02:42::00:00:01'], (MacAddress) =>
    atStart({}, { MacAddress }),
  ),
  ...each(40, ['01:00:5e:00:00:01', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00'], (MacAddress) =>
    atStart({}, { MacAddress }),
  ),
  ...each(
    41,
    ['02:42:0a:00:00:01:02:03', Array.from({ length: 20 }, () => '02').join(':')],
    (MacAddress) => atStart({}, { MacAddress }),
  ),
  {
    input: 42,
    title: 'one MAC address twice',
    steps: [
      n1,
      container('c1', 'n1', { MacAddress: '02:42:0a:00:00:99' }),
      start('c1'),
      container('c2', 'n1', { MacAddress: '02:42:0a:00:00:99' }),
      start('c2'),
    ],
  },
];

const membership: readonly EngineCase[] = [
  {
    input: 43,
    title: 'connect twice',
    steps: [...atConnect({}), connect('n1', 'c1'), connect('n1', 'c1', { Aliases: ['again'] })],
  },
  {
    input: 44,
    title: 'disconnect what is not connected',
    steps: [n1, container('c1'), disconnect('n1', 'c1'), start('c1'), disconnect('n1', 'c1')],
  },
  {
    input: 45,
    title: 'unknown network, unknown container',
    steps: [
      n1,
      container('c1'),
      connect('nosuch', 'c1'),
      connect('n1', 'nosuch'),
      connect('n1', ''),
      disconnect('nosuch', 'c1'),
      disconnect('n1', 'nosuch'),
    ],
  },
  {
    input: 46,
    title: 'alias on the default bridge',
    steps: [
      container('c1', 'default', {
        NetworkingConfig: { EndpointsConfig: { bridge: { Aliases: ['a'] } } },
      }),
      start('c1'),
      n2,
      container('c2', 'n2'),
      start('c2'),
      connect('bridge', 'c2', { Aliases: ['a'] }),
    ],
  },
  ...each(47, ['a b', '-', '*.x', 'ü', '', 'a\nb'], (alias) => atConnect({ Aliases: [alias] })),
  ...each(48, ['net.ipv4.conf.eth0.forwarding=1', 'abc'], (value) =>
    atConnect({ DriverOpts: { 'com.docker.network.endpoint.sysctls': value } }),
  ),
];

/** Inputs 32 to 48. */
export const endpointCases: readonly EngineCase[] = [...addresses, ...macs, ...membership];
