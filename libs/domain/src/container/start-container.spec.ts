import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  endpointSpec,
  given,
  removeContainer,
  removeNetwork,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type Body = Parameters<ReturnType<typeof given>['when']>[0];
type Changes = NonNullable<Parameters<typeof createContainer>[1]>;

const after = (...bodies: readonly Body[]) =>
  bodies.reduce((scene, body) => scene.when(body), given().when(createLab('h1', 'h2')));

/** `docker run -d` of something that goes on. */
const run = (name: string, changes: Changes = {}): readonly Body[] => [
  createContainer(name, { command: ['sleep', '1d'], ...changes }),
  startContainer(name),
];

const on = (network: string, changes: Partial<Changes> = {}): Changes => ({
  networkMode: network,
  ...changes,
});

const addressOf = (scene: ReturnType<typeof after>, name: string): string | undefined => {
  const host = scene.lab.hosts.get('h1');
  const id = host?.containerNames.get(name) ?? '';
  return [...(host?.endpoints.values() ?? [])].find((found) => found.containerId === id)?.ipv4;
};

const containerOf = (scene: ReturnType<typeof after>, name: string) => {
  const host = scene.lab.hosts.get('h1');
  const container = host?.containers.get(host.containerNames.get(name) ?? '');
  if (container === undefined) throw new Error(`no container ${name}`);
  return container;
};

describe('a container on the default bridge', () => {
  test('gets the first address, a veth pair of two indexes and a MAC from its address', () => {
    const scene = after(...run('c1')).thenFacts(
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
    const scene = after(
      createNetwork('web'),
      ...run('c1', { networkMode: 'web', macAddress: '92:D0:C6:0A:29:33' }),
    );
    expect(scene.fact('EndpointCreated').mac).toBe('92:d0:c6:0a:29:33');
    const second = scene.when(connectContainer('bridge', 'c1')).fact('EndpointCreated');
    expect(second.mac).toBe('02:42:ac:11:00:02');
  });

  test('two pairs take four indexes in a row', () => {
    const first = after(...run('c1'));
    const second = first.when(createContainer('c2', { tty: true })).when(startContainer('c2'));
    const index = first.fact('EndpointJoined').interfaceIndex;
    expect(second.fact('EndpointJoined').interfaceIndex).toBe(index + 2);
  });
});

describe('addresses', () => {
  test('the one that was released is reused first, in order of the starts', () => {
    const scene = after(
      createNetwork('n'),
      ...['x1', 'x2', 'x3'].flatMap((name) => run(name, on('n'))),
      stopContainer('x1'),
      stopContainer('x2'),
      startContainer('x2'),
      startContainer('x1'),
    );
    expect(addressOf(scene, 'x1')).toBe('172.18.0.3/16');
    expect(addressOf(scene, 'x2')).toBe('172.18.0.2/16');
    expect(addressOf(scene, 'x3')).toBe('172.18.0.4/16');
  });

  const fixed = (name: string, ipv4Address: string): readonly Body[] =>
    run(name, on('fix', { endpoints: { fix: endpointSpec({ ipv4Address }) } }));
  const withFix = createNetwork('fix', { subnet: '10.11.0.0/24' });

  test('one that was asked for is given', () => {
    const scene = after(withFix, ...fixed('s1', '10.11.0.50'));
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '10.11.0.50/24',
      mac: '02:42:0a:0b:00:32',
    });
  });

  test('one in use is refused and the container stays created', () => {
    const scene = after(withFix, ...fixed('s1', '10.11.0.50'), ...fixed('s2', '10.11.0.50'));
    scene.thenRefused('forbidden', 'Address already in use');
    expect(containerOf(scene, 's2')).toMatchObject({ status: 'created', exitCode: 128 });
    expect(containerOf(scene, 's2').error).toBe('Address already in use');
  });

  test('the gateway is in use', () => {
    after(withFix, ...fixed('s1', '10.11.0.1')).thenRefused('forbidden', 'Address already in use');
  });

  test('one outside of the subnets is refused', () => {
    after(withFix, ...fixed('s1', '10.12.0.9')).thenRefused(
      'internal',
      "Invalid address 10.12.0.9: It does not belong to any of this network's subnets",
    );
  });

  test('none can be asked for without a subnet of the user', () => {
    const endpoints = { auto: endpointSpec({ ipv4Address: '172.18.0.77' }) };
    after(createNetwork('auto'), ...run('s1', on('auto', { endpoints }))).thenRefused(
      'invalidParameter',
      'user specified IP address is supported only when connecting to networks with user ' +
        'configured subnets',
    );
  });

  test.each(['default', 'host'])('none can be asked for on %s', (networkMode) => {
    const key = networkMode === 'default' ? 'bridge' : networkMode;
    const endpoints = { [key]: endpointSpec({ ipv4Address: '172.17.0.77' }) };
    after(...run('s1', { networkMode, endpoints })).thenRefused(
      'invalidParameter',
      'user specified IP address is supported on user defined networks only',
    );
  });

  test('a full network is refused with its name and id', () => {
    const scene = after(
      createNetwork('n30', { subnet: '10.30.0.0/30' }),
      ...run('f1', on('n30')),
      ...run('f2', on('n30')),
    );
    const id = scene.lab.hosts.get('h1')?.networkNames.get('n30');
    scene.thenRefused(
      'internal',
      `no available IPv4 addresses on this network's address pools: n30 (${id})`,
    );
    expect(containerOf(scene, 'f2').status).toBe('created');
  });

  test('on a network with IPv6 both families are given', () => {
    const scene = after(
      createNetwork('v6', { enableIPv6: true, subnet: 'fd00:77::/64' }),
      ...run('c1', on('v6')),
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '172.18.0.2/16',
      ipv6: 'fd00:77::2/64',
    });
  });

  test('a stopped container does not hold the address it was asked to have', () => {
    const scene = after(
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
    const scene = after(...run('c1', on('nosuch')));
    scene.thenRefused('notFound', 'network nosuch not found');
    scene.thenFacts('ContainerStartFailed');
  });

  test('a container that never ran finds a network made again by its name', () => {
    const scene = after(
      createNetwork('n1'),
      createContainer('c1', { networkMode: 'n1', tty: true }),
      removeNetwork('n1'),
      startContainer('c1'),
    );
    scene.thenRefused('notFound', 'network n1 not found');
    scene.when(createNetwork('n1')).when(startContainer('c1')).thenAccepted();
  });

  test('a container that ran looks for the network it knew by id', () => {
    const scene = after(createNetwork('n1'), ...run('c1', on('n1')), stopContainer('c1'));
    const id = scene.lab.hosts.get('h1')?.networkNames.get('n1');
    scene
      .when(removeNetwork('n1'))
      .when(createNetwork('n1'))
      .when(startContainer('c1'))
      .thenRefused('notFound', `network ${id} not found`);
  });

  test('interfaces are named in the order of the network names when it starts', () => {
    const scene = after(
      createNetwork('bnet'),
      createNetwork('anet'),
      createContainer('mm', { networkMode: 'bnet', tty: true }),
      connectContainer('anet', 'mm'),
      startContainer('mm'),
    );
    const host = scene.lab.hosts.get('h1');
    const named = [...(host?.endpoints.values() ?? [])].map((endpoint) => [
      host?.networks.get(endpoint.networkId)?.name,
      endpoint.joined?.interfaceName,
    ]);
    expect(Object.fromEntries(named)).toEqual({ anet: 'eth0', bnet: 'eth1' });
  });

  test('an internal network gives way whatever its name', () => {
    const scene = after(
      createNetwork('aint', { internal: true }),
      createNetwork('znet'),
      createContainer('mm', { networkMode: 'aint', tty: true }),
      connectContainer('znet', 'mm'),
      startContainer('mm'),
    );
    const names = scene.facts('EndpointJoined').map((joined) => joined.interfaceName);
    expect(names.toSorted()).toEqual(['eth0', 'eth1']);
    const host = scene.lab.hosts.get('h1');
    const internal = host?.networkNames.get('aint');
    const ofInternal = [...(host?.endpoints.values() ?? [])].find(
      (endpoint) => endpoint.networkId === internal,
    );
    expect(ofInternal?.joined?.interfaceName).toBe('eth1');
  });

  test('the embedded DNS comes with the first network that a user made', () => {
    const scene = after(createNetwork('n'), ...run('c1', on('n')));
    expect(scene.fact('SandboxCreated').dnsPorts).toEqual({
      tcp: expect.any(Number),
      udp: expect.any(Number),
    });
    const late = after(createNetwork('n'), ...run('c1'), connectContainer('n', 'c1'));
    expect(late.fact('EndpointJoined').dnsPorts).toBeDefined();
  });
});

describe('modes', () => {
  test('in host mode it has no sandbox of its own, no address and no interface', () => {
    const scene = after(...run('c1', on('host'))).thenFacts(
      'EndpointCreated',
      'EndpointJoined',
      'ContainerStarted',
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({ ipv4: '', mac: '' });
    expect(scene.fact('EndpointJoined')).toMatchObject({ sandboxId: 'host', veth: null });
    expect(scene.fact('ContainerStarted').sandboxId).toBe('host');
    expect(containerOf(scene, 'c1').spec.hostname).toBe('h1');
  });

  test('in none mode it has a sandbox without an interface', () => {
    const scene = after(...run('c1', on('none')));
    expect(scene.fact('EndpointJoined')).toMatchObject({ interfaceName: '', veth: null });
    expect(scene.fact('SandboxCreated').dnsPorts).toBeNull();
  });

  test('in container mode it shares the sandbox of its target', () => {
    const base = after(...run('base'));
    const scene = base
      .when(createContainer('side', { networkMode: 'container:base', tty: true }))
      .when(startContainer('side'))
      .thenFacts('ContainerStarted');
    expect(scene.fact('ContainerStarted').sandboxId).toBe(base.fact('SandboxCreated').sandboxId);
    expect(containerOf(scene, 'side').spec.networkMode).toBe(
      `container:${containerOf(scene, 'base').id}`,
    );
  });

  test('the joined sandbox goes with its owner, and a new one is joined at a restart only', () => {
    const scene = after(
      ...run('base'),
      ...run('side', on('container:base')),
      stopContainer('base'),
      startContainer('base'),
    );
    const host = scene.lab.hosts.get('h1');
    expect(host?.sandboxes.has(containerOf(scene, 'side').sandboxId ?? '')).toBe(false);
    const again = scene.when({
      type: 'RestartContainer',
      host: 'h1',
      container: 'side',
      timeoutSeconds: 0,
    });
    expect(containerOf(again, 'side').sandboxId).toBe(containerOf(again, 'base').sandboxId);
  });

  test('the target must exist, run and be another one', () => {
    after(...run('side', on('container:nosuch'))).thenRefused(
      'notFound',
      'No such container: nosuch',
    );
    after(...run('selfie', on('container:selfie'))).thenRefused(
      'internal',
      'cannot join own network',
    );
    const scene = after(createContainer('base'), ...run('side', on('container:base')));
    scene.thenRefused(
      'conflict',
      `cannot join network of a non running container: ${containerOf(scene, 'base').id}`,
    );
  });

  test('a config-only network takes no container', () => {
    after(
      createNetwork('conf', { configOnly: true }),
      ...run('c1', on('conf')),
    ).thenRefused('forbidden', 'cannot create endpoint on configuration-only network');
  });
});

describe('programs', () => {
  test('one that the image does not have is refused, exit code 127', () => {
    const scene = after(createContainer('x1', { command: ['nosuchcmd'] }), startContainer('x1'));
    scene.thenRefused(
      'invalidParameter',
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to ' +
        'start container process: exec: "nosuchcmd": executable file not found in $PATH: unknown',
    );
    expect(containerOf(scene, 'x1')).toMatchObject({ status: 'created', exitCode: 127 });
  });

  test('a path that the image does not have is refused as such', () => {
    after(
      createContainer('x1', { command: ['/no/such'] }),
      startContainer('x1'),
    ).thenRefused('invalidParameter', /exec: "\/no\/such": stat \/no\/such: no such file or dir/);
  });

  test('what was set up is undone, but for the interface indexes', () => {
    const before = after();
    const scene = after(createContainer('x1', { command: ['nosuchcmd'] }), startContainer('x1'));
    const host = scene.lab.hosts.get('h1');
    expect(host?.endpoints.size).toBe(0);
    expect(host?.sandboxes.size).toBe(0);
    const index = before.lab.hosts.get('h1')?.nextInterfaceIndex ?? 0;
    expect(host?.nextInterfaceIndex).toBe(index + 2);
    expect(addressOf(scene.when(createContainer('c2', { tty: true })).when(startContainer('c2')), 'c2')).toBe(
      '172.17.0.2/16',
    );
  });

  test('a start that fails removes what was to be removed at its end', () => {
    const scene = after(
      createContainer('x1', { command: ['nosuchcmd'], autoRemove: true }),
      startContainer('x1'),
    );
    expect(scene.lab.hosts.get('h1')?.containers.size).toBe(0);
  });
});

describe('links on the default bridge', () => {
  const links = (text: string): Changes => ({ links: [text] });

  test('put the target on the hosts file, and follow its address', () => {
    const scene = after(...run('db'), ...run('app', links('db:database')));
    const { spec, id } = containerOf(scene, 'db');
    expect(spec.hostname).toBe(id.slice(0, 12));
    expect(containerOf(scene, 'app').links).toMatchObject([
      { ipv4: '172.17.0.2', hostNames: `database ${spec.hostname} db` },
    ]);
    const moved = scene
      .when(stopContainer('db'))
      .when(createContainer('thief', { tty: true }))
      .when(startContainer('thief'))
      .when(startContainer('db'));
    expect(containerOf(moved, 'app').links[0]?.ipv4).toBe('172.17.0.4');
  });

  test('a target on another network is refused at start, and uses up two indexes', () => {
    const scene = after(
      createNetwork('n'),
      ...run('db', on('n')),
      createContainer('app', { ...links('db'), tty: true }),
    );
    const index = scene.lab.hosts.get('h1')?.nextInterfaceIndex ?? 0;
    const failed = scene.when(startContainer('app'));
    failed.thenRefused(
      'internal',
      'Cannot link to /db, as it does not belong to the default network',
    );
    expect(failed.lab.hosts.get('h1')?.nextInterfaceIndex).toBe(index + 2);
  });

  test('a target that does not run is refused, also after it was removed', () => {
    const scene = after(...run('db'), ...run('app', links('db:dbalias')), stopContainer('db'));
    scene
      .when(createContainer('app2', { ...links('db'), tty: true }))
      .when(startContainer('app2'))
      .thenRefused('internal', 'Cannot link to a non running container: /db AS /app2/db');
    scene
      .when(removeContainer('db'))
      .when({ type: 'RestartContainer', host: 'h1', container: 'app', timeoutSeconds: 0 })
      .thenRefused(
        'internal',
        'Cannot restart container app: Cannot link to a non running container: ' +
          '/db AS /app/dbalias',
      );
  });
});

describe('starting again', () => {
  test('a running container is already started', () => {
    after(...run('c1'), startContainer('c1')).thenRefused(
      'notModified',
      'Container is already started',
    );
  });

  test('a paused container is to be unpaused', () => {
    after(
      ...run('c1'),
      { type: 'PauseContainer', host: 'h1', container: 'c1' },
      startContainer('c1'),
    ).thenRefused('conflict', 'cannot start a paused container, try unpause instead');
  });

  test('an unknown container is not found', () => {
    after(startContainer('nosuch')).thenRefused('notFound', 'No such container: nosuch');
    after(startContainer('')).thenRefused(
      'invalidParameter',
      'invalid name or ID supplied: ""',
    );
  });
});
