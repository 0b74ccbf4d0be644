import type { CommandBody } from '@netfold/contracts';
import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  endpointsIn,
  endpointSpec,
  hostIn,
  labAfter,
  removeContainer,
  removeNetwork,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type Changes = NonNullable<Parameters<typeof createContainer>[1]>;

const on = (networkMode: string, changes: Changes = {}): Changes => ({ networkMode, ...changes });
const addressOf = (scene: Scene, name: string): string | undefined =>
  Object.values(endpointsIn(scene, name))[0]?.ipv4;

describe('a container on the default bridge', () => {
  test('gets the first address, a veth pair of two indexes and a MAC from its address', () => {
    const scene = labAfter(...run('c1')).thenFacts(
      'EndpointCreated',
      'SandboxCreated',
      'EndpointJoined',
      'ContainerStarted',
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '172.17.0.2/16',
      ipv6: '',
      mac: '02:42:ac:11:00:02',
    });
    const joined = scene.fact('EndpointJoined');
    expect(joined.interfaceName).toBe('eth0');
    expect(joined.veth?.interfaceIndex).toBe(joined.interfaceIndex + 1);
    expect(joined.veth?.name).toMatch(/^veth[0-9a-f]{7}$/);
    expect(scene.fact('SandboxCreated').dnsPorts).toBeNull();
    expect(scene.fact('ContainerStarted').sandboxId).toBe(scene.fact('SandboxCreated').sandboxId);
  });

  test('takes the MAC it was asked to have, on its own network only', () => {
    const scene = labAfter(
      createNetwork('web'),
      ...run('c1', { networkMode: 'web', macAddress: '92:D0:C6:0A:29:33' }),
    );
    expect(scene.fact('EndpointCreated').mac).toBe('92:d0:c6:0a:29:33');
    const second = scene.when(connectContainer('bridge', 'c1')).fact('EndpointCreated');
    expect(second.mac).toBe('02:42:ac:11:00:02');
  });

  test('two pairs take four indexes in a row', () => {
    const first = labAfter(...run('c1'));
    const second = first.when(createContainer('c2', { tty: true })).when(startContainer('c2'));
    const index = first.fact('EndpointJoined').interfaceIndex;
    expect(second.fact('EndpointJoined').interfaceIndex).toBe(index + 2);
  });
});

describe('addresses', () => {
  test('the one that was released is reused first, in order of the starts', () => {
    const scene = labAfter(
      createNetwork('n'),
      ...['x1', 'x2', 'x3'].flatMap((name) => run(name, { networkMode: 'n' })),
      stopContainer('x1'),
      stopContainer('x2'),
      startContainer('x2'),
      startContainer('x1'),
    );
    expect(addressOf(scene, 'x1')).toBe('172.18.0.3/16');
    expect(addressOf(scene, 'x2')).toBe('172.18.0.2/16');
    expect(addressOf(scene, 'x3')).toBe('172.18.0.4/16');
  });

  const fixed = (name: string, ipv4Address: string): readonly CommandBody[] =>
    run(name, on('fix', { endpoints: { fix: endpointSpec({ ipv4Address }) } }));
  const withFix = createNetwork('fix', { subnet: '10.11.0.0/24' });

  test('one that was asked for is given', () => {
    const scene = labAfter(withFix, ...fixed('s1', '10.11.0.50'));
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '10.11.0.50/24',
      mac: '02:42:0a:0b:00:32',
    });
  });

  test('one in use is refused and the container stays created', () => {
    const scene = labAfter(withFix, ...fixed('s1', '10.11.0.50'), ...fixed('s2', '10.11.0.50'));
    scene.thenRefused('forbidden', 'Address already in use');
    expect(containerIn(scene, 's2')).toMatchObject({ status: 'created', exitCode: 128 });
    expect(containerIn(scene, 's2').error).toBe('Address already in use');
  });

  test('the gateway is in use', () => {
    labAfter(withFix, ...fixed('s1', '10.11.0.1')).thenRefused(
      'forbidden',
      'Address already in use',
    );
  });

  test('one outside of the subnets is refused', () => {
    labAfter(withFix, ...fixed('s1', '10.12.0.9')).thenRefused(
      'internal',
      "Invalid address 10.12.0.9: It does not belong to any of this network's subnets",
    );
  });

  test('none can be asked for without a subnet of the user', () => {
    const endpoints = { auto: endpointSpec({ ipv4Address: '172.18.0.77' }) };
    labAfter(createNetwork('auto'), ...run('s1', on('auto', { endpoints }))).thenRefused(
      'invalidParameter',
      'user specified IP address is supported only when connecting to networks with user ' +
        'configured subnets',
    );
  });

  test.each(['default', 'host'])('none can be asked for on %s', (networkMode) => {
    const key = networkMode === 'default' ? 'bridge' : networkMode;
    const endpoints = { [key]: endpointSpec({ ipv4Address: '172.17.0.77' }) };
    labAfter(...run('s1', { networkMode, endpoints })).thenRefused(
      'invalidParameter',
      'user specified IP address is supported on user defined networks only',
    );
  });

  test('a full network is refused with its name and id', () => {
    const scene = labAfter(
      createNetwork('n30', { subnet: '10.30.0.0/30' }),
      ...run('f1', { networkMode: 'n30' }),
      ...run('f2', { networkMode: 'n30' }),
    );
    const id = hostIn(scene).networkNames.get('n30');
    scene.thenRefused(
      'internal',
      `no available IPv4 addresses on this network's address pools: n30 (${id})`,
    );
    expect(containerIn(scene, 'f2').status).toBe('created');
  });

  test('none can be asked for on a full network', () => {
    const endpoints = { n30: endpointSpec({ ipv4Address: '10.30.0.2' }) };
    labAfter(
      createNetwork('n30', { subnet: '10.30.0.0/30' }),
      ...run('f1', { networkMode: 'n30' }),
      ...run('f2', { networkMode: 'n30', endpoints }),
    ).thenRefused('internal', 'No available addresses on this pool');
  });

  test('a MAC that is none is refused as Go reads it', () => {
    labAfter(...run('m1', { macAddress: '02:11:22:33:44' })).thenRefused(
      'internal',
      'address 02:11:22:33:44: invalid MAC address',
    );
  });

  test.each(['ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00'])('the MAC %s is refused', (macAddress) => {
    const scene = labAfter(...run('m8', { macAddress }));
    const { message } = scene.thenRefused('internal', /error running hook #0/);
    expect(message).toMatch(
      new RegExp(
        'time="2024-01-01T12:00:00Z" level=fatal msg="failed to add interface (veth[0-9a-f]{7}) ' +
          'to sandbox: error setting interface \\\\"\\1\\\\" MAC to ' +
          `\\\\"${macAddress}\\\\": cannot assign requested address": unknown$`,
      ),
    );
  });

  test('on a network with IPv6 both families are given', () => {
    const scene = labAfter(
      createNetwork('v6', { enableIPv6: true, subnet: 'fd00:77::/64' }),
      ...run('c1', { networkMode: 'v6' }),
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '172.18.0.2/16',
      ipv6: 'fd00:77::2/64',
    });
  });

  test('a stopped container does not hold the address it was asked to have', () => {
    const scene = labAfter(
      withFix,
      ...fixed('s1', '10.11.0.50'),
      stopContainer('s1'),
      ...fixed('thief', '10.11.0.50'),
    ).thenAccepted();
    scene.when(startContainer('s1')).thenRefused('forbidden', 'Address already in use');
    const again = scene.when(removeContainer('thief')).when(startContainer('s1'));
    expect(addressOf(again.thenAccepted(), 's1')).toBe('10.11.0.50/24');
  });
});

describe('networks by name and id', () => {
  test('a missing network is refused at start and the container stays created', () => {
    const scene = labAfter(...run('c1', { networkMode: 'nosuch' }));
    scene.thenRefused('notFound', 'network nosuch not found');
    scene.thenFacts('ContainerStartFailed');
  });

  test('a container that never ran finds a network made again by its name', () => {
    const scene = labAfter(
      createNetwork('n1'),
      createContainer('c1', { networkMode: 'n1', tty: true }),
      removeNetwork('n1'),
      startContainer('c1'),
    );
    scene.thenRefused('notFound', 'network n1 not found');
    scene.when(createNetwork('n1')).when(startContainer('c1')).thenAccepted();
  });

  test('a container that ran looks for the network it knew by id', () => {
    const scene = labAfter(
      createNetwork('n1'),
      ...run('c1', { networkMode: 'n1' }),
      stopContainer('c1'),
    );
    const id = hostIn(scene).networkNames.get('n1');
    scene
      .when(removeNetwork('n1'))
      .when(createNetwork('n1'))
      .when(startContainer('c1'))
      .thenRefused('notFound', `network ${id} not found`);
  });

  test('interfaces are named in the order of the network names when it starts', () => {
    const scene = labAfter(
      createNetwork('bnet'),
      createNetwork('anet'),
      createContainer('mm', { networkMode: 'bnet', tty: true }),
      connectContainer('anet', 'mm'),
      startContainer('mm'),
    );
    const host = hostIn(scene);
    const named = [...(host.endpoints.values() ?? [])].map((endpoint) => [
      host.networks.get(endpoint.networkId)?.name,
      endpoint.joined?.interfaceName,
    ]);
    expect(Object.fromEntries(named)).toEqual({ anet: 'eth0', bnet: 'eth1' });
  });

  test('an internal network gives way whatever its name', () => {
    const scene = labAfter(
      createNetwork('aint', { internal: true }),
      createNetwork('znet'),
      createContainer('mm', { networkMode: 'aint', tty: true }),
      connectContainer('znet', 'mm'),
      startContainer('mm'),
    );
    const names = scene.facts('EndpointJoined').map((joined) => joined.interfaceName);
    expect(names.toSorted()).toEqual(['eth0', 'eth1']);
    const host = hostIn(scene);
    const internal = host.networkNames.get('aint');
    const ofInternal = [...(host.endpoints.values() ?? [])].find(
      (endpoint) => endpoint.networkId === internal,
    );
    expect(ofInternal?.joined?.interfaceName).toBe('eth1');
  });

  test('the embedded DNS comes with the first network that a user made', () => {
    const scene = labAfter(createNetwork('n'), ...run('c1', { networkMode: 'n' }));
    expect(scene.fact('SandboxCreated').dnsPorts).toEqual({
      tcp: expect.any(Number),
      udp: expect.any(Number),
    });
    const late = labAfter(createNetwork('n'), ...run('c1'), connectContainer('n', 'c1'));
    expect(late.fact('EndpointJoined').dnsPorts).toBeDefined();
  });
});
