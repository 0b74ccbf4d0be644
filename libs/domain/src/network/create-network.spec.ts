import { describe, expect, it } from 'vitest';
import {
  createLab,
  createNetwork,
  given,
  ipamPool,
  networkSpec,
  removeNetwork,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { limits } from '../limits.ts';

const engine = given().when(createLab('h1'));

function subnetOf(scene: Scene): string {
  return scene.fact('NetworkCreated').pools[0]?.subnet ?? '';
}

describe('a bridge network', () => {
  it('gets the next predefined pool, its bridge and a gateway', () => {
    const { pools, bridge, networkId } = engine.when(createNetwork('web')).fact('NetworkCreated');
    expect(pools).toEqual([
      {
        family: 4,
        subnet: '172.18.0.0/16',
        ipRange: '',
        gateway: '172.18.0.1',
        auxAddresses: {},
        isPredefined: true,
        isGatewayGiven: false,
      },
    ]);
    expect(bridge?.name).toBe(`br-${networkId.slice(0, 12)}`);
    expect(bridge?.interfaceIndex).toBe(4);
    expect(bridge?.mac).toMatch(/^02:42:/);
  });

  it('gets a pool after the last given one, not the lowest free one', () => {
    let scene = engine;
    for (const name of ['a', 'b', 'c']) scene = scene.when(createNetwork(name));
    scene = scene.when(removeNetwork('b')).when(createNetwork('d'));
    expect(subnetOf(scene)).toBe('172.21.0.0/16');
    for (const name of ['a', 'c', 'd']) scene = scene.when(removeNetwork(name));
    expect(subnetOf(scene.when(createNetwork('e')))).toBe('172.22.0.0/16');
  });

  it('has 29 predefined pools beside a LAN in 192.168.48.0/20, then none', () => {
    let scene = engine;
    for (let count = 1; count <= 29; count += 1) scene = scene.when(createNetwork(`x${count}`));
    scene.thenAccepted();
    const none =
      'could not find an available, non-overlapping IPv4 address pool among the ' +
      'defaults to assign to the network';
    scene.when(createNetwork('x30')).thenRefused('notFound', none);
    scene = scene.when(createNetwork('x30')).when(removeNetwork('x5'));
    expect(subnetOf(scene.when(createNetwork('y')))).toBe('172.22.0.0/16');
  });

  it('leaves the rotation of pools further on when it fails after it was given one', () => {
    const failed = engine.when(createNetwork('v6', { enableIPv6: true }));
    failed.thenRefused('notFound', /non-overlapping IPv6 address pool/);
    failed.thenFacts('PredefinedPoolsPassed');
    expect(subnetOf(failed.when(createNetwork('next')))).toBe('172.19.0.0/16');
  });

  it('keeps host bits of its subnet', () => {
    const scene = engine.when(createNetwork('hostbits', { subnet: '10.8.0.5/24' }));
    expect(scene.fact('NetworkCreated').pools[0]).toMatchObject({
      subnet: '10.8.0.5/24',
      gateway: '10.8.0.1',
    });
  });

  it('may overlap with a LAN of the host', () => {
    engine.when(createNetwork('lan', { subnet: '192.168.50.0/24' })).thenAccepted();
  });

  it('takes its gateway from the range when none is given', () => {
    const ipam = [ipamPool('10.10.0.0/16', { ipRange: '10.10.5.0/24' })];
    const scene = engine.when(createNetwork('opt', { ipam }));
    expect(scene.fact('NetworkCreated').pools[0]?.gateway).toBe('10.10.5.0');
  });

  it('has an IPv4 pool of its own beside a given IPv6 one', () => {
    const scene = engine.when(createNetwork('v6', { enableIPv6: true, subnet: 'fd00:77::/64' }));
    expect(scene.fact('NetworkCreated').pools.map((pool) => [pool.subnet, pool.gateway])).toEqual([
      ['172.18.0.0/16', '172.18.0.1'],
      ['fd00:77::/64', 'fd00:77::1'],
    ]);
  });

  it('keeps an IPv6 subnet in mind without using it when IPv6 is off', () => {
    const scene = engine.when(createNetwork('v6only', { subnet: 'fd00:78::/64' }));
    expect(scene.fact('NetworkCreated').pools[1]).toMatchObject({ family: 6, gateway: '' });
    const taking = createNetwork('v6', { subnet: 'fd00:78::/64', enableIPv6: true });
    scene.when(taking).thenAccepted();
    scene
      .when(taking)
      .when(createNetwork('again', { subnet: 'fd00:78::/64' }))
      .thenAccepted();
  });

  it('has the bridge name that was asked for', () => {
    const options = { 'com.docker.network.bridge.name': 'br-lab' };
    const scene = engine.when(createNetwork('lab', { options }));
    expect(scene.fact('NetworkCreated').bridge?.name).toBe('br-lab');
  });

  it('may take docker0 for its own', () => {
    const options = { 'com.docker.network.bridge.name': 'docker0' };
    const scene = engine.when(createNetwork('dup', { options })).thenAccepted();
    expect(scene.fact('NetworkCreated').bridge).toMatchObject({
      name: 'docker0',
      interfaceIndex: 3,
    });
    expect(scene.lab.hosts.get('h1')?.nextInterfaceIndex).toBe(4);
  });

  it('takes strange names, as the engine does', () => {
    for (const name of ['bad name', '-dash', 'container']) {
      engine.when(createNetwork(name)).thenAccepted();
    }
  });
});

describe('docker network create is refused', () => {
  const taken = engine.when(createNetwork('one', { subnet: '10.7.0.0/16' }));
  const overlap = 'Pool overlaps with other one on this address space';

  it.each(['10.7.0.0/16', '10.7.128.0/24', '10.0.0.0/8', '172.17.0.0/16'])(
    'for %s, which overlaps',
    (subnet) => {
      taken.when(createNetwork('two', { subnet })).thenRefused('forbidden', overlap);
    },
  );

  it.each(['10.8.0.0', '10.8.0.0/33', '300.1.2.0/24', 'hello'])(
    'for the subnet %s, which is none',
    (subnet) => {
      const message = `Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`;
      taken.when(createNetwork('two', { subnet })).thenRefused('internal', message);
    },
  );

  it.each([
    ['10.6.2.0/31', '', 'failed to allocate gateway (): No available addresses on this pool'],
    ['10.6.3.0/32', '', 'failed to allocate gateway (): No available addresses on this pool'],
    ['10.9.0.0/24', '10.9.0.0', 'failed to allocate gateway (10.9.0.0): Address already in use'],
    [
      '10.9.0.0/24',
      '10.9.1.1',
      'failed to allocate gateway (10.9.1.1): Requested address is out of range',
    ],
    ['10.9.0.0/24', 'x', 'invalid gateway address x in Ipam configuration'],
  ])('for %s with gateway "%s"', (subnet, gateway, message) => {
    const ipam = [ipamPool(subnet, { gateway })];
    taken.when(createNetwork('two', { ipam })).thenRefused('internal', message);
  });

  it.each([
    [
      '10.9.1.2',
      'forbidden',
      'auxiliary address: (a:10.9.1.2) must belong to the master pool: 10.9.0.0/24',
    ],
    ['x', 'internal', 'non parsable secondary ip address (a:x) passed for network two'],
    [
      '10.9.0.1',
      'internal',
      'failed to allocate secondary ip address (a:10.9.0.1): Address already in use',
    ],
  ] as const)('for the auxiliary address %s', (address, refusalClass, message) => {
    const ipam = [ipamPool('10.9.0.0/24', { auxAddresses: { a: address } })];
    taken.when(createNetwork('two', { ipam })).thenRefused(refusalClass, message);
  });

  it('for a range that is none', () => {
    const ipam = [ipamPool('10.9.0.0/24', { ipRange: 'x' })];
    const message =
      'failed to parse pool request for address space "LocalDefault" pool ' +
      '"10.9.0.0/24" subpool "x": Invalid Address SubPool';
    taken.when(createNetwork('two', { ipam })).thenRefused('internal', message);
  });

  it('for a range of another family', () => {
    const ipam = [ipamPool('10.70.0.0/24', { ipRange: 'fd00::/64' })];
    const zeros = Array.from({ length: 15 }, () => '0x0').join(', ');
    const message =
      'failed to parse pool request for address space "LocalDefault" pool ' +
      '"10.70.0.0/24" subpool "fd00::/64": ' +
      "failed to compute range's lowest ip address: cannot compute host portion ip " +
      'address because ip and mask are ' +
      `not compatible: (net.IP{0xfd, ${zeros}}, net.IPMask{0xff, 0xff, 0xff, 0x0})`;
    taken.when(createNetwork('two', { ipam })).thenRefused('internal', message);
  });

  it('for several subnets', () => {
    const ipam = [ipamPool('10.9.0.0/24'), ipamPool('10.9.1.0/24')];
    const message = "bridge driver doesn't support multiple subnets";
    taken.when(createNetwork('two', { ipam })).thenRefused('forbidden', message);
  });

  it.each([
    ['one', 'conflict', 'network with name one already exists'],
    ['', 'conflict', 'network with name  already exists'],
    [' ', 'internal', 'invalid name:  '],
    ['bridge', 'forbidden', 'operation is not permitted on predefined bridge network '],
    ['default', 'forbidden', 'operation is not permitted on predefined default network '],
  ] as const)('for the name "%s"', (name, refusalClass, message) => {
    taken.when(createNetwork(name)).thenRefused(refusalClass, message);
  });

  it.each([
    ['nosuch', 'notFound', 'plugin "nosuch" not found'],
    ['host', 'forbidden', 'only one instance of "host" network is allowed'],
    ['null', 'forbidden', 'only one instance of "null" network is allowed'],
    ['overlay', 'internal', /^This node is not a swarm manager\. Use "docker swarm init"/],
    ['ipvlan', 'notImplemented', /not simulated/],
  ] as const)('for the driver %s', (driver, refusalClass, message) => {
    taken.when(createNetwork('two', { driver })).thenRefused(refusalClass, message);
  });

  it.each([
    ['nosuch', 'notFound', 'plugin "nosuch" not found'],
    ['null', 'internal', 'ipv4 pool is empty'],
  ] as const)('for the ipam driver %s', (ipamDriver, refusalClass, message) => {
    taken.when(createNetwork('two', { ipamDriver })).thenRefused(refusalClass, message);
  });

  it('for a pool of the null ipam driver', () => {
    const spec = { ipamDriver: 'null', subnet: '10.9.0.0/24' };
    const message = 'null ipam driver does not handle specific address pool requests';
    taken.when(createNetwork('two', spec)).thenRefused('internal', message);
    const six = { ipamDriver: 'null', enableIPv6: true };
    taken.when(createNetwork('two', six)).thenRefused('internal', /does not handle IPv6/);
  });

  it.each([
    [
      'com.docker.network.driver.mtu',
      'abc',
      'failed to parse com.docker.network.driver.mtu value: abc (strconv.Atoi: ' +
        'parsing "abc": invalid syntax)',
    ],
    ['com.docker.network.driver.mtu', '-5', 'invalid MTU number: -5'],
    [
      'com.docker.network.bridge.enable_icc',
      'no',
      'failed to parse com.docker.network.bridge.enable_icc value: no ' +
        '(strconv.ParseBool: parsing "no": invalid syntax)',
    ],
    [
      'com.docker.network.bridge.host_binding_ipv4',
      'x',
      'failed to parse com.docker.network.bridge.host_binding_ipv4 value: x (nil ip)',
    ],
    [
      'com.docker.network.bridge.name',
      'br-0123456789abc',
      'failed to check bridge interface existence: numerical result out of range',
    ],
    ['com.docker.network.bridge.name', 'a b', 'invalid argument'],
    ['com.docker.network.bridge.name', 'a/b', 'invalid argument'],
    ['com.docker.network.bridge.name', '..', 'invalid argument'],
    ['com.docker.network.bridge.name', 'eth0', 'existing interface eth0 is not a bridge'],
  ])('for the option %s=%s', (label, value, message) => {
    const scene = taken.when(createNetwork('two', { options: { [label]: value } }));
    scene.thenRefused('internal', message);
    scene.thenFacts('PredefinedPoolsPassed');
  });

  it('for the bridge of another network', () => {
    const options = { 'com.docker.network.bridge.name': 'br-lab' };
    const first = engine.when(createNetwork('lab', { options }));
    const message =
      /^cannot create network .{64} \(br-lab\): conflicts with network .{64} \(br-lab\): networks/;
    first.when(createNetwork('dup', { options })).thenRefused('forbidden', message);
  });

  it('for a sub-pool of a network in use, by the driver', () => {
    const ipam = [ipamPool('10.7.0.0/16', { ipRange: '10.7.5.0/24' })];
    taken
      .when(createNetwork('two', { ipam }))
      .thenRefused('forbidden', /networks have overlapping IPv4$/);
  });

  it('for scopes that do not fit', () => {
    const local = { driver: 'overlay', scope: 'local' };
    taken
      .when(createNetwork('two', local))
      .thenRefused('forbidden', 'cannot downgrade network scope for overlay networks');
    taken
      .when(createNetwork('two', { scope: 'swarm' }))
      .thenRefused('forbidden', 'cannot create a swarm scoped network when swarm is not active');
    taken
      .when(createNetwork('two', { ingress: true }))
      .thenRefused('forbidden', 'Ingress network can only be global scope network');
  });

  it('beyond the limits of a lab', () => {
    const labels = Object.fromEntries(
      Array.from({ length: limits.labelsPerNetworkMax + 1 }, (_, index) => [`l${index}`, '']),
    );
    taken.when(createNetwork('two', { labels })).thenRefused('unavailable', /limit of 500 labels/);
    const name = 'x'.repeat(limits.textLengthMax + 1);
    taken.when(createNetwork(name)).thenRefused('invalidParameter', /name, label or option/);
    const pools = (count: number) =>
      Array.from({ length: count }, (_, at) => ipamPool(`10.${100 + (at >> 8)}.${at & 255}.0/24`));
    const configOnly = { ipam: pools(limits.poolsPerNetworkMax + 1), configOnly: true };
    taken
      .when(createNetwork('two', configOnly))
      .thenRefused('unavailable', /limit of 64 pools of a network/);
    taken
      .when(createNetwork('two', { ipam: pools(limits.poolsPerRequestMax + 1) }))
      .thenRefused('unavailable', /limit of 2048 pools of a request/);
    const auxAddresses = Object.fromEntries(
      Array.from({ length: limits.auxAddressesPerPoolMax + 1 }, (_, index) => [`a${index}`, '']),
    );
    const aux = [ipamPool('10.9.0.0/24', { auxAddresses })];
    taken
      .when(createNetwork('two', { ipam: aux }))
      .thenRefused('unavailable', /auxiliary addresses/);
  });

  it('beyond the networks of a host', () => {
    let scene = engine;
    for (let count = 3; count < limits.networksPerHostMax; count += 1) {
      scene = scene.when(createNetwork(`n${count}`, { subnet: `10.${count}.0.0/24` }));
    }
    scene.thenAccepted();
    scene
      .when(createNetwork('more', { subnet: '11.0.0.0/24' }))
      .thenRefused('unavailable', /limit of 200 networks/);
  });
});

describe('a second network of a name', () => {
  const twice = engine.when(createNetwork('web')).when({
    type: 'CreateNetwork',
    host: 'h1',
    network: networkSpec('web', { checkDuplicate: false }),
  });

  it('is warned about when the client did not ask for the check', () => {
    expect(twice.thenAnswer().warnings).toEqual([
      expect.stringMatching(/^Network with name web \(id : [0-9a-f]{64}\) already exists$/),
    ]);
  });

  it('makes the name ambiguous', () => {
    twice
      .when(removeNetwork('web'))
      .thenRefused('invalidParameter', 'network web is ambiguous (2 matches found based on name)');
    const { networkId } = twice.fact('NetworkCreated');
    const rest = twice.when(removeNetwork(networkId.slice(0, 12))).thenAccepted();
    rest.when(removeNetwork('web')).thenFacts('NetworkRemoved');
  });
});
