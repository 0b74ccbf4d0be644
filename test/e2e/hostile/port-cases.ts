import { container, each, start } from './engine-case.ts';
import type { EngineCase, EngineStep } from './engine-case.ts';

type Binding = { readonly HostIp?: string; readonly HostPort?: string };

const published = (name: string, bindings: Readonly<Record<string, readonly Binding[]>>) =>
  container(name, 'default', {
    host: { PortBindings: bindings },
    ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
  });

const bound = (port: string, binding: Binding): EngineStep[] => [
  published('c1', { [port]: [binding] }),
  start('c1'),
];

const texts: readonly EngineCase[] = [
  ...each(68, ['65536', '70000', '-80', '80.5', '0x50', '٨٠', ' 80', '+80', '080'], (HostPort) =>
    bound('80/tcp', { HostPort }),
  ),
  ...each(69, ['65536/tcp', '-1/tcp', 'abc/tcp', '/tcp', '80'], (port) =>
    bound(port, { HostPort: '8080' }),
  ),
  ...each(70, ['0/tcp'], (port) => bound(port, { HostPort: '8080' })),
  ...each(70, ['0', ''], (HostPort) => bound('80/tcp', { HostPort })),
  ...each(71, ['90-80', '80-', '-', '80-90-100'], (HostPort) => bound('80/tcp', { HostPort })),
  ...each(72, ['80-81/tcp', '90-80/tcp'], (port) => bound(port, { HostPort: '8000-8002' })),
  ...each(73, ['80/icmp', '80/', '80/TCP', '80/tcp/udp', '80/sctp'], (port) =>
    bound(port, { HostPort: '8080' }),
  ),
  ...each(74, ['300.1.1.1', 'abc', '8.8.8.8', '::1', '127.0.0.1/8'], (HostIp) =>
    bound('80/tcp', { HostIp, HostPort: '8080' }),
  ),
  ...each(75, ['', ' '], (port) => bound(port, { HostPort: '8080' })),
];

const second = (first: Binding, other: Binding, port = '80/tcp'): EngineStep[] => [
  published('c1', { '80/tcp': [first] }),
  start('c1'),
  published('c2', { [port]: [other] }),
  start('c2'),
];

const clashes: readonly EngineCase[] = [
  {
    input: 76,
    title: 'the same port of all addresses',
    steps: second({ HostPort: '8080' }, { HostPort: '8080' }),
  },
  {
    input: 76,
    title: 'all addresses after the loopback address',
    steps: second({ HostIp: '127.0.0.1', HostPort: '8080' }, { HostPort: '8080' }),
  },
  {
    input: 76,
    title: 'the loopback address after all addresses',
    steps: second({ HostPort: '8080' }, { HostIp: '127.0.0.1', HostPort: '8080' }),
  },
  {
    input: 76,
    title: 'tcp and udp',
    steps: second({ HostPort: '8080' }, { HostPort: '8080' }, '80/udp'),
  },
  {
    input: 76,
    title: 'IPv4 and IPv6',
    steps: second({ HostIp: '0.0.0.0', HostPort: '8080' }, { HostIp: '::', HostPort: '8080' }),
  },
  {
    input: 76,
    title: 'one container, one port twice',
    steps: [
      published('c1', { '80/tcp': [{ HostPort: '8080' }], '81/tcp': [{ HostPort: '8080' }] }),
      start('c1'),
      published('c2', { '80/tcp': [{ HostPort: '8081' }, { HostPort: '8081' }] }),
      start('c2'),
    ],
  },
  {
    input: 77,
    title: 'all host ports for one port of a container',
    steps: bound('80/tcp', { HostPort: '1-65535' }),
  },
  {
    input: 78,
    title: 'a range that is used up',
    steps: ['c1', 'c2', 'c3'].flatMap((name) => [
      published(name, { '80/tcp': [{ HostPort: '8080-8081' }] }),
      start(name),
    ]),
  },
];

/** Inputs 68 to 78. */
export const portCases: readonly EngineCase[] = [...texts, ...clashes];
