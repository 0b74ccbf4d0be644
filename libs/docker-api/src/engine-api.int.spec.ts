import { AccessDenied, ProcessGate, systemTimers } from '@netfold/application';
import { actorOf, createLab, MemoryLab, requestOf } from '@netfold/testkit';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineApi } from './engine-api.ts';
import { engineLimits } from './engine/engine-profile.ts';
import { openHostSockets, SocketPathTooLong } from './host-sockets.ts';
import type { HostEndpoint } from './host-sockets.ts';
import { askSocket, framesOf, hijackedStream } from './socket-client.ts';
import type { Reply } from './socket-client.ts';

const labId = 'lab-00000001';

let lab: MemoryLab;
let endpoint: HostEndpoint;
let directory: string;
/** A route that the actor may not use. */
let forbidden: string | null;

beforeEach(async () => {
  forbidden = null;
  lab = new MemoryLab(labId);
  const clock = (): number => Date.now();
  const gate = new ProcessGate({ gate: lab, states: lab, timers: systemTimers });
  await gate.submit(requestOf(labId, createLab('h1')));
  directory = await mkdtemp(join(tmpdir(), 'nf-'));
  const actor = actorOf();
  const tenant = 'local';
  const demand = async (route: string): Promise<void> => {
    if (route === forbidden) throw new AccessDenied('forbidden');
  };
  const context = { host: 'h1', labId, tenant, actor, gate, demand, states: lab, clock };
  const listener = createEngineApi(context);
  endpoint = await openHostSockets({ listener, directory, host: 'h1', port: 0 });
});

afterEach(async () => {
  lab.close();
  await endpoint.close();
  await rm(directory, { recursive: true, force: true });
});

const ask = (
  method: string,
  path: string,
  body?: string | object,
  headers: Record<string, string> = {},
): Promise<Reply> => askSocket(endpoint.socketPath, { method, path, body, headers });

const json = (reply: Reply): unknown => JSON.parse(reply.text);

const message = (reply: Reply): unknown => (json(reply) as { message?: unknown }).message;

const hijacked = (path: string, body: object, input = '', staysOpen = false): Promise<Buffer> =>
  hijackedStream(endpoint.socketPath, { path, body, input, staysOpen });

const createContainer = async (config: object, name = 'c1'): Promise<string> => {
  const reply = await ask('POST', `/v1.41/containers/create?name=${name}`, config);
  expect(reply.status).toBe(201);
  return (json(reply) as { Id: string }).Id;
};

const startSleeper = async (name = 'c1'): Promise<string> => {
  const id = await createContainer({ Image: 'alpine', Cmd: ['sleep', '1d'] }, name);
  expect((await ask('POST', `/v1.41/containers/${name}/start`)).status).toBe(204);
  return id;
};

const exec = async (command: readonly string[]): Promise<ReturnType<typeof framesOf>> => {
  const options = { AttachStdout: true, AttachStderr: true, Cmd: command };
  const created = json(await ask('POST', '/v1.41/containers/c1/exec', options)) as { Id: string };
  const start = { Detach: false, Tty: false };
  const output = framesOf(await hijacked(`/v1.41/exec/${created.Id}/start`, start));
  const ended = json(await ask('GET', `/v1.41/exec/${created.Id}/json`));
  return { ...output, ...(ended as object) };
};

describe('the handshake', () => {
  it('says which API the engine speaks, on every answer', async () => {
    for (const path of ['/_ping', '/v1.41/version', '/v1.41/networks/nosuch']) {
      const { headers } = await ask('GET', path);
      expect(headers).toMatchObject({
        'api-version': '1.41',
        ostype: 'linux',
        server: 'Docker/20.10.24+dfsg1 (linux)',
        'docker-experimental': 'false',
      });
    }
    expect((await ask('GET', '/_ping')).text).toBe('OK');
    expect((await ask('HEAD', '/_ping')).status).toBe(200);
  });

  it('refuses versions that the engine does not speak', async () => {
    const newer = await ask('GET', '/v1.99/networks');
    expect(newer.status).toBe(400);
    expect(message(newer)).toBe(
      'client version 1.99 is too new. Maximum supported API version is 1.41',
    );
    const older = await ask('GET', '/v1.2/networks');
    expect(older.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(older.text).toBe(
      'client version 1.2 is too old. Minimum supported API version is 1.12, ' +
        'please upgrade your client to a newer version\n',
    );
    expect((await ask('GET', '/v1.12/networks')).status).toBe(200);
  });

  it('answers a route nobody knows with 404 and a known, unplayed one with 501', async () => {
    const unknown = await ask('GET', '/v1.41/nosuch');
    expect([unknown.status, message(unknown)]).toEqual([404, 'page not found']);
    const exported = await ask('GET', '/v1.41/containers/c1/export');
    expect(exported.status).toBe(501);
    expect(message(exported)).toBe(
      'netfold: exporting containers (docker export) is not simulated by this lab host',
    );
  });
});

describe('errors', () => {
  it('have a content type without a charset, which clients compare as a string', async () => {
    const reply = await ask('GET', '/v1.41/networks/nosuch');
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.text).toBe('{"message":"network nosuch not found"}\n');
  });

  it('follow from bodies that are no JSON, too big, or hold what is no text', async () => {
    const route = '/v1.41/networks/create';
    expect((await ask('POST', route, '{')).status).toBe(400);
    expect((await ask('POST', route, 'x', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await ask('POST', route, '{"Name":"a\\u0000b"}')).status).toBe(400);
    expect((await ask('POST', route, '{"Name":"\\ud800"}')).status).toBe(400);
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    expect((await ask('POST', route, deep)).status).toBe(400);
    const before = lab.version;
    const big = JSON.stringify({ Name: 'a'.repeat(engineLimits.bodyBytesMax) });
    const reply = await ask('POST', route, big).catch((error: unknown) => error);
    expect(reply).toSatisfy(
      (one: unknown) => one instanceof Error || (one as Reply).status === 400,
    );
    expect(lab.version).toBe(before);
  });

  it('never let a label reach the prototype of objects', async () => {
    const route = '/v1.41/networks/create';
    const reach = '{"Name":"n","Labels":{"__proto__":{"polluted":"yes"}}}';
    expect((await ask('POST', route, reach)).status).toBe(400);
    const body = '{"Name":"n","Labels":{"__proto__":"p","constructor":"c"}}';
    expect((await ask('POST', route, body)).status).toBe(201);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    const { text } = await ask('GET', '/v1.41/networks/n');
    expect(text).toContain('"Labels":{"__proto__":"p","constructor":"c"}');
  });
});

describe('networks', () => {
  it('are created, found by id prefix, filtered in both encodings, and removed', async () => {
    const reply = await ask('POST', '/v1.41/networks/create', { Name: 'web', Labels: { a: 'b' } });
    expect(reply.status).toBe(201);
    const { Id } = json(reply) as { Id: string };
    expect(await ask('GET', `/v1.41/networks/${Id.slice(0, 8)}`)).toMatchObject({ status: 200 });
    for (const filters of ['{"name":{"web":true}}', '{"name":["web"]}', '{"label":["a=b"]}']) {
      const list = await ask('GET', `/networks?filters=${encodeURIComponent(filters)}`);
      expect((json(list) as { Name: string }[]).map((one) => one.Name)).toEqual(['web']);
    }
    const bogus = await ask('GET', `/networks?filters=${encodeURIComponent('{"bogus":["1"]}')}`);
    expect(message(bogus)).toBe("Invalid filter 'bogus'");
    expect((await ask('DELETE', '/v1.41/networks/web')).status).toBe(204);
  });

  it('are shown with the keys in the order of the engine', async () => {
    const network = json(await ask('GET', '/v1.41/networks/bridge')) as object;
    expect(Object.keys(network)).toEqual([
      'Name',
      'Id',
      'Created',
      'Scope',
      'Driver',
      'EnableIPv6',
      'IPAM',
      'Internal',
      'Attachable',
      'Ingress',
      'ConfigFrom',
      'ConfigOnly',
      'Containers',
      'Options',
      'Labels',
    ]);
  });
});

describe('containers', () => {
  it('print what their own program prints, and end with its exit code', async () => {
    const id = await createContainer({
      Image: 'alpine',
      Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'],
    });
    const waiting = ask('POST', `/v1.41/containers/${id}/wait?condition=next-exit`);
    expect((await ask('POST', `/v1.41/containers/${id}/start`)).status).toBe(204);
    expect((await waiting).text).toBe('{"Error":null,"StatusCode":3}\n');
    const logs = await hijacked(`/v1.41/containers/${id}/attach?logs=1&stdout=1&stderr=1`, {});
    expect(framesOf(logs)).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    const again = await ask('POST', `/v1.41/containers/${id}/wait`);
    expect(json(again)).toEqual({ Error: null, StatusCode: 3 });
  });

  it('give their input to the program of an attached client', async () => {
    const config = {
      Image: 'alpine',
      Cmd: ['wc', '-c'],
      OpenStdin: true,
      AttachStdin: true,
      StdinOnce: true,
    };
    const id = await createContainer(config);
    const path = `/v1.41/containers/${id}/attach?stream=1&stdin=1&stdout=1&stderr=1`;
    const attached = hijacked(path, {}, 'hello\n');
    await ask('POST', `/v1.41/containers/${id}/start`);
    expect(framesOf(await attached).stdout).toBe('6\n');
  });

  it('answer 304 where they already are what was asked for', async () => {
    await startSleeper();
    expect((await ask('POST', '/v1.41/containers/c1/start')).status).toBe(304);
  });

  it('flush the headers of a wait at once', async () => {
    const id = await startSleeper();
    const status = await new Promise<number>((resolve, reject) => {
      const path = `/v1.41/containers/${id}/wait?condition=next-exit`;
      const sent = request(
        { socketPath: endpoint.socketPath, method: 'POST', path },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.destroy();
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(200);
  });
});

describe('exec', () => {
  it('upgrades the connection and frames both streams', async () => {
    await startSleeper();
    const output = await exec(['sh', '-c', 'hostname -i; nosuch; exit 7']);
    expect(output.head).toMatch(/^HTTP\/1.1 101 UPGRADED\r\n/);
    expect(output.head).toContain('Content-Type: application/vnd.docker.raw-stream');
    expect(output).toMatchObject({
      stdout: '172.17.0.2\n',
      stderr: 'sh: nosuch: not found\n',
      ExitCode: 7,
      Running: false,
    });
  });

  it.each([
    ['nosuch', 'executable file not found in $PATH'],
    ['/no/such', 'stat /no/such: no such file or directory'],
    ['/etc', 'permission denied'],
    ['/etc/hosts', 'permission denied'],
  ])('of %s, which cannot run, ends as the runtime fails', async (program, problem) => {
    await startSleeper();
    expect(await exec([program])).toMatchObject({
      stdout:
        'OCI runtime exec failed: exec failed: unable to start container process: ' +
        `exec: "${program}": ${problem}: unknown\r\n`,
      ExitCode: 126,
    });
  });

  it('on a terminal is a session whose variables last from line to line', async () => {
    await startSleeper();
    const options = { AttachStdin: true, AttachStdout: true, Tty: true, Cmd: ['sh'] };
    const created = json(await ask('POST', '/v1.41/containers/c1/exec', options)) as {
      Id: string;
    };
    const start = { Detach: false, Tty: true };
    const path = `/v1.41/exec/${created.Id}/start`;
    const bytes = await hijacked(path, start, 'x=5\recho $x\rexit 4\r', true);
    const shown = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4).toString();
    expect(shown).toBe('/ # x=5\r\n/ # echo $x\r\n5\r\n/ # exit 4\r\n');
    const ended = json(await ask('GET', `/v1.41/exec/${created.Id}/json`));
    expect(ended).toMatchObject({ ExitCode: 4, Running: false });
  });

  it('leaves its life as facts', async () => {
    await startSleeper();
    await exec(['true']);
    const types = lab.commits.flatMap(({ events }) => events.map(({ type }) => type));
    expect(types.slice(-3)).toEqual(['ExecCreated', 'ExecStarted', 'ExecDied']);
  });
});

describe('events', () => {
  it('tell the past and end at a time that is over', async () => {
    await startSleeper();
    await ask('POST', '/v1.41/containers/c1/kill');
    const { text } = await ask('GET', '/v1.41/events?since=0&until=1');
    expect(text).toBe('');
    const until = Math.floor(Date.now() / 1000) + 1;
    const lines = (await ask('GET', `/v1.41/events?since=0&until=${until}`)).text;
    const actions = lines
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { Action: string }).Action);
    expect(actions).toEqual(['create', 'connect', 'start', 'kill', 'die', 'disconnect']);
    expect(lines).toMatch(/"time":\d{10},"timeNano":\d{19}\}/);
  });
});

describe('a route that the caller may not use', () => {
  it('is forbidden before anything of it happens, and others are served', async () => {
    forbidden = 'POST /containers/create';
    const refused = await ask('POST', '/v1.41/containers/create?name=c1', { Image: 'alpine' });
    expect(refused.status).toBe(403);
    expect(json(refused)).toEqual({ message: expect.stringMatching(/^netfold: /) });
    expect(json(await ask('GET', '/v1.41/containers/json?all=1'))).toEqual([]);
  });
});

describe('the sockets of a host', () => {
  it('close although a client is still attached', async () => {
    const id = await startSleeper();
    const path = `/v1.41/containers/${id}/attach?stream=1&stdout=1`;
    // Heard at once: it may be cut off while the other end is still closing.
    const attached = hijacked(path, {}).catch(() => 'cut off');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    await endpoint.close();
    await expect(attached).resolves.toBeDefined();
  });

  it('are for their owner only, and on the loopback address', async () => {
    const socket = await stat(endpoint.socketPath);
    const folder = await stat(directory);
    expect((socket.mode & 0o777).toString(8)).toBe('600');
    expect((folder.mode & 0o777).toString(8)).toBe('700');
    const reply = await fetch(`http://127.0.0.1:${endpoint.port ?? 0}/_ping`);
    expect(await reply.text()).toBe('OK');
  });

  it('are refused by name when the path is longer than the kernel takes', async () => {
    const long = join(directory, 'x'.repeat(100));
    const listener = (): void => undefined;
    await expect(
      openHostSockets({ listener, directory: long, host: 'h1', port: null }),
    ).rejects.toBeInstanceOf(SocketPathTooLong);
  });
});
