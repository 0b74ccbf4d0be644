import type { ImageCatalogue } from '@netfold/contracts';
import {
  containerIn,
  createContainer,
  createLab,
  createNetwork,
  endpointSpec,
  given,
  hostIn,
  labAfter,
  run,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type Changes = NonNullable<Parameters<typeof createContainer>[1]>;
const labWith = (images: ImageCatalogue) => {
  const body = createLab('h1');
  if (body.type !== 'CreateLab') throw new Error('not a lab');
  return given().when({ ...body, images });
};
const refusedFor = (changes: Changes, message: string | RegExp): void => {
  const scene = labAfter(createContainer('c1', changes));
  scene.thenRefused('invalidParameter', message);
  scene.thenFacts();
};

describe('names', () => {
  test.each(['a', 'bad name', '-x', 'ä1', ''.padEnd(3, '/')])('%j is refused', (name) => {
    labAfter(createContainer(name)).thenRefused(
      'invalidParameter',
      `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  });

  test('a name in use is refused with its holder', () => {
    const scene = labAfter(createContainer('c1'), createContainer('/c1'));
    scene.thenRefused(
      'conflict',
      `Conflict. The container name "/c1" is already in use by container ` +
        `"${containerIn(scene, 'c1').id}". You have to remove (or rename) that container to be ` +
        'able to reuse that name.',
    );
  });

  test('without one it is generated, and the embedded DNS will not answer for it', () => {
    const { name, containerId } = labAfter(createContainer('')).fact('ContainerCreated');
    expect(name).toMatch(/^[a-z]+_[a-z]+$/);
    const host = hostIn(labAfter(createContainer('')));
    expect(host.containers.get(containerId)?.hasGeneratedName).toBe(true);
  });
});

describe('options that conflict', () => {
  const conflict = (what: string): string => `conflicting options: ${what}`;

  test.each<[string, Changes, string]>([
    ['hostname', { hostname: 'x' }, 'hostname and the network mode'],
    [
      'links',
      { links: ['base'] },
      "container type network can't be used with links. This would result in undefined behavior",
    ],
    ['dns', { dns: ['1.1.1.1'] }, 'dns and the network mode'],
    ['hosts', { extraHosts: ['a:1.1.1.1'] }, 'custom host-to-IP mapping and the network mode'],
    ['a MAC', { macAddress: '02:11:22:33:44:55' }, 'mac-address and the network mode'],
    ['-P', { publishAllPorts: true }, 'port publishing and the container type network mode'],
    [
      'ports',
      { portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '9090' }] },
      'port publishing and the container type network mode',
    ],
    [
      'exposed ports',
      { exposedPorts: ['99/tcp'] },
      'port exposing and the container type network mode',
    ],
  ])('%s and container mode', (_, changes, what) => {
    refusedFor({ networkMode: 'container:base', ...changes }, conflict(what));
  });

  test('a MAC and host mode', () => {
    refusedFor(
      { networkMode: 'host', macAddress: '02:11:22:33:44:66' },
      conflict('mac-address and the network mode'),
    );
  });

  test('links and host mode', () => {
    refusedFor(
      { networkMode: 'host', links: ['app'] },
      conflict(
        "host type networking can't be used with links. This would result in undefined behavior",
      ),
    );
  });

  test('a hostname and the UTS mode of the host', () => {
    const passThrough = { config: {}, hostConfig: { UTSMode: 'host' } };
    refusedFor({ hostname: 'x', passThrough }, conflict('hostname and the UTS mode'));
  });
});

describe('specifications that are refused', () => {
  const binding = (containerPort: string, hostPort: string): Changes => ({
    portBindings: [{ containerPort, hostIp: '', hostPort }],
  });

  const passed = (hostConfig: Record<string, unknown>): Changes => ({
    passThrough: { config: {}, hostConfig },
  });

  test.each<[string, Changes, string]>([
    [
      'container mode without a name',
      { networkMode: 'container:' },
      'Invalid network mode: invalid container format container:<name|id>',
    ],
    [
      'a relative working directory',
      { workingDir: 'x' },
      "the working directory 'x' is invalid, it needs to be an absolute path",
    ],
    ['an unknown stop signal', { stopSignal: 'SIGFOO' }, 'Invalid signal: SIGFOO'],
    [
      'an isolation of another system',
      passed({ Isolation: 'hyperv' }),
      `Invalid isolation: "hyperv" - linux only supports 'default'`,
    ],
    [
      'a capability to add that is none',
      passed({ CapAdd: ['net_admin', 'FOO'] }),
      'invalid CapAdd: unknown capability: "CAP_FOO"',
    ],
    [
      'a capability to drop that is none',
      passed({ CapAdd: ['ALL'], CapDrop: ['CAP_FOO'] }),
      'invalid CapDrop: unknown capability: "CAP_FOO"',
    ],
    ['an unknown runtime', passed({ Runtime: 'foo' }), 'Unknown runtime specified foo'],
    ['an unnamed variable', { environment: ['=foo'] }, 'invalid environment variable: =foo'],
    [
      'removal and a restart policy',
      { autoRemove: true, restartPolicy: { name: 'always', maximumRetryCount: 0 } },
      "can't create 'AutoRemove' container with restart policy",
    ],
    ['a host without address', { extraHosts: ['bad'] }, 'bad format for add-host: "bad"'],
    [
      'a host with a bad address',
      { extraHosts: ['x:notip'] },
      'invalid IP address in add-host: "notip"',
    ],
    ['a bad container port', binding('abc/tcp', ''), 'invalid port specification: "abc"'],
    ['a container port too high', binding('65536/tcp', ''), 'invalid port specification: "65536"'],
    ['a bad host port', binding('80/tcp', '99999'), 'invalid port specification: "99999"'],
    [
      'an unknown restart policy',
      { restartPolicy: { name: 'foo', maximumRetryCount: 0 } },
      "invalid restart policy 'foo'",
    ],
    [
      'a count with a policy that counts not',
      { restartPolicy: { name: 'always', maximumRetryCount: 3 } },
      "maximum retry count cannot be used with restart policy 'always'",
    ],
    [
      'a negative count',
      { restartPolicy: { name: 'on-failure', maximumRetryCount: -1 } },
      'maximum retry count cannot be negative',
    ],
    [
      'two networks',
      { networkMode: 'n1', endpoints: { n1: endpointSpec(), n2: endpointSpec() } },
      'Container cannot be connected to network endpoints: n1, n2',
    ],
    [
      'a bad address',
      { networkMode: 'n', endpoints: { n: endpointSpec({ ipv4Address: 'bad' }) } },
      'invalid IPv4 address: bad',
    ],
    [
      'a bad IPv6 address',
      { networkMode: 'n', endpoints: { n: endpointSpec({ ipv6Address: '10.0.0.1' }) } },
      'invalid IPv6 address: 10.0.0.1',
    ],
    [
      'a link to nobody',
      { links: ['nosuch'] },
      'could not get container for nosuch: No such container: nosuch',
    ],
    ['a link of three parts', { links: ['a:b:c'] }, 'bad format for links: a:b:c'],
    [
      'a link to no name',
      { links: [':x'] },
      'could not get container for : invalid name or ID supplied: ""',
    ],
    ['an empty link', { links: [''] }, 'empty string specified for links'],
    [
      'an upper-case image',
      { image: 'Nginx' },
      'invalid reference format: repository name must be lowercase',
    ],
    ['no image reference', { image: 'a b' }, 'invalid reference format'],
  ])('%s', (_, changes, message) => {
    refusedFor(changes, message);
  });

  test('a link to a container in host mode', () => {
    labAfter(
      ...run('web', { networkMode: 'host' }),
      createContainer('c1', { links: ['web'] }),
    ).thenRefused(
      'invalidParameter',
      "conflicting options: host type networking can't be used with links. " +
        'This would result in undefined behavior',
    );
  });

  test('a link into a circle of container modes', () => {
    labAfter(
      createContainer('selfie', { networkMode: 'container:selfie' }),
      createContainer('c1', { links: ['selfie'] }),
    ).thenRefused('invalidParameter', /`selfie` shares its own network by container mode/);
  });

  test('an image that does not exist', () => {
    labAfter(createContainer('c1', { image: 'nosuch' })).thenRefused(
      'notFound',
      'No such image: nosuch:latest',
    );
  });

  test('an image without a command', () => {
    const images = { empty: { cmd: [], expose: [], listens: [] } };
    labWith(images)
      .when(createContainer('c1', { image: 'empty' }))
      .thenRefused('invalidParameter', 'No command specified');
  });

  test('a given catalogue is the whole registry', () => {
    const lab = labWith({ web: { cmd: ['httpd'], expose: ['80/tcp'], listens: [] } });
    lab
      .when(createContainer('c1', { image: 'nginx' }))
      .thenRefused('notFound', 'No such image: nginx:latest');
    lab.when(createContainer('c1', { image: 'web' })).thenAccepted();
    lab
      .when(createContainer('c1', { image: 'web:2' }))
      .thenRefused('notFound', 'No such image: web:2');
  });

  test('one host holds so many containers', () => {
    const full = Array.from({ length: 2_000 }, () => createContainer(''));
    const scene = labAfter({ type: 'ApplyBatch', commands: full }).thenAccepted();
    scene
      .when(createContainer('c1'))
      .thenRefused('unavailable', 'the lab has reached its limit of 2000 containers on a host');
  });
});

describe('what the engine fills in', () => {
  test('comes from the image where the user said nothing', () => {
    const { spec } = containerIn(
      labAfter(createContainer('c1', { image: 'nginx', environment: ['A=1', 'PATH=/x'] })),
      'c1',
    );
    expect(spec).toMatchObject({
      command: ['nginx', '-g', 'daemon off;'],
      entrypoint: ['/docker-entrypoint.sh'],
      environment: ['A=1', 'PATH=/x'],
      exposedPorts: ['80/tcp'],
      stopSignal: 'SIGQUIT',
      networkMode: 'default',
    });
  });

  test('an entrypoint of the user drops the command of the image', () => {
    const { spec } = containerIn(
      labAfter(createContainer('c1', { image: 'nginx', entrypoint: ['sleep', '5'] })),
      'c1',
    );
    expect(spec).toMatchObject({ command: [], entrypoint: ['sleep', '5'] });
  });

  test('the network is kept by its name, also when its id was given', () => {
    const made = labAfter(createNetwork('web'));
    const id = hostIn(made).networkNames.get('web') ?? '';
    const scene = made.when(
      createContainer('c1', {
        networkMode: id,
        endpoints: { [id]: endpointSpec({ aliases: ['x'] }) },
      }),
    );
    const { attachments } = containerIn(scene, 'c1');
    expect([...attachments.keys()]).toEqual(['web']);
    expect(attachments.get('web')?.endpoint.aliases).toEqual(['x']);
  });

  test('a published port is exposed', () => {
    const portBindings = [{ containerPort: '8443/tcp', hostIp: '', hostPort: '' }];
    const { spec } = containerIn(labAfter(createContainer('c1', { portBindings })), 'c1');
    expect(spec.exposedPorts).toEqual(['8443/tcp']);
  });
});
