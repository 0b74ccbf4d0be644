import { describe, expect, it } from 'vitest';
import type { CommandBody } from '@netfold/contracts';
import { createLab, given, initSwarm, joinSwarm, removeNetwork } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { digestHex, parseJoinToken } from './join-token.ts';

const lab = given().when(createLab('h1', 'h2', 'h3'));
const swarm = lab.when(initSwarm());

function tokens(scene: Scene): { readonly worker: string; readonly manager: string } {
  const [first] = scene.lab.swarms.values();
  return { worker: first?.workerToken ?? '', manager: first?.managerToken ?? '' };
}

function withWorker(scene: Scene, host = 'h2'): Scene {
  return scene.when(joinSwarm(host, tokens(scene).worker));
}

function leave(host: string, force = false): CommandBody {
  return { type: 'LeaveSwarm', host, force };
}

function networksOf(scene: Scene, host: string): readonly string[] {
  return [...(scene.lab.hosts.get(host)?.networks.values() ?? [])].map((network) => network.name);
}

describe('docker swarm init', () => {
  it('makes the gateway network, ingress and the ingress sandbox', () => {
    swarm.thenFacts(
      'SwarmInitialized',
      'NodeJoined',
      'SwarmNetworkCreated',
      'OverlayAppeared',
      'InterfaceIndexesConsumed',
      'NetworkCreated',
      'SandboxCreated',
      'EndpointCreated',
      'EndpointJoined',
    );
    expect(swarm.fact('SwarmNetworkCreated')).toMatchObject({ name: 'ingress', vnis: [4096] });
    expect(swarm.fact('SwarmNetworkCreated').pools[0]).toMatchObject({
      subnet: '10.0.0.0/24',
      gateway: '10.0.0.1',
    });
    expect(swarm.fact('OverlayAppeared').loadBalancerAddress).toBe('10.0.0.2/24');
    expect(swarm.fact('OverlayAppeared').interfaceIndexes).toEqual({ bridge: 2, vxlan: 5 });
    expect(swarm.fact('NetworkCreated').bridge?.interfaceIndex).toBe(8);
    expect(swarm.fact('EndpointJoined').interfaceIndex).toBe(9);
    expect(swarm.fact('OverlayAppeared').loadBalancerMac).toBe('02:42:0a:00:00:02');
    expect(swarm.fact('NetworkCreated').pools[0]?.subnet).toBe('172.18.0.0/16');
    expect(swarm.fact('EndpointCreated').ipv4).toBe('172.18.0.2/16');
    expect(swarm.fact('NodeJoined')).toMatchObject({ role: 'manager', address: '192.168.50.11' });
  });

  it('answers the node, and remembers tokens of one cluster', () => {
    expect(swarm.thenAnswer().ids['nodeId']).toMatch(/^[0-9a-z]{25}$/);
    const { worker, manager } = tokens(swarm);
    expect(parseJoinToken(worker)?.clusterDigest).toBe(parseJoinToken(manager)?.clusterDigest);
    expect(worker).not.toBe(manager);
  });

  it('advertises an address of its own, an interface, or a foreign address', () => {
    const advertised = (text: string) => lab.when(initSwarm('h1', text)).fact('NodeJoined').address;
    expect(advertised('eth0')).toBe('192.168.50.11');
    expect(advertised('eth0:2377')).toBe('192.168.50.11');
    expect(advertised('10.99.99.99')).toBe('10.99.99.99');
  });

  it.each([
    [{ advertiseAddress: 'nosuch' }, 'invalidParameter', /^advertise address must be/],
    [{ advertiseAddress: '0.0.0.0' }, 'invalidParameter', /^advertise address must be/],
    [{ listenAddress: '' }, 'invalidParameter', 'invalid ListenAddr "": invalid empty address'],
    [
      { listenAddress: '0.0.0.0:99999' },
      'internal',
      'manager stopped: failed to listen on remote API address: listen tcp: address 99999: ' +
        'invalid port',
    ],
    [
      { listenAddress: '192.168.50.77:2377' },
      'internal',
      'manager stopped: failed to listen on remote API address: ' +
        'listen tcp 192.168.50.77:2377: bind: cannot assign requested address',
    ],
    [
      { listenAddress: 'nosuch:2377', advertiseAddress: 'nosuch' },
      'invalidParameter',
      /^listen address must be/,
    ],
    [
      { defaultAddressPools: ['10.0.0.0/8'], subnetSize: 30 },
      'internal',
      'subnet size is out of range: 30',
    ],
    [{ defaultAddressPools: ['x'] }, 'internal', 'invalid base pool x: invalid CIDR address: x'],
    [
      { defaultAddressPools: ['10.0.0.0/26'] },
      'internal',
      /Subnet size is too small for pool: 24$/,
    ],
  ] as const)('refuses %j', (changes, refusalClass, message) => {
    lab.when({ ...initSwarm(), ...changes }).thenRefused(refusalClass, message);
  });

  it('is refused twice, and forced it changes nothing for an only manager', () => {
    swarm.when(initSwarm()).thenRefused('unavailable', /^This node is already part of a swarm/);
    const forced = { ...initSwarm(), forceNewCluster: true } as CommandBody;
    swarm.when(forced).thenFacts();
    const two = swarm.when(joinSwarm('h2', tokens(swarm).manager));
    two.when(forced).thenRefused('notImplemented', /force-new-cluster/);
    withWorker(swarm)
      .when({ ...initSwarm('h2'), forceNewCluster: true })
      .thenRefused('unavailable', /^This node is not a swarm manager\. Worker nodes/);
  });

  it('takes pools of its own', () => {
    const own = { ...initSwarm(), defaultAddressPools: ['10.20.0.0/16'], subnetSize: 26 };
    const scene = lab.when(own);
    expect(scene.fact('SwarmNetworkCreated').pools[0]?.subnet).toBe('10.20.0.0/26');
  });
});

describe('docker swarm join', () => {
  it('gives the node an address of ingress, a gateway network and the role of its token', () => {
    const worker = withWorker(swarm);
    expect(worker.fact('NodeJoined')).toMatchObject({ role: 'worker', address: '192.168.50.12' });
    expect(worker.fact('OverlayAppeared').loadBalancerAddress).toBe('10.0.0.3/24');
    expect(worker.fact('EndpointCreated').ipv4).toBe('172.18.0.2/16');
    const manager = worker.when(joinSwarm('h3', tokens(worker).manager));
    expect(manager.fact('NodeJoined').role).toBe('manager');
    expect(networksOf(worker, 'h2')).toEqual([
      'none',
      'host',
      'bridge',
      'ingress',
      'docker_gwbridge',
    ]);
  });

  it('is refused with a bad token, twice, and where no manager listens', () => {
    const { worker } = tokens(swarm);
    swarm.when(joinSwarm('h2', 'SWMTKN-1-bad')).thenRefused('internal', 'invalid join token');
    swarm
      .when(joinSwarm('h2', worker, '192.168.50.13:2377'))
      .thenRefused('unavailable', /dial tcp 192\.168\.50\.13:2377: connect: connection refused"$/);
    swarm
      .when(joinSwarm('h2', worker, '192.168.50.11:9999'))
      .thenRefused('unavailable', /dial tcp 192\.168\.50\.11:9999: connect: connection refused"$/);
    swarm.when(joinSwarm('h2', worker, 'h1:2377')).thenAccepted();
    swarm.when(joinSwarm('h2', worker, '192.168.50.11')).thenAccepted();
    swarm
      .when(joinSwarm('h2', worker, '192.168.50.99'))
      .thenRefused('unavailable', /^Timeout was reached before node joined/);
    withWorker(swarm)
      .when(joinSwarm('h2', worker))
      .thenRefused('unavailable', /^This node is already part of a swarm/);
    const nowhere = { ...joinSwarm('h2', worker), remoteAddresses: [] } as CommandBody;
    swarm
      .when(nowhere)
      .thenRefused('invalidParameter', 'at least 1 RemoteAddr is required to join');
    const deaf = { ...joinSwarm('h2', worker), listenAddress: '' } as CommandBody;
    swarm.when(deaf).thenRefused('invalidParameter', /^invalid ListenAddr/);
  });

  it('is refused with the token of another cluster, or another secret', () => {
    const { worker } = tokens(swarm);
    const digest = parseJoinToken(worker)?.clusterDigest ?? '';
    const foreign = worker.replace(digest, `0${'a'.repeat(49)}`);
    const asked = digestHex(`0${'a'.repeat(49)}`);
    const expected = `remote CA does not match fingerprint. Expected: ${asked}`;
    swarm.when(joinSwarm('h2', foreign)).thenRefused('internal', expected);
    const huge = `SWMTKN-1-${'z'.repeat(50)}-${'b'.repeat(25)}`;
    swarm.when(joinSwarm('h2', huge)).thenRefused('internal', 'invalid checksum digest length');
    const wrong = `SWMTKN-1-${digest}-${'z'.repeat(25)}`;
    swarm.when(joinSwarm('h2', wrong)).thenRefused('invalidParameter', /A valid join token/);
  });
});

describe('docker swarm leave', () => {
  it('takes the overlays from the host, and leaves docker_gwbridge', () => {
    const left = withWorker(swarm).when(leave('h2')).thenAccepted();
    expect(networksOf(left, 'h2')).toEqual(['none', 'host', 'bridge', 'docker_gwbridge']);
    const [cluster] = left.lab.swarms.values();
    expect([...(cluster?.nodes.values() ?? [])].map((node) => node.status)).toEqual([
      'ready',
      'down',
    ]);
    left.when(removeNetwork('docker_gwbridge', 'h2')).thenAccepted();
  });

  it('is refused outside of a swarm, and for a manager without force', () => {
    lab.when(leave('h1')).thenRefused('unavailable', 'This node is not part of a swarm');
    swarm
      .when(leave('h1'))
      .thenRefused('unavailable', /Removing the last manager erases all current state/);
    const two = swarm.when(joinSwarm('h2', tokens(swarm).manager));
    two
      .when(leave('h1'))
      .thenRefused('unavailable', /Removing this node leaves 1 managers out of 2/);
    const three = two.when(joinSwarm('h3', tokens(swarm).manager));
    const message = /participating as a manager\. The only way to restore/;
    three.when(leave('h1')).thenRefused('unavailable', message);
  });

  it('by force of the last manager forgets the swarm, and another may begin', () => {
    const alone = swarm.when(leave('h1', true)).thenAccepted();
    expect(alone.lab.swarms.size).toBe(0);
    const again = alone.when(initSwarm()).thenAccepted();
    expect(networksOf(again, 'h1')).toContain('ingress');
    again.when(leave('h1', true)).thenAccepted();
  });

  it('is possible for a worker whose managers are gone', () => {
    const orphan = withWorker(swarm).when(leave('h1', true));
    orphan.when(leave('h2')).thenAccepted();
    orphan.when({ type: 'RemoveHost', host: 'h2' }).thenRefused('conflict', /is a node of a swarm/);
  });
});
