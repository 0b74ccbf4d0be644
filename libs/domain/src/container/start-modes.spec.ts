import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  endpointsIn,
  hostIn,
  labAfter,
  removeContainer,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type Changes = NonNullable<Parameters<typeof createContainer>[1]>;

const addressOf = (scene: Scene, name: string): string | undefined =>
  Object.values(endpointsIn(scene, name))[0]?.ipv4;

describe('modes', () => {
  test('in host mode it has no sandbox of its own, no address and no interface', () => {
    const scene = labAfter(...run('c1', { networkMode: 'host' })).thenFacts(
      'EndpointCreated',
      'EndpointJoined',
      'ContainerStarted',
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({ ipv4: '', mac: '' });
    expect(scene.fact('EndpointJoined')).toMatchObject({ sandboxId: 'host', veth: null });
    expect(scene.fact('ContainerStarted').sandboxId).toBe('host');
    expect(containerIn(scene, 'c1').spec.hostname).toBe('h1');
  });

  test('in host mode it cannot be on a bridge network too', () => {
    const scene = labAfter(
      createContainer('hm', { networkMode: 'host', tty: true }),
      connectContainer('later', 'hm'),
      createNetwork('later'),
      startContainer('hm'),
    );
    const index = hostIn(scene).networks.get(hostIn(scene).networkNames.get('later') ?? '')?.bridge;
    scene.thenRefused(
      'internal',
      new RegExp(
        '^failed to add interface (veth[0-9a-f]{7}) to sandbox: error setting interface "\\1" IP ' +
          'to 172\\.18\\.0\\.2/16: cannot program address 172\\.18\\.0\\.2/16 in sandbox ' +
          'interface because it conflicts with existing route \\{Ifindex: ' +
          `${index?.interfaceIndex} Dst: 172\\.18\\.0\\.0/16 Src: 172\\.18\\.0\\.1 Gw: <nil> ` +
          'Flags: \\[\\] Table: 254 Realm: 0\\}$',
      ),
    );
    expect(hostIn(scene).endpoints.size).toBe(0);
  });

  test('in host mode beside macvlan is not simulated', () => {
    const options = { parent: 'eth0' };
    const ipam = [
      { subnet: '192.168.50.0/24', ipRange: '', gateway: '192.168.50.1', auxAddresses: {} },
    ];
    labAfter(
      createContainer('hm', { networkMode: 'host', tty: true }),
      connectContainer('mv', 'hm'),
      createNetwork('mv', { driver: 'macvlan', options, ipam }),
      startContainer('hm'),
    ).thenRefused(
      'notImplemented',
      'a container in host mode on a network of driver `macvlan` is not simulated',
    );
  });

  test('in none mode it has a sandbox without an interface', () => {
    const scene = labAfter(...run('c1', { networkMode: 'none' }));
    expect(scene.fact('EndpointJoined')).toMatchObject({ interfaceName: '', veth: null });
    expect(scene.fact('SandboxCreated').dnsPorts).toBeNull();
  });

  test('in container mode it shares the sandbox of its target', () => {
    const base = labAfter(...run('base'));
    const scene = base
      .when(createContainer('side', { networkMode: 'container:base', tty: true }))
      .when(startContainer('side'))
      .thenFacts('ContainerStarted');
    expect(scene.fact('ContainerStarted').sandboxId).toBe(base.fact('SandboxCreated').sandboxId);
    expect(containerIn(scene, 'side').spec.networkMode).toBe(
      `container:${containerIn(scene, 'base').id}`,
    );
  });

  test('the joined sandbox outlives its owner, and a new one is joined at a restart only', () => {
    const scene = labAfter(
      ...run('base'),
      ...run('side', { networkMode: 'container:base' }),
      stopContainer('base'),
      startContainer('base'),
    );
    const left = containerIn(scene, 'side').sandboxId ?? '';
    expect(hostIn(scene).sandboxes.get(left)?.endpointIds).toEqual([]);
    expect(containerIn(scene, 'base').sandboxId).not.toBe(left);
    const again = scene.when({
      type: 'RestartContainer',
      host: 'h1',
      container: 'side',
      timeoutSeconds: 0,
    });
    expect(containerIn(again, 'side').sandboxId).toBe(containerIn(again, 'base').sandboxId);
    expect(hostIn(again).sandboxes.has(left)).toBe(false);
  });

  test('a joined sandbox goes with the last one in it', () => {
    const scene = labAfter(
      ...run('base'),
      ...run('side', { networkMode: 'container:base' }),
      stopContainer('base'),
    );
    expect(hostIn(scene).sandboxes.size).toBe(1);
    expect(hostIn(scene.when(stopContainer('side'))).sandboxes.size).toBe(0);
  });

  test('the target must exist, run and be another one', () => {
    labAfter(...run('side', { networkMode: 'container:nosuch' })).thenRefused(
      'notFound',
      'No such container: nosuch',
    );
    labAfter(...run('selfie', { networkMode: 'container:selfie' })).thenRefused(
      'internal',
      'cannot join own network',
    );
    const scene = labAfter(
      createContainer('base'),
      ...run('side', { networkMode: 'container:base' }),
    );
    scene.thenRefused(
      'conflict',
      `cannot join network of a non running container: ${containerIn(scene, 'base').id}`,
    );
  });

  test('a config-only network takes no container', () => {
    labAfter(
      createNetwork('conf', { configOnly: true }),
      ...run('c1', { networkMode: 'conf' }),
    ).thenRefused('forbidden', 'cannot create endpoint on configuration-only network');
  });
});

describe('programs', () => {
  test('one that the image does not have is refused, exit code 127', () => {
    const scene = labAfter(createContainer('x1', { command: ['nosuchcmd'] }), startContainer('x1'));
    scene.thenRefused(
      'invalidParameter',
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to ' +
        'start container process: exec: "nosuchcmd": executable file not found in $PATH: unknown',
    );
    expect(containerIn(scene, 'x1')).toMatchObject({ status: 'created', exitCode: 127 });
  });

  test('a path that the image does not have is refused as such', () => {
    labAfter(createContainer('x1', { command: ['/no/such'] }), startContainer('x1')).thenRefused(
      'invalidParameter',
      /exec: "\/no\/such": stat \/no\/such: no such file or dir/,
    );
  });

  test('what was set up is undone, but for the interface indexes', () => {
    const before = labAfter();
    const scene = labAfter(createContainer('x1', { command: ['nosuchcmd'] }), startContainer('x1'));
    const host = hostIn(scene);
    expect(host.endpoints.size).toBe(0);
    expect(host.sandboxes.size).toBe(0);
    const index = hostIn(before).nextInterfaceIndex;
    expect(host.nextInterfaceIndex).toBe(index + 2);
    expect(
      addressOf(scene.when(createContainer('c2', { tty: true })).when(startContainer('c2')), 'c2'),
    ).toBe('172.17.0.2/16');
  });

  test('a start that fails removes what was to be removed at its end', () => {
    const scene = labAfter(
      createContainer('x1', { command: ['nosuchcmd'], autoRemove: true }),
      startContainer('x1'),
    );
    expect(hostIn(scene).containers.size).toBe(0);
  });
});

describe('links on the default bridge', () => {
  const links = (text: string): Changes => ({ links: [text] });

  test('put the target on the hosts file, and follow its address', () => {
    const scene = labAfter(...run('db'), ...run('app', links('db:database')));
    const { spec, id } = containerIn(scene, 'db');
    expect(spec.hostname).toBe(id.slice(0, 12));
    expect(containerIn(scene, 'app').links).toMatchObject([
      { ipv4: '172.17.0.2', hostNames: `database ${spec.hostname} db` },
    ]);
    const moved = scene
      .when(stopContainer('db'))
      .when(createContainer('thief', { tty: true }))
      .when(startContainer('thief'))
      .when(startContainer('db'));
    expect(containerIn(moved, 'app').links[0]?.ipv4).toBe('172.17.0.4');
  });

  test('without an alias none is made', () => {
    const scene = labAfter(
      createNetwork('n'),
      ...run('db', { networkMode: 'n' }),
      ...run('c1', links('db:')),
    );
    expect(containerIn(scene.thenAccepted(), 'c1').links).toEqual([]);
  });

  test('a target on another network is refused at start, and uses up two indexes', () => {
    const scene = labAfter(
      createNetwork('n'),
      ...run('db', { networkMode: 'n' }),
      createContainer('app', { ...links('db'), tty: true }),
    );
    const index = hostIn(scene).nextInterfaceIndex;
    const failed = scene.when(startContainer('app'));
    failed.thenRefused(
      'internal',
      'Cannot link to /db, as it does not belong to the default network',
    );
    expect(hostIn(failed).nextInterfaceIndex).toBe(index + 2);
  });

  test('a target that does not run is refused, also after it was removed', () => {
    const scene = labAfter(...run('db'), ...run('app', links('db:dbalias')), stopContainer('db'));
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
    labAfter(...run('c1'), startContainer('c1')).thenRefused(
      'notModified',
      'Container is already started',
    );
  });

  test('a paused container is to be unpaused', () => {
    labAfter(
      ...run('c1'),
      { type: 'PauseContainer', host: 'h1', container: 'c1' },
      startContainer('c1'),
    ).thenRefused('conflict', 'cannot start a paused container, try unpause instead');
  });

  test('an unknown container is not found', () => {
    labAfter(startContainer('nosuch')).thenRefused('notFound', 'No such container: nosuch');
    labAfter(startContainer('')).thenRefused('invalidParameter', 'invalid name or ID supplied: ""');
  });
});
