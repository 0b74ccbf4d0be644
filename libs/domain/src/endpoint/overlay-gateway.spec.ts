import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  disconnectContainer,
  endpointsIn,
  initSwarm,
  labAfter,
  removeNetwork,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const overlay = (name: string) => createNetwork(name, { driver: 'overlay', attachable: true });

describe('overlays', () => {
  test('come with a second interface on docker_gwbridge', () => {
    const scene = labAfter(initSwarm(), overlay('ov'), ...run('aa', { networkMode: 'ov' }));
    const { ov, docker_gwbridge: gateway } = endpointsIn(scene.thenAccepted(), 'aa');
    expect(ov?.joined).toMatchObject({ interfaceName: 'eth0' });
    expect(ov?.ipv4).toBe('10.0.1.2/24');
    expect(ov?.mac).toBe('02:42:0a:00:01:02');
    expect(gateway?.joined).toMatchObject({ interfaceName: 'eth1' });
    expect(gateway?.ipv4).toBe('172.18.0.3/16');
  });

  test('need no docker_gwbridge beside a bridge network', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      createNetwork('local1'),
      ...run('aa', { networkMode: 'local1' }),
      connectContainer('ov', 'aa'),
    );
    const endpoints = endpointsIn(scene.thenAccepted(), 'aa');
    expect(Object.keys(endpoints)).toEqual(['local1', 'ov']);
    expect(endpoints['ov']?.joined?.interfaceName).toBe('eth1');
  });

  test('give docker_gwbridge up for a bridge network, and take it again without', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('aa', { networkMode: 'ov' }),
      connectContainer('bridge', 'aa'),
    );
    expect(Object.keys(endpointsIn(scene, 'aa'))).toEqual(['ov', 'bridge']);
    const without = scene.when(disconnectContainer('bridge', 'aa')).thenAccepted();
    expect(Object.keys(endpointsIn(without, 'aa'))).toEqual(['ov', 'docker_gwbridge']);
  });

  test('count interfaces on: both go and come', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('bb', { networkMode: 'ov' }),
      disconnectContainer('ov', 'bb'),
    );
    expect(endpointsIn(scene, 'bb')).toEqual({});
    const again = endpointsIn(scene.when(connectContainer('ov', 'bb')), 'bb');
    expect(again['ov']?.joined?.interfaceName).toBe('eth2');
    expect(again['docker_gwbridge']?.joined?.interfaceName).toBe('eth3');
  });

  test('leave nothing behind when the container stops', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov1'),
      overlay('ov2'),
      ...run('bb', { networkMode: 'ov1' }),
      connectContainer('ov2', 'bb'),
      stopContainer('bb'),
    );
    expect(endpointsIn(scene, 'bb')).toEqual({});
    const again = endpointsIn(scene.when(startContainer('bb')).thenAccepted(), 'bb');
    const names = Object.values(again).map((endpoint) => endpoint.joined?.interfaceName);
    expect(new Set(names)).toEqual(new Set(['eth0', 'eth1', 'eth2']));
    expect(again['docker_gwbridge']?.joined?.interfaceName).toBe('eth2');
  });

  test('publish ports on docker_gwbridge', () => {
    const portBindings = [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }];
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('web', { networkMode: 'ov', portBindings }),
    );
    const { docker_gwbridge: gateway } = endpointsIn(scene, 'web');
    expect(scene.facts('PortPublished').map((port) => port.endpointId)).toEqual([
      gateway?.id,
      gateway?.id,
    ]);
    const clash = scene
      .when(createContainer('web2', { networkMode: 'ov', portBindings, tty: true }))
      .when(startContainer('web2'));
    clash.thenRefused(
      'internal',
      /^container [0-9a-f]{64}: endpoint join on GW Network failed: driver failed programming ext/,
    );
    expect(endpointsIn(clash, 'web2')).toEqual({});
  });

  test('get docker_gwbridge made again when it is gone', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      removeNetwork('ingress'),
      removeNetwork('docker_gwbridge'),
      ...run('aa', { networkMode: 'ov' }),
    ).thenAccepted();
    expect(scene.fact('NetworkCreated').name).toBe('docker_gwbridge');
    expect(endpointsIn(scene, 'aa')['docker_gwbridge']?.joined?.interfaceName).toBe('eth1');
  });

  test('fail to replace docker_gwbridge when it is disconnected by hand', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('bb', { networkMode: 'ov' }),
      disconnectContainer('docker_gwbridge', 'bb'),
    );
    const { id, lastSandboxId } = containerIn(scene, 'bb');
    scene.thenRefused(
      'internal',
      `container ${id} failed to leave network docker_gwbridge: container ${id}: endpoint create ` +
        `on GW Network failed: endpoint with name gateway_${lastSandboxId.slice(0, 12)} already ` +
        'exists in network docker_gwbridge',
    );
    scene.thenFacts('EndpointLeft');
    expect(endpointsIn(scene.when(stopContainer('bb')), 'bb')).toEqual({});
  });

  test('give the address that was asked for, without a subnet of the user', () => {
    const scene = labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('bb'),
      connectContainer('ov', 'bb', { ipv4Address: '10.0.1.77' }),
    ).thenAccepted();
    expect(endpointsIn(scene, 'bb')['ov']?.ipv4).toBe('10.0.1.77/24');
  });

  test('are joined once', () => {
    labAfter(
      initSwarm(),
      overlay('ov'),
      ...run('aa', { networkMode: 'ov' }),
      connectContainer('ov', 'aa'),
    ).thenRefused('conflict', 'aa is already attached to network ov');
  });
});
