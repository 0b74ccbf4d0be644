import { newLab } from '@netfold/testkit';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarEntries } from '../archive/tar-reader.ts';
import type { TarEntry } from '../archive/tar-reader.ts';
import { tarOf } from '../archive/tar-writer.ts';
import { deskLabId, EngineDesk } from './engine-desk.ts';

let desk: EngineDesk;

beforeEach(async () => {
  desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
});
afterEach(() => desk.close());

type Inspected = {
  readonly Mounts: readonly Readonly<Record<string, unknown>>[];
  readonly HostConfig: Readonly<Record<string, unknown>>;
};

const inspect = async (name: string): Promise<Inspected> =>
  (await desk.json(200, 'GET', `/containers/${name}/json`)) as Inspected;

const entry = (name: string, content = 'hello\n'): TarEntry => ({
  name,
  kind: 'file',
  mode: 0o644,
  userId: 0,
  groupId: 0,
  modifiedAt: 1_000,
  content: Buffer.from(content),
  target: '',
});

const tar = { 'content-type': 'application/x-tar' };

const put = async (path: string, archive: Buffer): Promise<readonly [number, string]> => {
  const route = `/containers/c1/archive?path=${path}`;
  const { status, text } = await desk.ask('PUT', route, archive, tar);
  return [status, text];
};

const missing = (path: string): string =>
  `{"message":"Could not find the file ${path} in container c1"}\n`;

describe('a volume', () => {
  it('is made, seen and removed as the recorded engine has it', async () => {
    const made = await desk.json(201, 'POST', '/volumes/create', {
      Name: 'v2',
      Labels: { a: 'b' },
    });
    expect(made).toEqual({
      CreatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      Driver: 'local',
      Labels: { a: 'b' },
      Mountpoint: '/var/lib/docker/volumes/v2/_data',
      Name: 'v2',
      Options: null,
      Scope: 'local',
    });
    expect(await desk.json(200, 'GET', '/volumes')).toEqual({ Volumes: [made], Warnings: null });
    await desk.json(204, 'DELETE', '/volumes/v2');
    const gone = [404, 'get v2: no such volume'];
    expect(await desk.refused('GET', '/volumes/v2')).toEqual(gone);
    expect(await desk.refused('DELETE', '/volumes/v2')).toEqual(gone);
    await desk.json(204, 'DELETE', '/volumes/v2?force=1');
  });

  it.each([
    [
      { Name: 'x' },
      'create x: volume name is too short, names should be at least two alphanumeric characters',
    ],
    [{ Name: 'v4', DriverOpts: { foo: 'bar' } }, 'create v4: invalid option: "foo"'],
    [
      { Name: 3 },
      'json: cannot unmarshal number into Go struct field VolumeCreateBody.Name of type string',
    ],
  ])('is refused for %j', async (body, message) => {
    expect(await desk.refused('POST', '/volumes/create', body)).toEqual([400, message]);
  });

  it('is shown among the mounts, kept while it is used, and pruned after', async () => {
    const id = await desk.run('c1', {
      Volumes: { '/anon': {} },
      HostConfig: { Binds: ['v1:/data', '/tmp:/hosttmp:ro'] },
    });
    const { Mounts } = await inspect('c1');
    expect(Mounts.map((one) => [one['Type'], one['Destination'], one['Mode'], one['RW']])).toEqual([
      ['volume', '/anon', '', true],
      ['volume', '/data', 'z', true],
      ['bind', '/hosttmp', 'ro', false],
    ]);
    expect(await desk.refused('DELETE', '/volumes/v1')).toEqual([
      409,
      `remove v1: volume is in use - [${id}]`,
    ]);
    await desk.json(204, 'DELETE', '/containers/c1?force=1&v=1');
    const left = (await desk.json(200, 'GET', '/volumes')) as { Volumes: { Name: string }[] };
    expect(left.Volumes.map(({ Name }) => Name)).toEqual(['v1']);
    expect(await desk.json(200, 'POST', '/volumes/prune')).toEqual({
      VolumesDeleted: ['v1'],
      SpaceReclaimed: 0,
    });
  });

  it.each([
    ['v:', "invalid volume specification: 'v:'"],
    ['a:b:c:d', "invalid volume specification: 'a:b:c:d'"],
    ['v9:/d:zz', 'invalid mode: zz'],
    [
      'v9:rel',
      'invalid volume specification: \'v9:rel\': invalid mount config for type "volume": ' +
        "invalid mount path: 'rel' mount path must be absolute",
    ],
  ])('is refused as `-v %s`', async (bind, message) => {
    const body = { Image: 'alpine', HostConfig: { Binds: [bind] } };
    expect(await desk.refused('POST', '/containers/create', body)).toEqual([500, message]);
  });
});

describe('docker cp', () => {
  beforeEach(() => desk.run('c1'));

  it('brings a file in, which the container sees, and out again', async () => {
    expect(await put('/root', tarOf([entry('f.txt')]))).toEqual([200, '']);
    expect(await desk.exec('c1', ['cat', '/root/f.txt'])).toBe('hello\n');
    const head = await desk.ask('HEAD', '/containers/c1/archive?path=/root/f.txt');
    const stat = String(head.headers['x-docker-container-path-stat']);
    expect(JSON.parse(Buffer.from(stat, 'base64').toString())).toEqual({
      name: 'f.txt',
      size: 6,
      mode: 420,
      linkTarget: '',
      mtime: '1970-01-01T00:00:01Z',
    });
    const back = await desk.ask('GET', '/containers/c1/archive?path=/root');
    const names = tarEntries(Buffer.from(back.text)).map(({ name }) => name);
    expect(names).toEqual(['root/', 'root/f.txt']);
    expect(await desk.json(200, 'GET', '/containers/c1/changes')).toEqual([
      { Path: '/root', Kind: 0 },
      { Path: '/root/f.txt', Kind: 1 },
    ]);
  });

  it('is refused in the words of the recorded engine', async () => {
    const archive = tarOf([entry('f.txt')]);
    expect(await put('/nosuch', archive)).toEqual([404, missing('/nosuch')]);
    await put('/root', archive);
    const noFolder = '{"message":"extraction point is not a directory"}\n';
    expect(await put('/root/f.txt', archive)).toEqual([500, noFolder]);
    expect(await desk.refused('GET', '/containers/c1/archive')).toEqual([
      400,
      'bad parameter: pathcannot be empty',
    ]);
    expect(await desk.refused('GET', '/containers/c1/archive?path=/nosuch')).toEqual([
      404,
      'Could not find the file /nosuch in container c1',
    ]);
    expect(await put('/root', Buffer.from('garbage'))).toEqual([200, '']);
  });

  it('takes nothing that leads out of its folder, is too big, or unpacks to too much', async () => {
    const before = desk.lab.version;
    const outside = await put('/root', tarOf([entry('../etc/passwd')]));
    expect(outside[0]).toBe(500);
    expect(outside[1]).toContain('is outside of');
    const tooLong = await put('/root', tarOf([entry('big', 'x'.repeat(300_000))]));
    expect(tooLong[0]).toBe(503);
    expect(tooLong[1]).toContain('its limit of 262144 characters of a file');
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect((await put('/root', bomb))[0]).toBe(400);
    expect((await put('/root', Buffer.alloc(3 * 1024 * 1024)))[0]).toBe(400);
    const broken = tarOf([entry('f.txt')]).subarray(0, 515);
    expect(await put('/root', broken)).toEqual([500, '{"message":"unexpected EOF"}\n']);
    expect(desk.lab.version).toBe(before);
  });

  it('understands the archives of tar, and tar ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nf-tar-'));
    const long = `${'n'.repeat(120)}.txt`;
    writeFileSync(join(folder, long), 'text');
    const packed = execFileSync('tar', ['cf', '-', '-C', folder, '.']);
    const entries = tarEntries(packed);
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['./', 'directory'],
      [`./${long}`, 'file'],
    ]);
    const listed = execFileSync('tar', ['tf', '-'], { input: tarOf(entries), encoding: 'utf8' });
    expect(listed).toBe(`./\n./${long}\n`);
    rmSync(folder, { recursive: true });
  });
});

describe('docker update', () => {
  it('changes limits and the restart policy, which inspect shows', async () => {
    await desk.run('c1');
    const wish = { CpuShares: 512, RestartPolicy: { Name: 'always' } };
    const answer = await desk.json(200, 'POST', '/containers/c1/update', wish);
    expect(answer).toEqual({ Warnings: null });
    const { HostConfig } = await inspect('c1');
    expect(HostConfig).toMatchObject({
      CpuShares: 512,
      RestartPolicy: { Name: 'always', MaximumRetryCount: 0 },
    });
  });

  it('is refused in the words of the recorded engine', async () => {
    const id = await desk.run('c1');
    const refused = (body: object) => desk.refused('POST', '/containers/c1/update', body);
    expect(await refused({ Memory: 314_572_800 })).toEqual([
      409,
      `Cannot update container ${id}: Memory limit should be smaller than already set ` +
        'memoryswap limit, update the memoryswap at the same time',
    ]);
    expect(await refused({ Memory: 1 })).toEqual([400, 'Minimum memory limit allowed is 6MB']);
    expect(await refused({ NanoCpus: 900e9 })).toEqual([
      400,
      'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available',
    ]);
    expect(await desk.refused('POST', '/containers/c1/update', '')).toEqual([500, 'EOF']);
  });
});

describe('images', () => {
  type Row = { readonly RepoTags: readonly string[] };
  const tags = async (): Promise<readonly string[]> =>
    ((await desk.json(200, 'GET', '/images/json')) as Row[]).flatMap(({ RepoTags }) => RepoTags);

  it('are tagged, untagged, deleted and pulled again', async () => {
    await desk.json(201, 'POST', '/images/redis/tag?repo=r2');
    expect(await tags()).toEqual(expect.arrayContaining(['r2:latest', 'redis:latest']));
    expect(await desk.json(200, 'DELETE', '/images/redis')).toEqual([{ Untagged: 'redis:latest' }]);
    expect(await desk.json(200, 'DELETE', '/images/r2')).toEqual([
      { Untagged: 'r2:latest' },
      { Deleted: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string },
    ]);
    expect(await desk.refused('GET', '/images/redis/json')).toEqual([
      404,
      'no such image: redis: No such image: redis:latest',
    ]);
    const missingImage = await desk.refused('POST', '/containers/create', { Image: 'redis' });
    expect(missingImage).toEqual([404, 'No such image: redis:latest']);
    const pulled = await desk.ask('POST', '/images/create?fromImage=redis&tag=latest');
    expect(pulled.text).toContain('Status: Downloaded newer image for redis:latest');
    expect(await tags()).toContain('redis:latest');
  });

  it('stay while a container has them', async () => {
    const id = await desk.run('c1');
    const inUse = await desk.refused('DELETE', '/images/alpine');
    expect(inUse[0]).toBe(409);
    expect(inUse[1]).toMatch(
      new RegExp(
        '^conflict: unable to remove repository reference "alpine" \\(must force\\) - ' +
          `container ${id.slice(0, 12)} is using its referenced image [0-9a-f]{12}$`,
      ),
    );
  });

  it('run under another tag as they do under their own', async () => {
    await desk.json(201, 'POST', '/images/alpine/tag?repo=my/box&tag=1');
    await desk.run('c1', { Image: 'my/box:1' });
    expect(await desk.exec('c1', ['hostname', '-i'])).toBe('172.17.0.2\n');
  });
});

describe('docker stats', () => {
  it('gives one reading, or goes on until the client leaves', async () => {
    await desk.run('c1');
    const one = await desk.json(200, 'GET', '/containers/c1/stats?stream=0');
    expect(one).toMatchObject({ name: '/c1', pids_stats: { current: 1 }, num_procs: 0 });
    expect(one).toHaveProperty('networks.eth0.rx_bytes', 0);
    expect(await desk.refused('GET', '/containers/c1/stats?one-shot=1')).toEqual([
      400,
      'cannot have stream=true and one-shot=true',
    ]);
    await desk.json(204, 'DELETE', '/containers/c1?force=1');
    expect(await desk.refused('GET', '/containers/c1/stats')).toEqual([
      404,
      'No such container: c1',
    ]);
  });
});

it('engine events tell of volumes, images, updates and copies', async () => {
  await desk.json(201, 'POST', '/volumes/create', { Name: 'v1' });
  await desk.run('c1', { HostConfig: { Binds: ['v1:/data'] } });
  await desk.json(200, 'POST', '/containers/c1/update', { CpuShares: 5 });
  await put('/root', tarOf([entry('f')]));
  await desk.json(201, 'POST', '/images/redis/tag?repo=r2');
  await desk.json(204, 'DELETE', '/containers/c1?force=1');
  expect(await told()).toEqual([
    'volume create',
    // The container names the volume: the engine makes it once more.
    'volume create',
    'container create',
    'network connect',
    'volume mount',
    'container start',
    'container update',
    'container extract-to-dir',
    'image tag',
    'container kill',
    'container die',
    'network disconnect',
    'volume unmount',
    'container destroy',
  ]);
});

it('a restart mounts volumes before it starts, and they go before their container', async () => {
  await desk.run('c1', { HostConfig: { Mounts: [{ Type: 'volume', Target: '/anon' }] } });
  await desk.json(204, 'POST', '/containers/c1/restart');
  await desk.json(204, 'DELETE', '/containers/c1?force=1&v=1');
  await desk.json(201, 'POST', '/volumes/create', { Name: 'v1' });
  await desk.json(200, 'POST', '/volumes/prune');
  expect(await told()).toEqual([
    'volume create',
    'container create',
    'network connect',
    'volume mount',
    'container start',
    'container kill',
    'container kill',
    'container die',
    'network disconnect',
    'volume unmount',
    'container stop',
    'network connect',
    'volume mount',
    'container start',
    'container restart',
    'container kill',
    'container die',
    'network disconnect',
    'volume unmount',
    'volume destroy',
    'container destroy',
    'volume create',
    'volume prune',
  ]);
});

async function told(): Promise<readonly string[]> {
  const { text } = await desk.ask('GET', `/events?since=1&until=${Date.now() / 1000 + 0.3}`);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { Type: string; Action: string })
    .map(({ Type, Action }) => `${Type} ${Action}`);
}
