import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarOf } from '../archive/tar-writer.ts';
import { deskLabId, EngineDesk } from './engine-desk.ts';

let desk: EngineDesk;

beforeEach(async () => {
  desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
});
afterEach(() => desk.close());

type Json = Readonly<Record<string, unknown>>;

const idOf = (made: unknown): string => String((made as Json)['Id']);

const create = async (name: string, body: Json = {}): Promise<string> => {
  const whole = { Image: 'busybox', Cmd: ['sleep', '1d'], ...body };
  return idOf(await desk.json(201, 'POST', `/containers/create?name=${name}`, whole));
};

const start = (name: string): Promise<unknown> =>
  desk.json(204, 'POST', `/containers/${name}/start`);

const putFile = async (container: string, path: string, content: string): Promise<void> => {
  const archive = tarOf([
    {
      name: path,
      kind: 'file',
      mode: 0o644,
      userId: 0,
      groupId: 0,
      modifiedAt: 0,
      content: Buffer.from(content),
      target: '',
    },
  ]);
  const type = { 'content-type': 'application/x-tar' };
  await desk.ask('PUT', `/containers/${container}/archive?path=/`, archive, type);
};

const image = async (name: string): Promise<Json & { readonly Config: Json }> =>
  (await desk.json(200, 'GET', `/images/${name}/json`)) as Json & { readonly Config: Json };

describe('a container that is committed', () => {
  beforeEach(async () => {
    await create('c1', {
      Env: ['E=1'],
      Labels: { x: '1' },
      ExposedPorts: { '99/tcp': {} },
      HostConfig: { Binds: ['v1:/data'] },
    });
    await putFile('c1', 'f', 'four');
    await putFile('c1', 'data/g', 'kept apart');
  });

  it('is an image with its files and its settings', async () => {
    const path = '/commit?container=c1&repo=my&tag=1&comment=msg&author=me';
    const id = idOf(await desk.json(201, 'POST', path));
    const made = await image('my:1');
    expect(made).toMatchObject({ Id: id, Comment: 'msg', Author: 'me', RepoTags: ['my:1'] });
    expect(made.Config).toMatchObject({
      Cmd: ['sleep', '1d'],
      Labels: { x: '1' },
      ExposedPorts: { '99/tcp': {} },
    });
    const history = (await desk.json(200, 'GET', '/images/my:1/history')) as readonly Json[];
    expect(history[0]).toMatchObject({ CreatedBy: 'sleep 1d', Comment: 'msg', Size: 4, Id: id });
    expect(history.at(-1)).toMatchObject({ Comment: 'Imported from -' });
    await create('c2', { Image: 'my:1' });
    const stat = (file: string) => desk.ask('HEAD', `/containers/c2/archive?path=${file}`);
    expect((await stat('/f')).status).toBe(200);
    expect((await stat('/data/g')).status).toBe(404);
  });

  it('is changed by the instructions that a commit takes', async () => {
    const changes = ['CMD ["echo","hi"]', 'ENV A=1', 'USER 5', 'VOLUME /vv', 'HEALTHCHECK NONE'];
    const query = changes.map((one) => `&changes=${encodeURIComponent(one)}`).join('');
    await desk.json(201, 'POST', `/commit?container=c1&repo=my${query}`);
    expect((await image('my')).Config).toMatchObject({
      Cmd: ['echo', 'hi'],
      User: '5',
      Volumes: { '/vv': {} },
      Healthcheck: { Test: ['NONE'] },
    });
    expect((await image('my')).Config['Env']).toContain('A=1');
    await desk.json(201, 'POST', '/commit?container=c1&repo=other', { Cmd: ['a'], Env: ['B=2'] });
    expect((await image('other')).Config).toMatchObject({ Cmd: ['a'] });
  });

  it.each([
    ['container=nosuch', 404, 'No such container: nosuch'],
    ['container=c1&changes=FOO%20x', 400, 'foo is not a valid change command'],
    ['container=c1&changes=STOPSIGNAL%209', 400, 'stopsignal is not a valid change command'],
    ['container=c1&changes=ENV', 400, 'ENV requires at least one argument'],
    ['container=c1&changes=HEALTHCHECK%20CMD', 400, 'Missing command after HEALTHCHECK CMD'],
    ['container=c1&changes=EXPOSE%20x', 400, 'Invalid containerPort: x'],
  ])('is refused with %s', async (query, status, message) => {
    expect(await desk.refused('POST', `/commit?${query}`)).toEqual([status, message]);
  });

  it('makes another image each time, and tells so among the events', async () => {
    await start('c1');
    const ids = [
      idOf(await desk.json(201, 'POST', '/commit?container=c1&repo=my')),
      idOf(await desk.json(201, 'POST', '/commit?container=c1&repo=my')),
    ];
    expect(new Set(ids).size).toBe(2);
    const until = Math.ceil(Date.now() / 1000) + 1;
    const { text } = await desk.ask('GET', `/events?since=1&until=${until}`);
    const actions = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { Action: string; Actor: { Attributes: Json } });
    const commits = actions.filter(({ Action }) => Action === 'commit');
    expect(commits.map(({ Actor }) => Actor.Attributes['imageID'])).toEqual(ids);
    expect(actions.map(({ Action }) => Action)).toContain('unpause');
  });
});

describe('an image with a health check and volumes', () => {
  it('gives both to its containers', async () => {
    const dockerfile =
      'FROM busybox\nVOLUME /a /b\nHEALTHCHECK --interval=1s CMD echo fine\nCMD ["sleep","1d"]\n';
    const context = tarOf([
      {
        name: 'Dockerfile',
        kind: 'file',
        mode: 0o644,
        userId: 0,
        groupId: 0,
        modifiedAt: 0,
        content: Buffer.from(dockerfile),
        target: '',
      },
    ]);
    const type = { 'content-type': 'application/x-tar' };
    const built = await desk.ask('POST', '/build?t=hc', context, type);
    expect(built.text).toContain('Successfully tagged hc:latest');
    const health = { Test: ['CMD-SHELL', 'echo fine'], Interval: 1_000_000_000 };
    expect((await image('hc')).Config).toMatchObject({
      Healthcheck: health,
      Volumes: { '/a': {}, '/b': {} },
    });
    const history = (await desk.json(200, 'GET', '/images/hc/history')) as readonly Json[];
    expect(history.slice(0, 3).map(({ CreatedBy }) => CreatedBy)).toEqual([
      '/bin/sh -c #(nop)  CMD ["sleep" "1d"]',
      `/bin/sh -c #(nop)  HEALTHCHECK &{["CMD-SHELL" "echo fine"] "1s" "0s" "0s" '\\x00'}`,
      '/bin/sh -c #(nop)  VOLUME [/a /b]',
    ]);
    await create('c1', { Image: 'hc', Cmd: null, Healthcheck: { Interval: 2_000_000_000 } });
    await start('c1');
    const shown = (await desk.json(200, 'GET', '/containers/c1/json')) as {
      readonly Config: Json;
      readonly State: Json;
      readonly Mounts: readonly Json[];
    };
    expect(shown.Config['Healthcheck']).toEqual({ ...health, Interval: 2_000_000_000 });
    expect(shown.State['Health']).toEqual({ Status: 'starting', FailingStreak: 0, Log: [] });
    expect(shown.Mounts.map(({ Destination }) => Destination)).toEqual(['/a', '/b']);
    const rows = (await desk.json(200, 'GET', '/containers/json')) as readonly Json[];
    expect(rows[0]?.['Status']).toMatch(/^Up .*\(health: starting\)$/);
    const filtered = async (health: string): Promise<number> => {
      const filters = encodeURIComponent(JSON.stringify({ health: { [health]: true } }));
      const found = await desk.json(200, 'GET', `/containers/json?filters=${filters}`);
      return (found as readonly Json[]).length;
    };
    expect([await filtered('starting'), await filtered('none')]).toEqual([1, 0]);
  });
});

describe('a registry', () => {
  const lookup = (name: string): string =>
    `Get "https://${name}/v2/": dial tcp: lookup ${name} on 192.168.50.1:53: no such host`;

  it('is not there to log in to', async () => {
    const login = (serveraddress: string): Promise<readonly [number, unknown]> =>
      desk.refused('POST', '/auth', { username: 'a', password: 'b', serveraddress });
    expect(await login('https://index.docker.io/v1/')).toEqual([
      500,
      lookup('registry-1.docker.io'),
    ]);
    expect(await login('reg.example')).toEqual([500, lookup('reg.example')]);
  });

  it('takes nothing', async () => {
    const pushed = async (name: string): Promise<string> =>
      (await desk.ask('POST', `/images/${name}/push?tag=latest`)).text;
    expect(await pushed('nosuch')).toContain(
      'An image does not exist locally with the tag: nosuch',
    );
    expect(await pushed('busybox')).toContain('[docker.io/library/busybox]');
    expect(await pushed('busybox')).toContain('lookup registry-1.docker.io on 192.168.50.1:53');
  });
});
