import {
  connect,
  container,
  disconnect,
  each,
  network,
  post,
  remove,
  start,
} from './engine-case.ts';
import type { EngineCase, EngineStep } from './engine-case.ts';

const stop = (name: string): EngineStep => post(`/containers/${name}/stop`);

const shared: readonly EngineCase[] = [
  ...each(79, ['container:', 'container', 'container::', 'container:c 1'], (mode) => [
    container('c1', mode),
    start('c1'),
  ]),
  {
    input: 80,
    title: "a container's own namespace",
    steps: [container('c1', 'container:c1'), start('c1')],
  },
  {
    input: 81,
    title: 'a container that is missing',
    steps: [container('c1', 'container:nosuch'), start('c1')],
  },
  {
    input: 81,
    title: 'a container that does not run',
    steps: [
      container('c0'),
      container('c1', 'container:c0'),
      start('c1'),
      start('c0'),
      stop('c0'),
      start('c1'),
    ],
  },
  {
    input: 82,
    title: 'two that wait for each other',
    steps: [
      container('c0', 'container:c1'),
      container('c1', 'container:c0'),
      start('c0'),
      start('c1'),
    ],
  },
  {
    input: 83,
    title: 'the owner is restarted and removed',
    steps: [
      container('c0'),
      start('c0'),
      container('c1', 'container:c0'),
      start('c1'),
      post('/containers/c0/restart'),
      post('/containers/c1/restart'),
      remove('/containers/c0?force=1'),
      post('/containers/c1/restart'),
      start('c1'),
    ],
  },
  ...each(
    84,
    [
      { host: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } } },
      { host: { PublishAllPorts: true } },
      { ExposedPorts: { '80/tcp': {} } },
      { Hostname: 'h' },
      { host: { Dns: ['1.1.1.1'] } },
      { host: { Links: ['c0:c0'] } },
      { host: { ExtraHosts: ['a:1.1.1.1'] } },
      { MacAddress: '02:42:0a:00:00:01' },
    ],
    (more) => [container('c0'), start('c0'), container('c1', 'container:c0', more)],
  ),
  {
    input: 85,
    title: 'connect a container that shares',
    steps: [
      container('c0'),
      start('c0'),
      container('c1', 'container:c0'),
      network('n1'),
      connect('n1', 'c1'),
      start('c1'),
      connect('n1', 'c1'),
      disconnect('bridge', 'c1'),
    ],
  },
];

const hostAndNone: readonly EngineCase[] = [
  {
    input: 86,
    title: 'to and from the host network',
    steps: [
      container('c1'),
      connect('host', 'c1'),
      start('c1'),
      connect('host', 'c1'),
      container('c2', 'host'),
      start('c2'),
      disconnect('host', 'c2'),
      network('n1'),
      connect('n1', 'c2'),
    ],
  },
  {
    input: 87,
    title: 'none and another',
    steps: [
      container('c1', 'none'),
      network('n1'),
      connect('n1', 'c1'),
      start('c1'),
      connect('n1', 'c1'),
      disconnect('none', 'c1'),
      container('c2'),
      connect('none', 'c2'),
      start('c2'),
      connect('none', 'c2'),
    ],
  },
  ...each(87, ['nosuch', 'no such', '../x', 'bridge:', 'Bridge', 'default '], (mode) => [
    container('c1', mode),
    start('c1'),
  ]),
];

const mtuKey = 'com.docker.network.driver.mtu';
const bridgeKey = 'com.docker.network.bridge.name';

const drivers: readonly EngineCase[] = [
  ...each(88, [{ Driver: 'overlay' }, { Driver: 'overlay', Attachable: true }], (more) => [
    network('n1', more),
  ]),
  ...each(89, ['-1', '1000000000', 'abc', '', '67', '0', '65536', '1e3', ' 1400'], (mtu) => [
    network('n1', { Options: { [mtuKey]: mtu } }),
    container('c1', 'n1'),
    start('c1'),
  ]),
  ...each(
    89,
    ['67'],
    (mtu) => [
      network('n1', { Options: { [mtuKey]: mtu } }),
      container('c1'),
      start('c1'),
      connect('n1', 'c1'),
    ],
    'of a running container ',
  ),
  ...each(90, ['../../x', 'http://127.0.0.1:1/', 'n\u0007', '\u00a0\u200b"\\'], (Driver) => [
    network('n1', { Driver }),
  ]),
  ...each(90, ['host', 'null'], (Driver) => [network('n1', { Driver })]),
  ...each(
    90,
    ['nosuch', '../../x'],
    (Driver) => [network('n1', { IPAM: { Driver } })],
    'of addresses ',
  ),
  ...each(
    90,
    [{ Scope: 'nosuch' }, { Scope: 'global' }, { Scope: 'swarm' }, { Ingress: true }],
    (more) => [network('n1', more)],
  ),
  ...each(91, ['isolated'], (mode) => [
    network('n1', { Options: { 'com.docker.network.bridge.gateway_mode_ipv4': mode } }),
  ]),
  ...each(93, ['br-twin', 'sixteen-bytes-16', 'a/b', '', '.', '..', 'docker0', 'a b'], (name) => [
    network('n1', { Options: { [bridgeKey]: name } }),
    network('n2', { Options: { [bridgeKey]: name } }),
  ]),
  ...each(
    93,
    ['enable_icc', 'enable_ip_masquerade', 'host_binding_ipv4'].map(
      (name) => `com.docker.network.bridge.${name}`,
    ),
    (key) => [network('n1', { Options: { [key]: 'abc' } })],
  ),
];

/** Inputs 79 to 93. */
export const modeCases: readonly EngineCase[] = [...shared, ...hostAndNone, ...drivers];
