import type { InterfaceRow, NamespaceView, RouteRow, RuleRow } from '@netfold/dataplane';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findInstalled, newBudget } from './program.ts';
import type { ToolWorld } from './tool.ts';
import { fileReaders } from './world/files.ts';
import { noLab } from './network/no-lab.fixture.ts';
import { rootIdentity } from '@netfold/domain';

/** The two namespaces that `recordings/record.py` makes, as rows; expected texts are recorded. */
type Recording = {
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

const recorded = createRequire(import.meta.url)('../recordings/tools.json') as {
  readonly host: readonly Recording[];
  readonly inside: readonly Recording[];
};

const where = { labId: 'lab', host: 'h1', namespace: '' };

const link = (one: Partial<InterfaceRow> & Pick<InterfaceRow, 'interfaceIndex' | 'name'>) =>
  ({
    ...where,
    kind: 'bridge',
    mac: '00:00:00:00:00:00',
    mtuBytes: 1500,
    isUp: true,
    hasCarrier: true,
    operationalState: 'UP',
    master: null,
    peerInterfaceIndex: null,
    peerNamespaceNumber: null,
    queueLength: null,
    addresses: [],
    vni: null,
    networkId: null,
    endpointId: null,
    ...one,
  }) satisfies InterfaceRow;

const address4 = (address: string, broadcast: string) =>
  ({ family: 4, address, broadcast, scope: 'global' }) as const;

const linkLocal = (address: string) =>
  ({ family: 6, address, broadcast: null, scope: 'link' }) as const;

const loopback = link({
  interfaceIndex: 1,
  name: 'lo',
  kind: 'loopback',
  mtuBytes: 65536,
  operationalState: 'UNKNOWN',
  queueLength: 1000,
  addresses: [
    { family: 4, address: '127.0.0.1/8', broadcast: null, scope: 'host' },
    { family: 6, address: '::1/128', broadcast: null, scope: 'host' },
  ],
});

const route = (one: Partial<RouteRow> & Pick<RouteRow, 'destination' | 'device'>) =>
  ({
    ...where,
    family: 4,
    gateway: null,
    protocol: 'kernel',
    scope: 'link',
    source: null,
    metric: 0,
    isLinkDown: false,
    ...one,
  }) satisfies RouteRow;

const rule = (
  table: 'filter' | 'nat',
  chain: string,
  match: RuleRow['match'],
  target: RuleRow['target'],
): RuleRow => ({
  ...where,
  family: 4,
  table,
  chain,
  rank: '',
  match,
  target,
  networkId: null,
  endpointId: null,
});

const is = (value: string) => ({ value, negated: false });
const isNot = (value: string) => ({ value, negated: true });
const jump = (chain: string) => ({ kind: 'jump', chain }) as const;

const web = { protocol: 'tcp', destinationPort: 80 } as const;
const local = { destinationType: 'LOCAL' } as const;

const rules: readonly RuleRow[] = [
  rule('filter', 'FORWARD', {}, jump('DOCKER-USER')),
  rule(
    'filter',
    'FORWARD',
    { outInterface: is('br0'), connectionStates: ['RELATED', 'ESTABLISHED'] },
    { kind: 'ACCEPT' },
  ),
  rule('filter', 'FORWARD', { outInterface: is('br0') }, jump('DOCKER')),
  rule(
    'filter',
    'FORWARD',
    { inInterface: is('br0'), outInterface: isNot('br0') },
    { kind: 'ACCEPT' },
  ),
  rule(
    'filter',
    'DOCKER',
    {
      destination: is('10.1.0.2'),
      inInterface: isNot('br0'),
      outInterface: is('br0'),
      ...web,
    },
    { kind: 'ACCEPT' },
  ),
  rule('filter', 'DOCKER-USER', {}, { kind: 'RETURN' }),
  rule('nat', 'PREROUTING', local, jump('DOCKER')),
  rule('nat', 'OUTPUT', { destination: isNot('127.0.0.0/8'), ...local }, jump('DOCKER')),
  rule(
    'nat',
    'POSTROUTING',
    { source: is('10.1.0.0/24'), outInterface: isNot('br0') },
    { kind: 'MASQUERADE' },
  ),
  rule(
    'nat',
    'POSTROUTING',
    { source: is('10.1.0.2'), destination: is('10.1.0.2'), ...web },
    { kind: 'MASQUERADE' },
  ),
  rule('nat', 'DOCKER', { inInterface: is('br0') }, { kind: 'RETURN' }),
  rule(
    'nat',
    'DOCKER',
    {
      destination: is('127.0.0.1'),
      inInterface: isNot('br0'),
      protocol: 'tcp',
      destinationPort: 8080,
    },
    { kind: 'DNAT', to: '10.1.0.2:80' },
  ),
];

const chain = (table: 'filter' | 'nat', name: string, policy: 'ACCEPT' | 'DROP' | null) =>
  ({ ...where, family: 4, table, chain: name, policy, rank: '' }) as const;

const entry = (mac: string, isPermanent: boolean) =>
  ({
    ...where,
    device: 'veth0',
    mac,
    bridge: 'br0',
    isPermanent,
    learntAt: isPermanent ? null : 0,
    remote: null,
    vlan: null,
  }) as const;

const hostView: NamespaceView = {
  interfaces: [
    loopback,
    link({
      interfaceIndex: 2,
      name: 'br0',
      mac: '02:42:00:00:00:01',
      addresses: [address4('10.1.0.1/24', '10.1.0.255'), linkLocal('fe80::42:ff:fe00:1/64')],
    }),
    link({
      interfaceIndex: 3,
      name: 'br9',
      mac: '02:42:00:00:00:09',
      hasCarrier: false,
      operationalState: 'DOWN',
      addresses: [address4('10.9.0.1/24', '10.9.0.255'), linkLocal('fe80::42:ff:fe00:9/64')],
    }),
    link({
      interfaceIndex: 5,
      name: 'veth0',
      kind: 'veth',
      mac: '02:42:00:00:00:05',
      master: 'br0',
      peerInterfaceIndex: 4,
      peerNamespaceNumber: 0,
      addresses: [linkLocal('fe80::42:ff:fe00:5/64')],
    }),
  ],
  routes: [
    route({ destination: '10.1.0.0/24', device: 'br0', source: '10.1.0.1' }),
    route({ destination: '10.9.0.0/24', device: 'br9', source: '10.9.0.1', isLinkDown: true }),
  ],
  chains: [
    chain('filter', 'FORWARD', 'DROP'),
    chain('filter', 'DOCKER', null),
    chain('filter', 'DOCKER-USER', null),
    chain('nat', 'DOCKER', null),
  ],
  rules,
  forwarding: [entry('02:42:00:00:00:05', true), entry('02:42:0a:01:00:02', false)],
  neighbours: [],
  sockets: [],
  processes: [],
};

const insideView: NamespaceView = {
  ...hostView,
  interfaces: [
    loopback,
    link({
      interfaceIndex: 4,
      name: 'eth0',
      kind: 'veth',
      mac: '02:42:0a:01:00:02',
      peerInterfaceIndex: 5,
      peerNamespaceNumber: 0,
      addresses: [
        address4('10.1.0.2/24', '10.1.0.255'),
        { family: 6, address: 'fd00::2/64', broadcast: null, scope: 'global', noDad: true },
        linkLocal('fe80::42:aff:fe01:2/64'),
      ],
    }),
  ],
  routes: [
    route({
      destination: 'default',
      device: 'eth0',
      gateway: '10.1.0.1',
      protocol: 'boot',
      scope: 'global',
    }),
    route({ destination: '10.1.0.0/24', device: 'eth0', source: '10.1.0.2' }),
    route({ destination: 'fd00::/64', device: 'eth0', family: 6, metric: 256 }),
    route({ destination: 'fe80::/64', device: 'eth0', family: 6, metric: 256 }),
  ],
  chains: [],
  rules: [],
  forwarding: [],
};

const worldOf = (stack: NamespaceView, userland: 'debian' | 'busybox'): ToolWorld => ({
  userland,
  place: userland === 'debian' ? 'host' : 'container',
  stack,
  hostname: 'h1',
  domainname: '',
  user: 'root',
  identity: rootIdentity,
  processId: 0,
  workingDirectory: '/',
  environment: [],
  processes: [],
  now: 0,
  ...fileReaders(stack, new Map(), 0),
  findStack: () => null,
  packets: noLab,
  edits: null,
  files: null,
  programs: {},
  isInstalled: () => false,
});

/** Instants are the machine's own; the recording leaves them out. */
const withoutTimes = (text: string): string =>
  text.replaceAll(/^# (Generated|Completed).*$/gm, '# $1');

const run = (world: ToolWorld, line: string) => {
  const argv = line.split(' ');
  const find = findInstalled;
  const program = find(world, argv[0] ?? '');
  if (program === null) throw new Error(`there is no ${line}`);
  const output = program({ world, argv, stdin: { text: '' }, find, budget: newBudget(), depth: 0 });
  const text = (stream: string): string =>
    withoutTimes(
      output.pieces
        .filter((piece) => piece.stream === stream)
        .map((piece) => piece.text)
        .join(''),
    );
  return {
    command: line,
    stdout: text('stdout'),
    stderr: text('stderr'),
    exitCode: output.exitCode,
  };
};

describe('tools on a host print what iproute2, iptables, brctl and net-tools printed', () => {
  it.each(recorded.host)('$command', (recording) => {
    expect(run(worldOf(hostView, 'debian'), recording.command)).toEqual(recording);
  });
});

describe('tools in a container print what BusyBox printed', () => {
  it.each(recorded.inside)('$command', (recording) => {
    expect(run(worldOf(insideView, 'busybox'), recording.command)).toEqual(recording);
  });
});
