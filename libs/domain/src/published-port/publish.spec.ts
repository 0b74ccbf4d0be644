import type { ContainerSpec, PortBindingSpec } from '@netfold/contracts';
import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  disconnectContainer,
  hostIn,
  labAfter,
  publishedIn,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

/** `-p` in the client's short form: `[ip:][host]:container[/protocol]`, or only the container. */
const publish = (...texts: readonly string[]): Partial<ContainerSpec> => ({
  portBindings: texts.map((text): PortBindingSpec => {
    const parts = text.split(':');
    const port = parts.at(-1) ?? '';
    return {
      containerPort: port.includes('/') ? port : `${port}/tcp`,
      hostPort: parts.at(-2) ?? '',
      hostIp: parts.at(-3) ?? '',
    };
  }),
});

describe('published ports', () => {
  test('stand on every IPv4 and IPv6 address of the host', () => {
    const scene = labAfter(...run('p1', publish('8080:80')));
    expect(publishedIn(scene)).toEqual(['0.0.0.0:8080->80/tcp', ':::8080->80/tcp']);
    expect(scene.facts('PortPublished').map((port) => port.order)).toEqual([0, 1]);
  });

  test('stand on one address when it was given', () => {
    const scene = labAfter(
      ...run('p2', publish('127.0.0.1:8081:80')),
      ...run('p3', publish('192.168.50.11:8082:80')),
    );
    expect(publishedIn(scene)).toEqual(['127.0.0.1:8081->80/tcp', '192.168.50.11:8082->80/tcp']);
  });

  test('are programmed from the highest host port down', () => {
    const scene = labAfter(...run('p4', publish('8090:90', '8091:91', '8092:92')));
    expect(publishedIn(scene).filter((port) => port.startsWith('0.0.0.0'))).toEqual([
      '0.0.0.0:8092->92/tcp',
      '0.0.0.0:8091->91/tcp',
      '0.0.0.0:8090->90/tcp',
    ]);
  });

  test('stand on the address that the network binds to', () => {
    const options = { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' };
    const scene = labAfter(
      createNetwork('lo', { options }),
      ...run('p1', { networkMode: 'lo', ...publish('8080:80') }),
    );
    expect(publishedIn(scene)).toEqual(['127.0.0.1:8080->80/tcp']);
  });

  test('of a container are gone when it stops, with their proxies', () => {
    const scene = labAfter(...run('p1', publish('8080:80')), stopContainer('p1'));
    expect(publishedIn(scene)).toEqual([]);
    scene.thenFacts(
      'ContainerExited',
      'PortUnpublished',
      'PortUnpublished',
      'EndpointLeft',
      'EndpointDeleted',
      'SandboxRemoved',
    );
  });

  test('are discarded in host mode, with a warning', () => {
    const scene = labAfter(createContainer('p1', { networkMode: 'host', ...publish('8080:80') }));
    expect(scene.thenAnswer().warnings).toEqual([
      'Published ports are discarded when using host network mode',
    ]);
    expect(publishedIn(scene.when(startContainer('p1')))).toEqual([]);
  });

  test('have no effect on an internal network and without a network', () => {
    const scene = labAfter(
      createNetwork('priv', { internal: true }),
      ...run('p1', { networkMode: 'priv', ...publish('8080:80') }),
      ...run('p2', { networkMode: 'none', ...publish('8081:80') }),
    ).thenAccepted();
    expect(publishedIn(scene)).toEqual([]);
  });

  test('have no effect on macvlan', () => {
    const ipam = [
      { subnet: '192.168.50.0/24', ipRange: '', gateway: '192.168.50.1', auxAddresses: {} },
    ];
    const options = { parent: 'eth0' };
    const scene = labAfter(
      createNetwork('mv', { driver: 'macvlan', options, ipam }),
      ...run('m1', { networkMode: 'mv', ...publish('8080:80') }),
    ).thenAccepted();
    expect(publishedIn(scene)).toEqual([]);
    expect(scene.fact('EndpointJoined').veth).toBeNull();
  });
});

describe('ephemeral host ports', () => {
  const ipv4Ports = (scene: ReturnType<typeof labAfter>): readonly string[] =>
    publishedIn(scene).filter((port) => !port.startsWith('::'));

  test('count up from 32768, tcp and udp apart', () => {
    const scene = labAfter(
      ...run('aa', publish(':80')),
      ...run('bb', publish(':80')),
      ...run('cc', publish(':53/udp')),
    );
    expect(ipv4Ports(scene)).toEqual([
      '0.0.0.0:32768->80/tcp',
      '0.0.0.0:32769->80/tcp',
      '0.0.0.0:32768->53/udp',
    ]);
  });

  test('the highest container port gets the lowest host port', () => {
    const exposedPorts = ['80/tcp', '8443/tcp', '7000/tcp', '7001/tcp'];
    const scene = labAfter(...run('bb', { publishAllPorts: true, exposedPorts }));
    expect(ipv4Ports(scene)).toEqual([
      '0.0.0.0:32768->8443/tcp',
      '0.0.0.0:32769->7001/tcp',
      '0.0.0.0:32770->7000/tcp',
      '0.0.0.0:32771->80/tcp',
    ]);
  });

  test('are not given again after a stop', () => {
    const scene = labAfter(
      ...run('aa', publish(':80')),
      ...run('bb', publish(':80')),
      stopContainer('aa'),
      startContainer('aa'),
    );
    expect(ipv4Ports(scene)).toEqual(['0.0.0.0:32769->80/tcp', '0.0.0.0:32770->80/tcp']);
  });

  test('on one address counts by itself, and passes what is bound already', () => {
    const scene = labAfter(...run('p6', publish(':80')), ...run('p7', publish('127.0.0.1::80')));
    expect(ipv4Ports(scene)).toEqual(['0.0.0.0:32768->80/tcp', '127.0.0.1:32769->80/tcp']);
  });

  test('of a range are the first free one after the last given', () => {
    const scene = labAfter(
      ...run('r1', publish('9000-9001:80')),
      ...run('r2', publish('9000-9001:80')),
    );
    expect(ipv4Ports(scene)).toEqual(['0.0.0.0:9000->80/tcp', '0.0.0.0:9001->80/tcp']);
    const full = [createContainer('r3', publish('9000-9001:80')), startContainer('r3')];
    full
      .reduce((current, body) => current.when(body), scene)
      .thenRefused('internal', /: all ports are allocated$/);
  });
});

describe('a port that cannot be had', () => {
  const failed = (name: string): RegExp =>
    new RegExp(
      '^driver failed programming external connectivity on endpoint ' +
        `${name} \\([0-9a-f]{64}\\): `,
    );

  test.each([
    ['80/icmp', 'icmp'],
    ['80/nosuch', '0'],
    ['/tcp', '0'],
  ])('is of no transport protocol: %s', (containerPort, protocol) => {
    const binding = { containerPort, hostIp: '', hostPort: '8080' };
    const { message } = labAfter(...run('p1', { portBindings: [binding] })).thenRefused(
      'internal',
      failed('p1'),
    );
    expect(message.endsWith(`: invalid transport protocol: ${protocol}`)).toBe(true);
  });

  test('is already allocated', () => {
    const scene = labAfter(...run('p1', publish('8080:80')), ...run('p2', publish('8080:80')));
    const { message } = scene.thenRefused('internal', failed('p2'));
    expect(message).toMatch(/: Bind for 0\.0\.0\.0:8080 failed: port is already allocated$/);
    expect(containerIn(scene, 'p2')).toMatchObject({ status: 'created', exitCode: 128 });
    expect(publishedIn(scene)).toHaveLength(2);
    expect(hostIn(scene).endpoints.size).toBe(1);
  });

  test('is in use on another address: the proxy says so', () => {
    const first = labAfter(
      ...run('p1', publish('8080:80')),
      ...run('p3', publish('127.0.0.1:8080:80')),
    );
    expect(first.thenRefused('internal', failed('p3')).message).toMatch(
      / userland proxy: listen tcp4 127\.0\.0\.1:8080: bind: address already in use$/,
    );
    const other = first
      .when(stopContainer('p1'))
      .when(startContainer('p3'))
      .thenAccepted()
      .when(startContainer('p1'));
    expect(other.thenRefused('internal', failed('p1')).message).toMatch(
      /listen tcp4 0\.0\.0\.0:8080: bind: address already in use$/,
    );
  });

  test('is on an address that the host does not have', () => {
    const scene = labAfter(...run('p8', publish('1.2.3.4:9000:80')));
    expect(scene.thenRefused('internal', failed('p8')).message).toMatch(
      /listen tcp4 1\.2\.3\.4:9000: bind: cannot assign requested address$/,
    );
  });

  test('is listened on by a container in host mode', () => {
    const scene = labAfter(
      ...run('web', { image: 'nginx', networkMode: 'host', command: null }),
      ...run('p1', publish('80:80')),
    );
    expect(scene.thenRefused('internal', failed('p1')).message).toMatch(
      /listen tcp4 0\.0\.0\.0:80: bind: address already in use$/,
    );
  });

  test('of one protocol does not keep the other from it', () => {
    labAfter(...run('p1', publish('8080:80')), ...run('p4', publish('8080:80/udp'))).thenAccepted();
  });
});

describe('the way to the outside', () => {
  const lab = [
    createNetwork('web'),
    ...run('c1', { networkMode: 'web', ...publish('8080:80') }),
    connectContainer('bridge', 'c1'),
  ];

  test('takes the ports along when a network sorts before it', () => {
    const scene = labAfter(...lab).thenFacts(
      'NetworkAttached',
      'EndpointCreated',
      'EndpointJoined',
      'PortUnpublished',
      'PortUnpublished',
      'PortPublished',
      'PortPublished',
    );
    const { endpointId } = scene.fact('EndpointCreated');
    expect(scene.facts('PortPublished').map((port) => port.endpointId)).toEqual([
      endpointId,
      endpointId,
    ]);
  });

  test('gives the ports back when it is disconnected', () => {
    const scene = labAfter(...lab, disconnectContainer('bridge', 'c1')).thenFacts(
      'PortUnpublished',
      'PortUnpublished',
      'EndpointLeft',
      'PortPublished',
      'PortPublished',
      'EndpointDeleted',
      'NetworkDetached',
    );
    expect(publishedIn(scene)).toEqual(['0.0.0.0:8080->80/tcp', ':::8080->80/tcp']);
  });

  test('stays where it is when the new network sorts after it', () => {
    labAfter(
      createNetwork('zz'),
      ...run('c1', publish('8080:80')),
      connectContainer('zz', 'c1'),
    ).thenFacts('NetworkAttached', 'EndpointCreated', 'EndpointJoined');
  });
});

test('with every ephemeral port given out `-P` is refused, a port that is named is not', () => {
  const exposing = (count: number): Partial<ContainerSpec> => ({
    publishAllPorts: true,
    exposedPorts: Array.from({ length: count }, (_, at) => `${at + 1}/tcp`),
  });
  // 32768-60999 is 28,232 ports.
  const full = Array.from({ length: 14 }, (_, at) => run(`full${at}`, exposing(2_000)));
  const scene = labAfter(...full.flat(), ...run('rest', exposing(232)));
  expect(hostIn(scene).publishedPorts.size).toBe(2 * 28_232);
  const refused = scene.when(createContainer('late', exposing(1))).when(startContainer('late'));
  refused.thenRefused(
    'internal',
    /^driver failed programming external connectivity on .*: all ports are allocated$/,
  );
  expect(containerIn(refused, 'late').status).toBe('created');
  scene
    .when(createContainer('named', publish('8080:80')))
    .when(startContainer('named'))
    .thenAccepted();
  const freed = scene.when(stopContainer('rest')).when(createContainer('late', exposing(1)));
  freed.when(startContainer('late')).thenAccepted();
});
