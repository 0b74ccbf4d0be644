import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { tarOf } from '../archive/tar-writer.ts';
import { deskLabId, EngineDesk } from './engine-desk.ts';

let desk: EngineDesk;

beforeEach(async () => {
  desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
});
afterEach(() => desk.close());

type Json = Readonly<Record<string, unknown>>;

const run = async (name: string, body: Json = {}): Promise<void> => {
  const whole = { Image: 'busybox', Cmd: ['sleep', '1d'], ...body };
  await desk.json(201, 'POST', `/containers/create?name=${name}`, whole);
  await desk.json(204, 'POST', `/containers/${name}/start`);
};

describe('the list of containers', () => {
  beforeEach(() =>
    run('c1', {
      ExposedPorts: { '90/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
    }),
  );

  const filtered = (name: string, value: string): string => {
    const filters = encodeURIComponent(JSON.stringify({ [name]: { [value]: true } }));
    return `/containers/json?filters=${filters}`;
  };

  it.each([
    ['publish', '8080', 1],
    ['publish', '8000-9000', 1],
    ['publish', '8080/udp', 0],
    ['publish', '80', 0],
    ['expose', '80-100/tcp', 1],
    ['expose', '91-100', 0],
    ['is-task', 'true', 0],
    ['is-task', 'false', 1],
  ])('filtered by %s=%s has %d', async (name, value, count) => {
    expect(await desk.json(200, 'GET', filtered(name, value))).toHaveLength(count);
  });

  it.each([
    [
      'publish',
      'x',
      500,
      'error while looking up for publish x: strconv.ParseUint: parsing "x": invalid syntax',
    ],
    [
      'expose',
      '90-80',
      500,
      'error while looking up for expose 90-80: Invalid range specified for the Port: 90-80',
    ],
    ['publish', '', 500, 'error while looking up for publish : Empty string specified for ports.'],
    [
      'publish',
      '70000',
      500,
      'error while looking up for publish 70000: strconv.ParseUint: parsing "70000": ' +
        'value out of range',
    ],
    ['is-task', 'x', 400, "Invalid filter 'is-task=[x]'"],
    ['since', 'nosuch', 500, 'no such container nosuch'],
  ])('filtered by %s=%s is refused', async (name, value, status, message) => {
    expect(await desk.refused('GET', filtered(name, value))).toEqual([status, message]);
  });

  it('tells sizes where they are asked for', async () => {
    const file = {
      name: 'f',
      kind: 'file' as const,
      mode: 0o644,
      userId: 0,
      groupId: 0,
      modifiedAt: 0,
      content: Buffer.from('123456'),
      target: '',
    };
    const type = { 'content-type': 'application/x-tar' };
    await desk.ask('PUT', '/containers/c1/archive?path=/', tarOf([file]), type);
    const [row] = (await desk.json(200, 'GET', '/containers/json?size=1')) as readonly Json[];
    expect(row).toMatchObject({ SizeRw: 6 });
    const shown = (await desk.json(200, 'GET', '/containers/c1/json?size=1')) as Json;
    expect(shown).toMatchObject({ SizeRw: 6, SizeRootFs: row?.['SizeRootFs'] });
    expect(Number(row?.['SizeRootFs'])).toBeGreaterThan(1_000_000);
    expect(await desk.json(200, 'GET', '/containers/c1/json')).not.toHaveProperty('SizeRw');
  });
});

describe('the processes of a container', () => {
  beforeEach(() => run('c1'));

  const top = (args: string): string => `/containers/c1/top?ps_args=${encodeURIComponent(args)}`;

  it.each([
    ['-ef', 'UID PID PPID C STIME TTY TIME CMD'],
    ['aux', 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND'],
    ['-eo pid,comm', 'PID COMMAND'],
    ['axo pid,user,args', 'PID USER COMMAND'],
    ['-A', 'PID TTY TIME CMD'],
    ['-l', 'F S UID PID PPID C PRI NI ADDR SZ WCHAN TTY TIME CMD'],
    ['-F', 'UID PID PPID C SZ RSS PSR STIME TTY TIME CMD'],
  ])('are listed as `ps %s` does', async (args, titles) => {
    const { Titles, Processes } = (await desk.json(200, 'GET', top(args))) as {
      readonly Titles: readonly string[];
      readonly Processes: readonly (readonly string[])[];
    };
    expect(Titles).toEqual(titles.split(' '));
    expect(Processes[0]).toHaveLength(Titles.length);
    expect(Processes[0]?.at(-1)).toMatch(/^sleep/);
  });

  it.each([
    ['-o foo', 'ps: error: unknown user-defined format specifier "foo"'],
    ['foo', 'ps: error: unknown user-defined format specifier "o"'],
    ['--nosuch', 'ps: error: unknown gnu long option'],
    ['-o cmd', "Couldn't find PID field in ps output"],
    ['-o pid=X', "Couldn't find PID field in ps output"],
  ])('are not listed by `ps %s`', async (args, message) => {
    expect(await desk.refused('GET', top(args))).toEqual([500, message]);
  });
});

describe('the logs of a container', () => {
  it('tell details that its log options name', async () => {
    await run('c1', {
      Cmd: ['echo', 'hi'],
      Labels: { a: '1', b: '2' },
      Env: ['B=2 3'],
      HostConfig: { LogConfig: { Type: 'json-file', Config: { labels: 'a', env: 'B' } } },
    });
    const { text } = await desk.ask('GET', '/containers/c1/logs?stdout=1&details=1');
    expect(text).toContain('B=2+3,a=1 hi\n');
  });

  it('cannot be read from every driver', async () => {
    const create = async (name: string, Type: string): Promise<void> => {
      const HostConfig = { LogConfig: { Type, Config: {} } };
      const body = { Image: 'busybox', Cmd: ['echo', 'hi'], HostConfig };
      await desk.json(201, 'POST', `/containers/create?name=${name}`, body);
    };
    const logs = (name: string) => desk.refused('GET', `/containers/${name}/logs?stdout=1`);
    await create('none', 'none');
    expect(await logs('none')).toEqual([501, 'configured logging driver does not support reading']);
    await create('syslog', 'syslog');
    expect(await logs('syslog')).toEqual([500, 'Unix syslog delivery error']);
  });
});

test('a process that is run in a container needs a user and a folder that are there', async () => {
  await run('c1');
  const outcome = async (wish: Json): Promise<readonly [string, unknown]> => {
    const body = { Cmd: ['true'], AttachStdout: true, ...wish };
    const { Id } = (await desk.json(201, 'POST', '/containers/c1/exec', body)) as {
      readonly Id: string;
    };
    const { text } = await desk.ask('POST', `/exec/${Id}/start`, {});
    const shown = (await desk.json(200, 'GET', `/exec/${Id}/json`)) as Json;
    return [text, shown['ExitCode']];
  };
  const [user, userCode] = await outcome({ User: 'nosuch' });
  expect(user).toContain('unable to find user nosuch: no matching entries in passwd file\r\n');
  expect(userCode).toBe(126);
  const [folder] = await outcome({ WorkingDir: '/nosuch' });
  expect(folder).toContain(
    'chdir to cwd ("/nosuch") set in config.json failed: no such file or directory: unknown',
  );
  const [relative] = await outcome({ WorkingDir: 'rel' });
  expect(relative).toContain('exec failed: Cwd must be an absolute path: unknown');
});

test('a kernel memory limit that is changed is warned of', async () => {
  await run('c1');
  const body = { KernelMemory: 52_428_800 };
  expect(await desk.json(200, 'POST', '/containers/c1/update', body)).toEqual({
    Warnings: [
      'Specifying a kernel memory limit is deprecated and will be removed in a future release.',
    ],
  });
  expect(await desk.refused('POST', '/containers/c1/update', { CpusetCpus: '9' })).toEqual([
    400,
    'Requested CPUs are not available - requested 9, available: 0-1',
  ]);
});
