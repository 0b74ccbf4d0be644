import { describe, expect, it } from 'vitest';
import type { NetworkSpec, SingleCommand } from '@netfold/contracts';
import {
  connectContainer,
  containerSpec,
  createContainer,
  createLab,
  createNetwork,
  disconnectContainer,
  endpointSpec,
  given,
  initSwarm,
  ipamPool,
  joinSwarm,
  removeContainer,
  removeNetwork,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { visibleNetworks } from '../network/find-network.ts';

const initialized = given()
  .when(createLab('h1', 'h2', 'h3'))
  .when(initSwarm());
const swarm = initialized.when(joinSwarm('h2', workerToken(initialized)));
const overlay = swarm.when(createOverlay('ov'));

function workerToken(scene: Scene): string {
  const [first] = scene.lab.swarms.values();
  return first?.workerToken ?? '';
}

type Changes = Partial<NetworkSpec> & { readonly subnet?: string; readonly host?: string };

function createOverlay(name: string, changes: Changes = {}): SingleCommand {
  return createNetwork(name, { driver: 'overlay', attachable: true, ...changes });
}

function run(scene: Scene, name: string, host: string, ip = ''): Scene {
  const endpoints = ip === '' ? {} : { ov: endpointSpec({ ipv4Address: ip }) };
  return scene
    .when(createContainer(name, { host, networkMode: 'ov', command: ['sleep', '1d'], endpoints }))
    .when(startContainer(name, host));
}

/** The address on the overlay of the container that was just started. */
function addressOf(scene: Scene): string {
  return scene.fact('TaskAllocated').ipv4;
}

function namesOn(scene: Scene, hostName: string): readonly string[] {
  const host = scene.lab.hosts.get(hostName);
  if (host === undefined) throw new Error(hostName);
  return visibleNetworks(scene.lab, host).map((network) => network.name);
}

describe('an overlay network', () => {
  it('notes how its addresses are given among its own IPAM options, when it has any', () => {
    const optionsOf = (given: Readonly<Record<string, string>>) =>
      swarm.when(createOverlay('o', { ipamOptions: given })).fact('SwarmNetworkCreated')
        .ipamOptions;
    const serial = 'com.docker.network.ipam.serial';
    expect(optionsOf({})).toBeNull();
    expect(optionsOf({ a: 'b' })).toEqual({ a: 'b', [serial]: 'true' });
    expect(optionsOf({ [serial]: 'false' })).toEqual({ [serial]: 'false' });
  });

  it('has no IPv6 address to give without a pool for it', () => {
    const endpoints = { ov: endpointSpec({ ipv6Address: 'fd00::1' }) };
    overlay
      .when(createContainer('c6', { networkMode: 'ov', command: ['sleep', '1d'], endpoints }))
      .when(startContainer('c6', 'h1'))
      .thenRefused('internal', /context deadline exceeded$/);
  });

  it('gets the next pool of the swarm and the next VNI', () => {
    const created = overlay.fact('SwarmNetworkCreated');
    expect(created.pools[0]).toMatchObject({ subnet: '10.0.1.0/24', gateway: '10.0.1.1' });
    expect(created.vnis).toEqual([4097]);
    const given2 = overlay.when(createOverlay('o2')).fact('SwarmNetworkCreated');
    expect([given2.pools[0]?.subnet, given2.vnis]).toEqual(['10.0.2.0/24', [4098]]);
  });

  // Recorded with an engine 20.10.
  it('numbers the links of its members in its own namespace, none twice', () => {
    const vethOf = (scene: Scene): string | undefined =>
      scene.facts('EndpointJoined').find(({ veth }) => veth?.name.length === 5)?.veth?.name;
    const first = run(overlay, 'aa', 'h1');
    const second = run(first, 'bb', 'h1');
    const third = run(second.when(removeContainer('bb')), 'cc', 'h1');
    expect([first, second, third].map(vethOf)).toEqual(['veth1', 'veth2', 'veth3']);
  });

  // Recorded with an engine 20.10: the engine's own table refuses the new name.
  it('does not let a running member be renamed', () => {
    const joined = run(overlay, 'aa', 'h1');
    const rename = { type: 'RenameContainer', host: 'h1', container: 'aa', name: 'ax' } as const;
    joined.when(rename).thenRefused('internal', /already exists$/);
    joined.when(stopContainer('aa')).when(rename).thenAccepted();
  });

  it('does not give a removed pool or VNI again soon', () => {
    const scene = overlay.when(removeNetwork('ov')).when(createOverlay('o2'));
    const { pools, vnis } = scene.fact('SwarmNetworkCreated');
    expect([pools[0]?.subnet, vnis]).toEqual(['10.0.2.0/24', [4098]]);
  });

  it('is accepted with an overlapping subnet, but gets no VNI', () => {
    const wide = overlay.when(createOverlay('o3', { subnet: '10.50.0.0/24' }));
    expect(wide.fact('SwarmNetworkCreated').vnis).toEqual([4098]);
    const over = wide.when(createOverlay('overlap', { subnet: '10.50.0.0/25' })).thenAccepted();
    expect(over.fact('SwarmNetworkCreated').vnis).toEqual([]);
    expect(over.when(createOverlay('o5')).fact('SwarmNetworkCreated').vnis).toEqual([4099]);
    over
      .when(createContainer('cc', { networkMode: 'overlap' }))
      .when(startContainer('cc'))
      .thenRefused('internal', /context deadline exceeded$/);
  });

  it('is allocated once the network in its way is gone', () => {
    const wide = overlay.when(createOverlay('o3', { subnet: '10.50.0.0/24' }));
    const over = wide.when(createOverlay('overlap', { subnet: '10.50.0.0/25' }));
    const free = over.when(removeNetwork('o3'));
    expect(free.fact('SwarmNetworkAllocated')).toMatchObject({ vnis: [4099] });
    const used = free.when(
      createContainer('cc', { networkMode: 'overlap', command: ['sleep', '1'] }),
    );
    expect(addressOf(used.when(startContainer('cc')))).toBe('10.50.0.2/25');
  });

  it('takes interface indexes of its host for its devices', () => {
    const used = run(overlay, 'aa', 'h1');
    expect(used.fact('OverlayAppeared').interfaceIndexes.vxlan).toBe(11);
    expect(used.facts('EndpointJoined').map((joined) => joined.interfaceIndex)).toEqual([14, 16]);
  });

  it('takes VNIs that were asked for', () => {
    const options = { 'com.docker.network.driver.overlay.vxlanid_list': '5000' };
    const asked = overlay.when(createOverlay('o2', { options }));
    expect(asked.fact('SwarmNetworkCreated').vnis).toEqual([5000]);
    expect(asked.when(createOverlay('o3')).fact('SwarmNetworkCreated').vnis).toEqual([4098]);
    expect(asked.when(createOverlay('o4', { options })).fact('SwarmNetworkCreated').vnis).toEqual(
      [],
    );
  });

  it('is seen on managers at once, and on workers while they use it', () => {
    expect(namesOn(overlay, 'h1')).toContain('ov');
    expect(namesOn(overlay, 'h2')).not.toContain('ov');
    const used = run(overlay, 'bb', 'h2');
    expect(namesOn(used, 'h2')).toContain('ov');
    const left = used.when(removeContainer('bb', 'h2'));
    expect(left.facts('OverlayVanished')).toHaveLength(1);
    expect(namesOn(left, 'h2')).not.toContain('ov');
  });
});

describe('addresses of an overlay', () => {
  it('go to the container, then to its host’s load balancer, in turn over the hosts', () => {
    const first = run(overlay, 'aa', 'h1');
    expect(addressOf(first)).toBe('10.0.1.2/24');
    expect(first.fact('OverlayAppeared').loadBalancerAddress).toBe('10.0.1.3/24');
    const second = run(first, 'bb', 'h2');
    expect(addressOf(second)).toBe('10.0.1.4/24');
    expect(second.fact('OverlayAppeared').loadBalancerAddress).toBe('10.0.1.5/24');
    expect(addressOf(run(second, 'cc', 'h1'))).toBe('10.0.1.6/24');
  });

  it('are not given again soon', () => {
    const scene = run(overlay, 'aa', 'h1').when(stopContainer('aa')).when(startContainer('aa'));
    expect(addressOf(scene)).toBe('10.0.1.4/24');
  });

  it('do not go on from one that was asked for', () => {
    const own = swarm.when(createOverlay('ov', { subnet: '10.50.0.0/24' }));
    const asked = run(run(own, 'aa', 'h1'), 'bb', 'h1', '10.50.0.77').thenAccepted();
    expect(addressOf(asked)).toBe('10.50.0.77/24');
    expect(addressOf(run(asked, 'cc', 'h1'))).toBe('10.50.0.4/24');
  });

  it('are waited for in vain when they are taken', () => {
    const own = swarm.when(createOverlay('ov', { subnet: '10.50.0.0/24' }));
    const asked = run(own, 'aa', 'h1', '10.50.0.77').thenAccepted();
    run(asked, 'bb', 'h2', '10.50.0.77').thenRefused(
      'internal',
      /^attaching to network failed.*context deadline exceeded$/,
    );
    run(asked, 'bb', 'h2', '10.9.9.9').thenRefused('internal', /context deadline exceeded$/);
  });

  it('wrap within a small pool, and run out', () => {
    const small = swarm.when(createOverlay('ov', { subnet: '10.60.0.0/29' }));
    let scene = run(small, 'c1', 'h1');
    for (const name of ['c2', 'c3', 'c4']) scene = run(scene, name, 'h1').thenAccepted();
    expect(addressOf(scene)).toBe('10.60.0.6/29');
    run(scene, 'c5', 'h1').thenRefused('internal', /context deadline exceeded$/);
    const again = run(scene.when(removeContainer('c2')), 'c5', 'h1');
    expect(addressOf(again)).toBe('10.60.0.4/29');
  });

  it('leave nothing behind when the host has none left for its load balancer', () => {
    const tiny = swarm.when(createOverlay('ov', { subnet: '10.60.0.0/30' }));
    const failed = run(tiny, 'c1', 'h1');
    failed.thenRefused('internal', /context deadline exceeded$/);
    const [cluster] = failed.lab.swarms.values();
    const network = [...(cluster?.networks.values() ?? [])].find((other) => other.name === 'ov');
    expect(network?.addresses.size).toBe(0);
    expect(network?.tasks.size).toBe(0);
  });
});

describe('a container on an overlay', () => {
  it('reaches the outside through docker_gwbridge, but not on an internal overlay', () => {
    const scene = run(overlay, 'aa', 'h1');
    const addresses = scene.facts('EndpointCreated').map((endpoint) => endpoint.ipv4);
    expect(addresses).toEqual(['10.0.1.2/24', '172.18.0.3/16']);
    expect(scene.facts('EndpointJoined').map((joined) => joined.interfaceName)).toEqual([
      'eth0',
      'eth1',
    ]);
    const internal = run(swarm.when(createOverlay('ov', { internal: true })), 'aa', 'h1');
    expect(internal.facts('EndpointCreated')).toHaveLength(1);
  });

  it('is refused where the network is not attachable, or not known', () => {
    const plain = swarm.when(createOverlay('plain', { attachable: false }));
    const message =
      'Could not attach to network plain: rpc error: code = PermissionDenied desc = ' +
      'network plain not manually attachable';
    plain
      .when(createContainer('aa', { networkMode: 'plain' }))
      .when(startContainer('aa'))
      .thenRefused('internal', message);
    plain
      .when(createContainer('aa'))
      .when(startContainer('aa'))
      .when(connectContainer('nosuch', 'aa'))
      .thenRefused('internal', /rpc error: code = NotFound desc = network nosuch not found$/);
  });

  it('is waited for in vain by a worker without managers', () => {
    const orphan = overlay.when({ type: 'LeaveSwarm', host: 'h1', force: true });
    run(orphan, 'bb', 'h2').thenRefused('internal', /context deadline exceeded$/);
  });

  it('loses the overlay when its host leaves the swarm, and runs on', () => {
    const left = run(overlay, 'bb', 'h2').when({ type: 'LeaveSwarm', host: 'h2', force: false });
    left.thenAccepted();
    expect(namesOn(left, 'h2')).toEqual(['none', 'host', 'bridge', 'docker_gwbridge']);
    const [bb] = left.lab.hosts.get('h2')?.containers.values() ?? [];
    expect(bb?.status).toBe('running');
    expect(left.facts('EndpointDeleted')).toHaveLength(3);
    left.when(removeNetwork('docker_gwbridge', 'h2')).thenAccepted();
    left.when(removeContainer('bb', 'h2')).thenAccepted();
  });

  it('can be connected and disconnected while it runs', () => {
    const scene = overlay
      .when(createContainer('aa', { command: ['sleep', '1d'] }))
      .when(startContainer('aa'))
      .when(connectContainer('ov', 'aa'));
    expect(addressOf(scene)).toBe('10.0.1.2/24');
    const left = scene.when(disconnectContainer('ov', 'aa'));
    expect(left.facts('TaskReleased')).toHaveLength(1);
    expect(left.facts('OverlayVanished')).toHaveLength(1);
  });
});

describe('docker network rm of an overlay', () => {
  it('is refused while a task is on it, and on a worker', () => {
    const used = run(overlay, 'bb', 'h2');
    const id = overlay.fact('SwarmNetworkCreated').networkId;
    const { taskId } = used.fact('TaskAllocated');
    const use = `network ${id} is in use by task ${taskId}`;
    const message = `rpc error: code = FailedPrecondition desc = ${use}`;
    used.when(removeNetwork('ov')).thenRefused('invalidParameter', message);
    used
      .when(removeNetwork('ov', 'h2'))
      .thenRefused('unavailable', /^This node is not a swarm manager\. Worker/);
    overlay.when(removeNetwork('ov', 'h2')).thenRefused('notFound', 'network ov not found');
  });

  it('takes an idle one, also by prune', () => {
    overlay.when(removeNetwork('ov')).thenFacts('SwarmNetworkRemoved');
    const pruned = overlay.when({ type: 'PruneNetworks', host: 'h1', filters: {} });
    expect(pruned.thenAnswer().data).toEqual({ networksDeleted: ['ov'] });
  });

  it('takes ingress from every node, and a new one can be made', () => {
    const without = overlay.when(removeNetwork('ingress')).thenAccepted();
    expect(without.facts('OverlayVanished')).toHaveLength(2);
    const again = without.when(createOverlay('ing2', { ingress: true, attachable: false }));
    expect(again.facts('OverlayAppeared')).toHaveLength(2);
  });
});

describe('docker network create in a swarm is refused', () => {
  const refusedOn = (command: SingleCommand) => overlay.when(command);

  it('from a worker', () => {
    const message = /^Cannot create a multi-host network from a worker node/;
    refusedOn(createOverlay('o9', { host: 'h2' })).thenRefused('forbidden', message);
  });

  it('for a name that the swarm knows, whatever the driver', () => {
    const message = 'network with name ov already exists';
    refusedOn(createOverlay('ov')).thenRefused('conflict', message);
    refusedOn(createNetwork('ov')).thenRefused('conflict', message);
    refusedOn(createNetwork('ov', { host: 'h2' })).thenAccepted();
  });

  it('for a second ingress, or an attachable one', () => {
    refusedOn(createOverlay('ing2', { ingress: true, attachable: false })).thenRefused(
      'conflict',
      /^rpc error: code = AlreadyExists desc = ingress network \(.{25}\) is already present$/,
    );
    refusedOn(createOverlay('ing2', { ingress: true })).thenRefused(
      'invalidParameter',
      'rpc error: code = InvalidArgument desc = ingress network cannot be attachable',
    );
  });

  it.each([
    ['bad name', {}, 'name must be valid as a DNS name component'],
    ['x'.repeat(64), {}, 'name must be 63 characters or fewer'],
    [
      'x',
      { ipam: [ipamPool('10.9.0.0/24', { ipRange: 'y' })] },
      'ipam configuration: invalid range y',
    ],
    [
      'x',
      { ipam: [ipamPool('10.9.0.0/24', { ipRange: '10.8.0.0/25' })] },
      'ipam configuration: subnet 10.9.0.0/24 does not contain range 10.8.0.0/25',
    ],
    [
      'x',
      { ipam: [ipamPool('10.9.0.0/24', { gateway: 'y' })] },
      'ipam configuration: invalid gateway y',
    ],
    [
      'x',
      { ipam: [ipamPool('10.9.0.0/24', { gateway: '10.8.0.1' })] },
      'ipam configuration: subnet 10.9.0.0/24 does not contain gateway 10.8.0.1',
    ],
    ['x', { ipamDriver: 'y' }, 'error during lookup of plugin y'],
  ])('for %s with %j', (name, changes, reason) => {
    const message = `rpc error: code = InvalidArgument desc = ${reason}`;
    refusedOn(createOverlay(name, changes)).thenRefused('invalidParameter', message);
  });
});

describe('a swarm-scoped network of another driver', () => {
  const sb = overlay.when(createNetwork('sb', { scope: 'swarm', attachable: true }));

  it('is kept by the managers, without pools of their own', () => {
    expect(sb.fact('SwarmNetworkCreated')).toMatchObject({ driver: 'bridge', pools: [], vnis: [] });
    expect(namesOn(sb, 'h1')).toContain('sb');
  });

  it('is no network for containers of the lab', () => {
    sb.when({
      type: 'CreateContainer',
      host: 'h1',
      spec: containerSpec('aa', { networkMode: 'sb' }),
    })
      .when(startContainer('aa'))
      .thenRefused('notImplemented', /driver `bridge` are not simulated/);
  });
});
