import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskLabId, EngineDesk } from './engine-desk.ts';

let desk: EngineDesk;

beforeEach(async () => {
  desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
});
afterEach(() => desk.close());

const query = (filters: Readonly<Record<string, readonly string[]>>): string =>
  `filters=${encodeURIComponent(JSON.stringify(filters))}`;

describe('docker ps', () => {
  const listed = async (
    filters: Readonly<Record<string, readonly string[]>>,
  ): Promise<string[]> => {
    const path = `/containers/json?all=1&${query(filters)}`;
    const rows = (await desk.json(200, 'GET', path)) as { readonly Names: readonly string[] }[];
    return rows.map(({ Names }) => Names.join(' '));
  };

  it('finds by a volume, its place or a path outside, and by health', async () => {
    await desk.run('c1', { HostConfig: { Binds: ['v1:/data', '/srv:/mnt'] } });
    await desk.run('c2');
    expect(await listed({ volume: ['v1'] })).toEqual(['/c1']);
    expect(await listed({ volume: ['/data'] })).toEqual(['/c1']);
    expect(await listed({ volume: ['/srv'] })).toEqual(['/c1']);
    expect(await listed({ volume: ['v2'] })).toEqual([]);
    expect(await listed({ health: ['healthy'] })).toEqual([]);
    expect(await listed({ health: ['none'] })).toEqual(['/c2', '/c1']);
  });

  // Recorded with an engine 20.10.
  it('finds by a range of published ports, and knows no tasks', async () => {
    const PortBindings = { '80/tcp': [{ HostIp: '', HostPort: '7001' }] };
    await desk.run('c1', { HostConfig: { PortBindings } });
    expect(await listed({ publish: ['7000-7002'] })).toEqual(['/c1']);
    expect(await listed({ publish: ['7001/tcp'] })).toEqual(['/c1']);
    expect(await listed({ publish: ['7001/udp'] })).toEqual([]);
    expect(await listed({ publish: ['7002-7003'] })).toEqual([]);
    expect(await listed({ 'is-task': ['true'] })).toEqual([]);
    expect(await listed({ 'is-task': ['false'] })).toEqual(['/c1']);
  });

  it('has the names of links in their order, and takes them for a container', async () => {
    await desk.run('db');
    await desk.run('app', { HostConfig: { Links: ['db:database'] } });
    expect(await listed({ name: ['^/db$'] })).toEqual(['/app/database /db']);
    expect(await desk.refused('GET', '/containers/app/nosuch/json')).toEqual([
      404,
      'No such container: app/nosuch',
    ]);
    await desk.json(204, 'DELETE', '/containers/db?force=1');
    expect(await desk.refused('DELETE', '/containers/app/database?link=1')).toEqual([
      404,
      'No such container: app/database',
    ]);
  });
});

it('a network with containers dangles in a list all the same', async () => {
  await desk.json(201, 'POST', '/networks/create', { Name: 'red' });
  await desk.run('c1', { HostConfig: { NetworkMode: 'red' } });
  const listed = async (dangling: string): Promise<string[]> => {
    const rows = await desk.json(200, 'GET', `/networks?${query({ dangling: [dangling] })}`);
    return (rows as { readonly Name: string }[]).map(({ Name }) => Name).toSorted();
  };
  expect(await listed('true')).toEqual(['red']);
  expect(await listed('false')).toEqual(['bridge', 'host', 'none']);
});

describe('docker images', () => {
  it('shows the tags that were asked for, and knows five filters', async () => {
    await desk.json(201, 'POST', '/images/alpine/tag?repo=lab/alpine&tag=v1');
    const path = `/images/json?${query({ reference: ['lab/alpine'] })}`;
    expect(await desk.json(200, 'GET', path)).toMatchObject([{ RepoTags: ['lab/alpine:v1'] }]);
    expect(await desk.refused('GET', `/images/json?${query({ bad: ['x'] })}`)).toEqual([
      400,
      "Invalid filter 'bad'",
    ]);
  });
});

describe('docker events', () => {
  const told = async (filters: Readonly<Record<string, readonly string[]>>): Promise<string[]> => {
    const until = Date.now() / 1000 + 0.3;
    const { text } = await desk.ask('GET', `/events?since=1&until=${until}&${query(filters)}`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { Type: string; Action: string })
      .map(({ Type, Action }) => `${Type} ${Action}`);
  };

  // Recorded with an engine 20.10.
  it('tell a stop at once with both signals, and a restart between its networks', async () => {
    await desk.run('c1');
    await desk.json(204, 'POST', '/containers/c1/restart?t=0');
    const actions = await told({ event: ['kill', 'die', 'stop', 'connect', 'disconnect'] });
    expect(actions).toEqual([
      'network connect',
      'container kill',
      'container kill',
      'container die',
      'network disconnect',
      'container stop',
      'network connect',
    ]);
  });

  it('are chosen as the engine does: by the beginning of a name, whatever has it', async () => {
    await desk.run('c1');
    await desk.exec('c1', ['true']);
    await desk.json(204, 'POST', '/containers/c1/stop?t=1');
    const all = [
      'container create',
      'container start',
      'container exec_create: true ',
      'container exec_start: true ',
      'container exec_die',
      'container kill',
      // Process 1 does not heed SIGTERM.
      'container kill',
      'container die',
      'container stop',
    ];
    expect(await told({ container: ['c'] })).toEqual(all);
    expect(await told({ network: ['c1'] })).toEqual(all);
    expect(await told({ bogus: ['x'], type: ['container'] })).toEqual(all);
    expect(await told({ node: ['x'] })).toEqual([]);
    expect(await told({ image: ['alpine'], event: ['die'] })).toEqual(['container die']);
  });
});

it('inspect has the mounts that were asked for, and as much swap as memory', async () => {
  const Mounts = [{ Type: 'volume', Source: 'v3', Target: '/v3' }];
  const HostConfig = { Mounts, Tmpfs: { '/t': '' }, Memory: 67_108_864, Sysctls: { 'net.a': '1' } };
  await desk.run('c1', { HostConfig });
  const shown = { ...HostConfig, MemorySwap: 134_217_728 };
  expect(await desk.json(200, 'GET', '/containers/c1/json')).toMatchObject({ HostConfig: shown });
  await desk.run('c2');
  const plain = await desk.json(200, 'GET', '/containers/c2/json');
  for (const name of ['Mounts', 'Tmpfs', 'Sysctls', 'StorageOpt', 'Init']) {
    expect(plain).not.toHaveProperty(['HostConfig', name]);
  }
});
