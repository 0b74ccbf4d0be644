import type { CommandBody, ContainerSpec } from '@netfold/contracts';
import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  disconnectContainer,
  given,
  removeContainer,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import type { InterfaceRow, RouteRow } from '../rows.ts';
import { hostNamespace } from '../table-row.ts';
import { namespaceView } from './namespace-view.ts';
import type { NamespaceView } from './namespace-view.ts';

describe('the stack of a fresh host', () => {
  it('has its loopback, its NIC and a bridge without carrier', () => {
    expect(hostView(lab()).interfaces.map(linkText)).toEqual([
      '1: lo mtu 65536 UNKNOWN qlen 1000 127.0.0.1/8 ::1/128',
      '2: eth0 mtu 1500 UP qlen 1000 192.168.50.11/24 fe80::5054:ff:fe00:320b/64',
      '3: docker0 mtu 1500 DOWN 172.17.0.1/16',
    ]);
  });

  it('routes to its LAN, and to docker0 although that is down', () => {
    expect(
      hostView(lab())
        .routes.filter(({ family }) => family === 4)
        .map(routeText),
    ).toEqual([
      'default via 192.168.50.1 dev eth0',
      '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown',
      '192.168.50.0/24 dev eth0 proto kernel scope link src 192.168.50.11',
    ]);
  });

  it('keeps the bridge its own MAC, and lists the groups that it listens to', () => {
    const { forwarding, interfaces } = hostView(lab());
    const mac = interfaces.find(({ name }) => name === 'docker0')?.mac;
    const entries = forwarding.filter(({ device }) => device === 'docker0');
    expect(entries.map((entry) => `${entry.mac} ${entry.bridge ?? 'self'}`)).toEqual([
      '33:33:00:00:00:01 self',
      '01:00:5e:00:00:6a self',
      '33:33:00:00:00:6a self',
      '01:00:5e:00:00:01 self',
      `${mac} docker0`,
    ]);
  });

  it('listens on nothing', () => {
    expect(hostView(lab()).sockets).toEqual([]);
  });
});

describe('a bridge and its members', () => {
  it('comes up with the first one, and then has an address of its own', () => {
    const { interfaces, routes } = hostView(lab(...run('c1')));
    const docker0 = interfaces.find(({ name }) => name === 'docker0');
    expect(docker0?.operationalState).toBe('UP');
    expect(docker0?.addresses.map(({ scope }) => scope)).toEqual(['global', 'link']);
    expect(routes.find(({ destination }) => destination === '172.17.0.0/16')?.isLinkDown).toBe(
      false,
    );
  });

  it('goes down with the last one and keeps its address', () => {
    const { interfaces, routes } = hostView(lab(...run('c1'), removeContainer('c1')));
    const docker0 = interfaces.find(({ name }) => name === 'docker0');
    expect(docker0?.operationalState).toBe('DOWN');
    expect(docker0?.addresses.map(({ scope }) => scope)).toEqual(['global', 'link']);
    expect(routes.find(({ destination }) => destination === '172.17.0.0/16')?.isLinkDown).toBe(
      true,
    );
  });

  it('stays as it was when a start failed', () => {
    const port = { containerPort: '80/tcp', hostIp: '', hostPort: '8080' };
    const first = lab(createNetwork('n'), ...run('a1', { portBindings: [port] }));
    const second = createContainer('a2', { tty: true, networkMode: 'n', portBindings: [port] });
    const failed = accept(first, second).when(startContainer('a2'));
    expect(failed.decision.outcome.kind).toBe('refused');
    const bridge = hostView(failed).interfaces.find(({ name }) => name.startsWith('br-'));
    expect(bridge?.operationalState).toBe('DOWN');
    expect(bridge?.addresses.map(({ scope }) => scope)).toEqual(['global']);
  });

  it('takes the mtu option while it has a member', () => {
    const options = { 'com.docker.network.driver.mtu': '1400' };
    const empty = lab(createNetwork('m', { options }));
    expect(bridgeMtu(empty)).toBe(1500);
    const used = run('c1', { networkMode: 'm' }).reduce(accept, empty);
    expect(bridgeMtu(used)).toBe(1400);
    expect(bridgeMtu(accept(used, removeContainer('c1')))).toBe(1500);
  });

  it('are joined by pairs that know each other', () => {
    const scene = lab(...run('c1'));
    const eth0 = sandboxView(scene, 'c1').interfaces.find(({ name }) => name === 'eth0');
    const veth = hostView(scene).interfaces.find(({ kind }) => kind === 'veth');
    expect([eth0?.interfaceIndex, eth0?.peerInterfaceIndex]).toEqual([4, 5]);
    expect([veth?.interfaceIndex, veth?.peerInterfaceIndex]).toEqual([5, 4]);
    expect(veth?.master).toBe('docker0');
    expect(eth0?.peerNamespaceNumber).toBe(0);
  });

  it('has the default route of the container through it', () => {
    expect(sandboxView(lab(...run('c1')), 'c1').routes.map(routeText)).toEqual([
      'default via 172.17.0.1 dev eth0',
      '172.17.0.0/16 dev eth0 proto kernel scope link src 172.17.0.2',
    ]);
  });
});

describe('a container on several networks', () => {
  const scene = lab(
    createNetwork('bnet'),
    createNetwork('anet'),
    createNetwork('cnet'),
    ...run('mm', { networkMode: 'bnet' }),
    connectContainer('cnet', 'mm'),
    connectContainer('anet', 'mm'),
  );

  it('goes out through the network whose name sorts first', () => {
    expect(sandboxView(scene, 'mm').routes.map(routeText)).toEqual([
      'default via 172.19.0.1 dev eth2',
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2',
      '172.19.0.0/16 dev eth2 proto kernel scope link src 172.19.0.2',
      '172.20.0.0/16 dev eth1 proto kernel scope link src 172.20.0.2',
    ]);
  });

  it('goes out through the next one when that is disconnected', () => {
    const left = accept(scene, disconnectContainer('anet', 'mm'));
    expect(sandboxView(left, 'mm').routes.map(routeText)[0]).toBe(
      'default via 172.18.0.1 dev eth0',
    );
  });
});

describe('an IPv6 network', () => {
  const ipam = [{ subnet: 'fd00:77::/64', ipRange: '', gateway: '', auxAddresses: {} }];
  const scene = lab(
    createNetwork('v6', { enableIPv6: true, ipam }),
    ...run('aa', { networkMode: 'v6' }),
  );

  it('gives its members both families and their loopback ::1', () => {
    const { interfaces, routes } = sandboxView(scene, 'aa');
    expect(interfaces.map(linkText)).toEqual([
      '1: lo mtu 65536 UNKNOWN qlen 1000 127.0.0.1/8 ::1/128',
      '5: eth0 mtu 1500 UP 172.18.0.2/16 fd00:77::2/64 fe80::42:acff:fe12:2/64',
    ]);
    expect(routes.filter(({ family }) => family === 6).map(routeText)).toEqual([
      'fd00:77::/64 dev eth0 proto kernel metric 256',
      'fe80::/64 dev eth0 proto kernel metric 256',
      'default via fd00:77::1 dev eth0 metric 1024',
    ]);
  });

  it('gives its bridge the gateway and fe80::1 beside its own', () => {
    const bridge = hostView(scene).interfaces.find(({ name }) => name.startsWith('br-'));
    const own = bridge?.addresses[2]?.address;
    expect(bridge?.addresses.map(({ address }) => address)).toEqual([
      '172.18.0.1/16',
      'fd00:77::1/64',
      own,
      'fe80::1/64',
    ]);
    expect(own).toMatch(/^fe80::42:/);
  });
});

describe('the embedded DNS of a sandbox', () => {
  it('listens on ports that nat makes port 53, as the engine inserts its rules', () => {
    const scene = lab(createNetwork('n'), ...run('c1', { networkMode: 'n' }));
    const { rules, sockets } = sandboxView(scene, 'c1');
    const portOf = (protocol: string) =>
      sockets.find((socket) => socket.protocol === protocol)?.localPort;
    expect(rules.map(({ chain, target }) => [chain, target])).toEqual([
      ['OUTPUT', { kind: 'jump', chain: 'DOCKER_OUTPUT' }],
      ['POSTROUTING', { kind: 'jump', chain: 'DOCKER_POSTROUTING' }],
      ['DOCKER_OUTPUT', { kind: 'DNAT', to: `127.0.0.11:${portOf('tcp')}` }],
      ['DOCKER_OUTPUT', { kind: 'DNAT', to: `127.0.0.11:${portOf('udp')}` }],
      ['DOCKER_POSTROUTING', { kind: 'SNAT', to: ':53' }],
      ['DOCKER_POSTROUTING', { kind: 'SNAT', to: ':53' }],
    ]);
    expect(rules[4]?.match).toMatchObject({ protocol: 'tcp', sourcePort: portOf('tcp') });
  });

  it('is not there on docker0', () => {
    const { rules, sockets } = sandboxView(lab(...run('c1')), 'c1');
    expect([rules, sockets]).toEqual([[], []]);
  });
});

describe('other stacks', () => {
  it('of a container without network are a loopback', () => {
    const scene = lab(...run('c1', { networkMode: 'none' }));
    const { interfaces, routes } = sandboxView(scene, 'c1');
    expect(interfaces.map(({ name }) => name)).toEqual(['lo']);
    expect(routes).toEqual([]);
  });

  it('that lost their owner are a loopback too, for whoever still runs in them', () => {
    const running = lab(...run('base'));
    const sandboxId = containerOf(running, 'base').sandboxId ?? '';
    const joined = run('side', { networkMode: `container:${containerOf(running, 'base').id}` });
    const stopped = [...joined, stopContainer('base')].reduce(accept, running);
    expect(viewOf(stopped, sandboxId).interfaces.map(({ name }) => name)).toEqual(['lo']);
    expect(containerOf(stopped, 'side').sandboxId).toBe(sandboxId);
  });

  it('have every builtin chain, in both families', () => {
    const { chains } = sandboxView(lab(...run('c1')), 'c1');
    expect(chains.filter(({ family }) => family === 4).map(({ chain }) => chain)).toEqual([
      'INPUT',
      'FORWARD',
      'OUTPUT',
      'PREROUTING',
      'INPUT',
      'OUTPUT',
      'POSTROUTING',
    ]);
    expect(chains.every(({ policy }) => policy === 'ACCEPT')).toBe(true);
    expect(chains.filter(({ family }) => family === 6)).toHaveLength(7);
  });
});

describe('sockets and processes of the host', () => {
  it('are a docker-proxy for each family of a published port', () => {
    const scene = lab(
      ...run('web', {
        image: 'nginx',
        portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
      }),
    );
    const { sockets, processes } = hostView(scene);
    expect(
      sockets.map(({ protocol, localAddress, localPort }) => [protocol, localAddress, localPort]),
    ).toEqual([
      ['tcp', '0.0.0.0', 8080],
      ['tcp6', '::', 8080],
    ]);
    const proxies = processes.filter(({ command }) => command[0] === '/usr/sbin/docker-proxy');
    expect(proxies.map(({ command }) => command.slice(1).join(' '))).toEqual([
      '-proto tcp -host-ip 0.0.0.0 -host-port 8080 -container-ip 172.17.0.2 -container-port 80',
      '-proto tcp -host-ip :: -host-port 8080 -container-ip 172.17.0.2 -container-port 80',
    ]);
    expect(proxies.map(({ processId }) => processId)).toEqual(
      sockets.map(({ processId }) => processId),
    );
  });
});

function lab(...commands: readonly CommandBody[]): Scene {
  return commands.reduce(accept, given().when(createLab('h1')).thenAccepted());
}

function accept(scene: Scene, command: CommandBody): Scene {
  return scene.when(command).thenAccepted();
}

function run(name: string, changes: Partial<ContainerSpec> = {}): CommandBody[] {
  return [createContainer(name, { tty: true, ...changes }), startContainer(name)];
}

function viewOf({ lab: state }: Scene, namespace: string): NamespaceView {
  const host = state.hosts.get('h1');
  if (host === undefined) throw new Error('the lab has a host h1');
  return namespaceView(state, 'lab-1', host, namespace);
}

const hostView = (scene: Scene): NamespaceView => viewOf(scene, hostNamespace);

function containerOf({ lab: state }: Scene, name: string) {
  const host = state.hosts.get('h1');
  const container = host?.containers.get(host.containerNames.get(name) ?? '');
  if (container === undefined) throw new Error(`the host has a container ${name}`);
  return container;
}

function sandboxView(scene: Scene, name: string): NamespaceView {
  return viewOf(scene, containerOf(scene, name).sandboxId ?? '');
}

function bridgeMtu(scene: Scene): number | undefined {
  return hostView(scene).interfaces.find(({ name }) => name.startsWith('br-'))?.mtuBytes;
}

/** `ip addr` in a line, as far as it is the same in every run. */
function linkText(link: InterfaceRow): string {
  const queue = link.queueLength === null ? '' : ` qlen ${link.queueLength}`;
  const addresses = link.addresses.map(({ address }) => ` ${address}`).join('');
  const { interfaceIndex, name, mtuBytes, operationalState } = link;
  return `${interfaceIndex}: ${name} mtu ${mtuBytes} ${operationalState}${queue}${addresses}`;
}

/** A line of `ip route`, without its trailing space. */
function routeText(route: RouteRow): string {
  return [
    route.destination,
    ...(route.gateway === null ? [] : ['via', route.gateway]),
    'dev',
    route.device,
    ...(route.protocol === null ? [] : ['proto', route.protocol]),
    ...(route.scope === 'link' ? ['scope', 'link'] : []),
    ...(route.source === null ? [] : ['src', route.source]),
    ...(route.metric === 0 ? [] : ['metric', String(route.metric)]),
    ...(route.isLinkDown ? ['linkdown'] : []),
  ].join(' ');
}
