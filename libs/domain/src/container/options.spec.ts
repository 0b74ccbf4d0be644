import type { ContainerSpec, RefusalClass, SingleCommand } from '@netfold/contracts';
import { createContainer, labAfter, run, startContainer } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

type Options = Readonly<Record<string, unknown>>;

const withOptions = (hostConfig: Options): Partial<ContainerSpec> => ({
  passThrough: { config: {}, hostConfig },
});

const runc = 'failed to create shim task: OCI runtime create failed: runc create failed: ';
const inInit = 'unable to start container process: error during container init: ';

describe('an option that the engine refuses as it makes the container', () => {
  test.each<[Options, RefusalClass, string]>([
    [{ ShmSize: -1 }, 'invalidParameter', 'SHM size can not be less than 0'],
    [
      { OomScoreAdj: 2_000 },
      'invalidParameter',
      'Invalid value 2000, range for oom score adj is [-1000, 1000]',
    ],
    [
      { CpusetCpus: '99' },
      'invalidParameter',
      'Requested CPUs are not available - requested 99, available: 0-1',
    ],
    [
      { CpusetCpus: '0-' },
      'invalidParameter',
      'Invalid value 0- for cpuset cpus: invalid format: 0-',
    ],
    [
      { CpusetMems: '9' },
      'invalidParameter',
      'Requested memory nodes are not available - requested 9, available: 0',
    ],
    [{ CgroupnsMode: 'foo' }, 'invalidParameter', 'invalid cgroup namespace mode: foo'],
    [
      { Tmpfs: { relative: '' } },
      'invalidParameter',
      "invalid mount path: 'relative' mount path must be absolute",
    ],
    [{ PidMode: 'container:nosuch' }, 'invalidParameter', 'No such container: nosuch'],
    [{ IpcMode: 'container:nosuch' }, 'invalidParameter', 'No such container: nosuch'],
    [{ SecurityOpt: ['foo'] }, 'internal', 'invalid --security-opt 1: "foo"'],
    [
      { SecurityOpt: ['no-new-privileges=foo'] },
      'internal',
      'invalid --security-opt 2: "no-new-privileges=foo"',
    ],
    [{ StorageOpt: { foo: '1' } }, 'internal', 'Unknown option foo'],
    [
      { StorageOpt: { size: '1G' } },
      'internal',
      "--storage-opt is supported only for overlay over xfs with 'pquota' mount option",
    ],
  ])('%j', (options, kind, message) => {
    labAfter()
      .when(createContainer('c1', withOptions(options)))
      .thenRefused(kind, message);
  });

  test('is a working directory that is a file', () => {
    labAfter()
      .when(createContainer('c1', { workingDir: '/etc/passwd' }))
      .thenRefused('internal', 'Cannot mkdir: /etc/passwd is not a directory');
  });

  test('is not one that it only warns of', () => {
    const made = labAfter().when(
      createContainer('c1', withOptions({ OomKillDisable: true, KernelMemory: 52_428_800 })),
    );
    expect(made.thenAnswer().warnings).toEqual([
      'Specifying a kernel memory limit is deprecated and will be removed in a future release.',
      'OOM killer is disabled for the container, but no memory limit is set, ' +
        'this can result in the system running out of resources.',
    ]);
  });
});

describe('a log driver', () => {
  const logging = (Type: string, Config: Readonly<Record<string, string>> = {}) =>
    withOptions({ LogConfig: { Type, Config } });

  test.each([
    ['nosuch', {}, 'error looking up logging plugin nosuch: plugin "nosuch" not found'],
    ['json-file', { foo: '1' }, "unknown log opt 'foo' for json-file log driver"],
    ['local', { foo: '1' }, "unknown log opt 'foo' for log driver local"],
    ['json-file', { mode: 'foo' }, 'logger: logging mode not supported: foo'],
    [
      'json-file',
      { 'max-buffer-size': '1m' },
      "logger: max-buffer-size option is only supported with 'mode=non-blocking'",
    ],
    ['gelf', {}, 'gelf-address is a required parameter'],
  ])('%s with %j is refused as the container is made', (type, options, message) => {
    labAfter()
      .when(createContainer('c1', logging(type, options)))
      .thenRefused('invalidParameter', message);
  });

  test.each([
    ['syslog', {}, 'Unix syslog delivery error'],
    ['journald', {}, 'journald is not enabled on this host'],
    ['json-file', { 'max-size': 'foo' }, "invalid size: 'foo'"],
    ['json-file', { 'max-file': '0' }, 'max-file cannot be less than 1'],
    ['local', { 'max-file': 'x' }, 'strconv.Atoi: parsing "x": invalid syntax'],
    [
      'json-file',
      { compress: 'true' },
      'compress cannot be true when max-file is less than 2 or max-size is not set',
    ],
  ])('%s with %j is refused by the start', (type, options, message) => {
    labAfter(createContainer('c1', logging(type, options)))
      .when(startContainer('c1'))
      .thenRefused('internal', `failed to initialize logging driver: ${message}`);
  });

  test.each([
    ['none', { foo: '1' }],
    ['json-file', { 'max-size': '10m', 'max-file': '3', compress: 'true' }],
    ['local', {}],
  ])('%s with %j is taken', (type, options) => {
    labAfter(createContainer('c1', logging(type, options)))
      .when(startContainer('c1'))
      .thenAccepted();
  });
});

const notShared =
  /^can't join IPC of container [0-9a-f]{64}: non-shareable IPC \(hint: use IpcMode:shareable/;

describe('an option that the start is refused for', () => {
  const devices = (PathOnHost: string): Options => ({ Devices: [{ PathOnHost }] });

  test.each<[Options, string]>([
    [
      devices('/dev/nosuch'),
      'error gathering device information while adding custom device "/dev/nosuch": ' +
        'no such file or directory',
    ],
    [
      { DeviceRequests: [{ Driver: '', Count: -1, Capabilities: [['gpu']] }] },
      'could not select device driver "" with capabilities: [[gpu]]',
    ],
    [{ DeviceCgroupRules: ['foo'] }, "invalid device cgroup rule format: 'foo'"],
    [{ GroupAdd: ['nosuch'] }, 'Unable to find group nosuch: no matching entries in group file'],
    [{ IpcMode: 'foo' }, 'Invalid IPC mode: foo'],
    [{ Tmpfs: { '/d': 'foo=1' } }, 'invalid tmpfs option ["foo" "1"]'],
    [
      { Sysctls: { 'vm.swappiness': '1' } },
      `${runc}sysctl "vm.swappiness" is not in a separate kernel namespace: unknown`,
    ],
    [
      { Sysctls: { 'kernel.msgmax': '1' }, IpcMode: 'host' },
      `${runc}sysctl "kernel.msgmax" is not allowed in the hosts ipc namespace: unknown`,
    ],
    [
      { Sysctls: { 'kernel.hostname': 'a' } },
      `${runc}sysctl "kernel.hostname" is not allowed as it conflicts with the OCI "hostname" ` +
        'field: unknown',
    ],
    [
      { Ulimits: [{ Name: 'foo', Soft: 1, Hard: 1 }] },
      `${runc}wrong rlimit value: RLIMIT_FOO: unknown`,
    ],
    [
      { Ulimits: [{ Name: 'nofile', Soft: 2, Hard: 1 }] },
      `${runc}${inInit}error setting rlimits for ready process: ` +
        'error setting rlimit type 7: invalid argument: unknown',
    ],
    [
      { CpuShares: 1 },
      `${runc}${inInit}error setting cgroup config for procHooks process: ` +
        'the minimum allowed cpu-shares is 2: unknown',
    ],
  ])('%j', (options, message) => {
    const refused = labAfter(createContainer('c1', withOptions(options))).when(
      startContainer('c1'),
    );
    refused.thenRefused('internal', message);
    expect(refused.fact('ContainerStartFailed')).toMatchObject({ error: message, exitCode: 128 });
  });

  test('is a parameter of the stack where that is the host itself', () => {
    const options = withOptions({ Sysctls: { 'net.ipv4.ip_forward': '1' } });
    labAfter(createContainer('c1', { ...options, networkMode: 'host' }))
      .when(startContainer('c1'))
      .thenRefused(
        'internal',
        `${runc}sysctl "net.ipv4.ip_forward" not allowed in host network namespace: unknown`,
      );
    labAfter(createContainer('c1', options)).when(startContainer('c1')).thenAccepted();
  });

  test('is the private memory of another container', () => {
    const joined = createContainer('c2', withOptions({ IpcMode: 'container:c1' }));
    const made = labAfter(...run('c1'), joined);
    made.when(startContainer('c2')).thenRefused('internal', notShared);
    labAfter(...run('c1', withOptions({ IpcMode: 'shareable' })), joined)
      .when(startContainer('c2'))
      .thenAccepted();
  });

  test.each([
    ['nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
    ['root:nosuch', 'unable to find group nosuch: no matching entries in group file'],
    ['99999999999', 'uids and gids must be in range 0-2147483647'],
  ])('is the user %s', (user, message) => {
    labAfter(createContainer('c1', { user }))
      .when(startContainer('c1'))
      .thenRefused('internal', message);
  });

  test.each(['root', 'www-data', '1000:1000', ''])('is not the user %j', (user) => {
    labAfter(createContainer('c1', { user })).when(startContainer('c1')).thenAccepted();
  });

  test('is a folder or a file in the place of a program', () => {
    for (const path of ['/etc', '/etc/passwd']) {
      const refused = labAfter(createContainer('c1', { entrypoint: [path] })).when(
        startContainer('c1'),
      );
      refused.thenRefused(
        'invalidParameter',
        `${runc}unable to start container process: exec: "${path}": permission denied: unknown`,
      );
      expect(refused.fact('ContainerStartFailed').exitCode).toBe(126);
    }
  });
});

describe('a container whose root is to be read only', () => {
  const note = (path: string): SingleCommand => ({
    type: 'WriteFiles',
    host: 'h1',
    container: 'c1',
    folder: path,
    keepsKinds: false,
    files: [
      {
        path: `${path}/note`,
        kind: 'file',
        mode: 0o644,
        userId: 0,
        groupId: 0,
        modifiedAt: 0,
        encoding: 'utf8',
        content: 'x',
        target: '',
      },
    ],
  });

  test('can be written where it has a tmpfs', () => {
    const Tmpfs = { '/scratch': 'size=1m', '/fixed': 'ro' };
    const made = labAfter(...run('c1', withOptions({ ReadonlyRootfs: true, Tmpfs })));
    made.when(note('/scratch')).thenFacts('FilesWritten');
    made.when(note('/etc')).thenRefused('internal', /read-only/);
    made.when(note('/fixed')).thenRefused('internal', /read-only/);
  });
});
