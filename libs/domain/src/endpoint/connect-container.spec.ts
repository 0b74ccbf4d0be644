import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  disconnectContainer,
  endpointsIn,
  hostIn,
  labAfter,
  removeNetwork,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

describe('connecting a running container', () => {
  test('adds the next interface at once', () => {
    const scene = labAfter(
      createNetwork('bnet'),
      createNetwork('cnet'),
      createNetwork('anet'),
      ...run('mm', { networkMode: 'bnet' }),
      connectContainer('cnet', 'mm'),
      connectContainer('anet', 'mm'),
    );
    const interfaces = Object.entries(endpointsIn(scene, 'mm')).map(([network, endpoint]) => [
      endpoint.joined?.interfaceName,
      network,
      endpoint.ipv4,
    ]);
    expect(interfaces).toEqual([
      ['eth0', 'bnet', '172.18.0.2/16'],
      ['eth1', 'cnet', '172.19.0.2/16'],
      ['eth2', 'anet', '172.20.0.2/16'],
    ]);
  });

  test('counts interfaces on while it runs, and begins anew when it starts', () => {
    const scene = labAfter(
      createNetwork('n1'),
      createNetwork('n2'),
      ...run('mm', { networkMode: 'n1' }),
      disconnectContainer('n1', 'mm'),
      connectContainer('n2', 'mm'),
    );
    expect(endpointsIn(scene, 'mm')['n2']?.joined?.interfaceName).toBe('eth1');
    const again = scene.when({
      type: 'RestartContainer',
      host: 'h1',
      container: 'mm',
      timeoutSeconds: 0,
    });
    expect(endpointsIn(again, 'mm')['n2']?.joined?.interfaceName).toBe('eth0');
  });

  test('notes the short id and the hostname as aliases', () => {
    const scene = labAfter(
      createNetwork('n'),
      ...run('c1', { hostname: 'box' }),
      connectContainer('n', 'c1', { aliases: ['svc'] }),
    );
    const { id, attachments } = containerIn(scene, 'c1');
    expect(attachments.get('n')?.endpoint.aliases).toEqual(['svc', id.slice(0, 12), 'box']);
    expect(attachments.get('bridge')?.endpoint.aliases).toEqual([]);
  });

  test('gives the address it was asked for', () => {
    const scene = labAfter(
      createNetwork('fix', { subnet: '10.11.0.0/24' }),
      ...run('s10'),
      connectContainer('fix', 's10', { ipv4Address: '10.11.0.60' }),
    );
    expect(endpointsIn(scene, 's10')['fix']?.ipv4).toBe('10.11.0.60/24');
  });

  test.each([
    [
      'twice',
      [createNetwork('dup'), ...run('c1', { networkMode: 'dup' }), connectContainer('dup', 'c1')],
      'forbidden',
      'endpoint with name c1 already exists in network dup',
    ],
    [
      'to a missing network',
      [...run('c1'), connectContainer('nosuch', 'c1')],
      'notFound',
      'network nosuch not found',
    ],
    [
      'to the host network',
      [...run('c1'), connectContainer('host', 'c1')],
      'invalidParameter',
      'container cannot be disconnected from host network or connected to host network',
    ],
    [
      'to none',
      [...run('c1'), connectContainer('none', 'c1')],
      'invalidParameter',
      'container cannot be connected to multiple networks with one of the networks in private ' +
        '(none) mode',
    ],
    [
      'in none mode',
      [...run('c1', { networkMode: 'none' }), connectContainer('bridge', 'c1')],
      'invalidParameter',
      'container cannot be connected to multiple networks with one of the networks in private ' +
        '(none) mode',
    ],
    [
      'in host mode',
      [...run('c1', { networkMode: 'host' }), connectContainer('bridge', 'c1')],
      'invalidParameter',
      'container sharing network namespace with another container or host cannot be connected ' +
        'to any other network',
    ],
    [
      'in container mode',
      [
        ...run('base'),
        ...run('side', { networkMode: 'container:base' }),
        connectContainer('bridge', 'side'),
      ],
      'invalidParameter',
      'container sharing network namespace with another container or host cannot be connected ' +
        'to any other network',
    ],
    [
      'with an alias on the default bridge',
      [
        createNetwork('n'),
        ...run('c1', { networkMode: 'n' }),
        connectContainer('bridge', 'c1', { aliases: ['q'] }),
      ],
      'invalidParameter',
      'network-scoped alias is supported only for containers in user defined networks',
    ],
    [
      'with an address that is none',
      [
        createNetwork('fix', { subnet: '10.11.0.0/24' }),
        ...run('c1'),
        connectContainer('fix', 'c1', { ipv4Address: 'bad' }),
      ],
      'internal',
      'Invalid IPv4 address: bad)',
    ],
    [
      'with a link-local address that is none',
      [
        createNetwork('fix', { subnet: '10.11.0.0/24' }),
        ...run('c1'),
        connectContainer('fix', 'c1', { linkLocalIPs: ['bad'] }),
      ],
      'internal',
      'Invalid link-local IP address: [bad]',
    ],
    ['of nobody', [connectContainer('bridge', 'nosuch')], 'notFound', 'No such container: nosuch'],
  ] as const)('%s is refused', (_, bodies, refusalClass, message) => {
    const scene = labAfter(...bodies);
    scene.thenRefused(refusalClass, message);
    scene.thenFacts();
  });

  test('from none mode works once none is left', () => {
    const scene = labAfter(
      createNetwork('bridgetest'),
      ...run('c1', { networkMode: 'none' }),
      disconnectContainer('none', 'c1'),
      connectContainer('bridgetest', 'c1'),
    );
    expect(endpointsIn(scene, 'c1')['bridgetest']?.joined?.interfaceName).toBe('eth0');
  });
});

describe('connecting a container that does not run', () => {
  test('only notes the network, which need not exist', () => {
    const scene = labAfter(createContainer('c1'), connectContainer('nosuch', 'c1'));
    scene.thenFacts('NetworkAttached');
    scene.when(startContainer('c1')).thenRefused('notFound', 'network nosuch not found');
  });

  test('checks settings against a network that exists', () => {
    labAfter(
      createNetwork('n2'),
      createContainer('c1'),
      connectContainer('n2', 'c1', { ipv4Address: '172.18.0.40' }),
    ).thenRefused(
      'invalidParameter',
      'user specified IP address is supported only when connecting to networks with user ' +
        'configured subnets',
    );
  });

  test('changes nothing when it is attached already', () => {
    labAfter(
      createNetwork('n'),
      createContainer('c1', { networkMode: 'n' }),
      connectContainer('n', 'c1', { aliases: ['late'] }),
    ).thenFacts();
  });

  test('finds a network that was made again', () => {
    labAfter(
      createNetwork('n1'),
      ...run('c1', { networkMode: 'n1' }),
      stopContainer('c1'),
      removeNetwork('n1'),
      createNetwork('n1'),
      disconnectContainer('n1', 'c1'),
      connectContainer('n1', 'c1'),
      startContainer('c1'),
    ).thenAccepted();
  });
});

describe('disconnecting', () => {
  test('a running container frees its address and keeps the sandbox', () => {
    const scene = labAfter(...run('c1'), disconnectContainer('bridge', 'c1')).thenFacts(
      'EndpointLeft',
      'EndpointDeleted',
      'NetworkDetached',
    );
    expect(hostIn(scene).sandboxes.size).toBe(1);
    expect(containerIn(scene, 'c1').attachments.size).toBe(0);
    const next = scene.when(createContainer('c2', { tty: true })).when(startContainer('c2'));
    expect(next.fact('EndpointCreated').ipv4).toBe('172.17.0.2/16');
  });

  test('everything, a container has no way to anywhere at the next start', () => {
    const scene = labAfter(
      createNetwork('n'),
      ...run('c1', { networkMode: 'n' }),
      disconnectContainer('n', 'c1'),
      stopContainer('c1'),
      startContainer('c1'),
    );
    expect(endpointsIn(scene, 'c1')).toEqual({});
    expect(containerIn(scene, 'c1')).toMatchObject({ status: 'running' });
    expect(hostIn(scene).sandboxes.size).toBe(1);
  });

  test.each([
    [
      'from a network it is not on',
      [...run('c1'), createNetwork('n'), disconnectContainer('n', 'c1')],
      'internal',
      /^container [0-9a-f]{64} is not connected to network n$/,
    ],
    [
      'a stopped one from a network it is not on',
      [createContainer('c1'), createNetwork('n'), disconnectContainer('n', 'c1')],
      'internal',
      /^container [0-9a-f]{64} is not connected to the network n$/,
    ],
    [
      'from a missing network',
      [...run('c1'), disconnectContainer('nosuch', 'c1')],
      'notFound',
      'network nosuch not found',
    ],
    [
      'from the host network',
      [...run('c1', { networkMode: 'host' }), disconnectContainer('host', 'c1')],
      'invalidParameter',
      'container cannot be disconnected from host network or connected to host network',
    ],
    ['nobody', [disconnectContainer('bridge', 'nosuch')], 'notFound', 'No such container: nosuch'],
  ] as const)('%s is refused', (_, bodies, refusalClass, message) => {
    labAfter(...bodies).thenRefused(refusalClass, message);
  });

  test('by force, nobody has no endpoint', () => {
    labAfter({
      type: 'DisconnectContainer',
      host: 'h1',
      network: 'bridge',
      container: 'nosuch',
      force: true,
    }).thenRefused('notFound', 'endpoint nosuch not found');
  });
});
