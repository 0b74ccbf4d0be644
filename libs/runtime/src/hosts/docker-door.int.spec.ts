import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientCertificateMs } from '@netfold/auth';
import { doorLimits, engineLimits } from '@netfold/docker-api';
import { createLab, MemoryAccounts, MemoryLab, requestOf } from '@netfold/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DockerDoor } from './docker-door.ts';
import { DoorDesk, labId } from './door-desk.ts';

let desk: DoorDesk;
let lab: MemoryLab;
let accounts: MemoryAccounts;

beforeEach(async () => {
  lab = new MemoryLab(labId);
  accounts = new MemoryAccounts();
  await lab.submit(requestOf(labId, createLab('h1')));
  desk = await DoorDesk.open(lab, accounts);
});

afterEach(async () => {
  lab.close();
  await desk.close();
});

const messageOf = ({ text }: { readonly text: string }): unknown =>
  (JSON.parse(text) as { readonly message: unknown }).message;

const again = '; get a new one with `netfold docker-context LAB/HOST`';

describe('who comes', () => {
  test('with a certificate of the installation reaches the engine of a host', async () => {
    const client = await desk.client();
    expect(await desk.ask(client, 'GET', '/_ping')).toEqual({ status: 200, text: 'OK' });
    const { status, text } = await desk.ask(client, 'POST', '/containers/create?name=c1', {
      Image: 'alpine',
    });
    expect([status, text]).toEqual([201, expect.stringContaining('"Id"')]);
    const commit = lab.commits.at(-1);
    expect([commit?.actorId, commit?.face]).toEqual(['user-teacher', 'docker']);
  });

  test('without a certificate is told so, in words that clients print', async () => {
    const { ca } = await desk.client();
    const refused = await desk.ask({ ca }, 'GET', '/containers/json');
    expect(refused.status).toBe(401);
    expect(messageOf(refused)).toBe(`netfold: a client certificate is needed here${again}`);
  });

  test('with a certificate that has run out is told since when', async () => {
    const late = Date.now() - clientCertificateMs - 60_000;
    const client = await desk.clientOf(desk.folder, () => late);
    const refused = await desk.ask(client, 'GET', '/containers/json');
    expect(refused.status).toBe(401);
    const since = new Date(Math.floor((late + clientCertificateMs) / 1000) * 1000).toISOString();
    expect(messageOf(refused)).toBe(
      `netfold: the client certificate has expired (${since})${again}`,
    );
  });

  test('with a certificate of another installation is nobody', async () => {
    const other = mkdtempSync(join(tmpdir(), 'netfold-other-'));
    const client = await desk.clientOf(other, Date.now);
    const refused = await desk.ask(client, 'GET', '/containers/json');
    expect([refused.status, messageOf(refused)]).toEqual([
      401,
      `netfold: the client certificate is not one of this installation${again}`,
    ]);
    rmSync(other, { recursive: true });
  });

  test('with the certificate of a token that was revoked is nobody from then on', async () => {
    const client = await desk.client();
    expect((await desk.ask(client, 'GET', '/_ping')).status).toBe(200);
    desk.holders.clear();
    const refused = await desk.ask(client, 'GET', '/_ping');
    expect([refused.status, messageOf(refused)]).toEqual([
      401,
      `netfold: the token that the client certificate was made with opens nothing more${again}`,
    ]);
  });
});

describe('the way in', () => {
  test.each([
    ['no lab and no host', '//v1.41/containers/json'],
    ['no host', `//labs/${labId}/containers/json`],
    ['nothing behind the host', `//labs/${labId}/hosts/h1`],
    ['a name of a host that would be a path', `//labs/${labId}/hosts/%2e%2e%2fh1/_ping`],
    ['far too long a name', `//labs/${labId}/hosts/${'h'.repeat(300)}/_ping`],
  ])('with %s in its path is no page of the engine', async (_, path) => {
    const client = await desk.client();
    const refused = await desk.ask(client, 'GET', path);
    expect([refused.status, messageOf(refused)]).toEqual([404, 'page not found']);
  });

  test('to a host that there is not says so to who may read the lab', async () => {
    const client = await desk.client();
    const refused = await desk.ask(client, 'GET', `//labs/${labId}/hosts/h9/v1.41/info`);
    expect(messageOf(refused)).toBe('netfold: there is no host h9 in this lab');
  });

  test('to another lab than the certificate is for finds no lab', async () => {
    const client = await desk.client({}, 'lab-00000002');
    const refused = await desk.ask(client, 'GET', '/info');
    expect([refused.status, messageOf(refused)]).toEqual([404, 'netfold: no such lab']);
  });

  test('keeps its prefix when the engine sends a client elsewhere', async () => {
    const client = await desk.client();
    const socket = await desk.connection(client);
    const path = `/labs/${labId}/hosts/h1//info`;
    const said = await DoorDesk.said(
      socket,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(said).toContain(`Location: /labs/${labId}/hosts/h1/info`);
  });
});

describe('rights', () => {
  test('an observer reads and changes nothing', async () => {
    const client = await desk.client({ role: 'observer' });
    expect((await desk.ask(client, 'GET', '/containers/json')).status).toBe(200);
    const refused = await desk.ask(client, 'POST', '/containers/create', { Image: 'alpine' });
    expect([refused.status, messageOf(refused)]).toEqual([
      403,
      'netfold: this needs a right that you do not have',
    ]);
    expect(lab.version).toBe(1);
  });

  test('a student has her labs alone, as long as she is a member', async () => {
    const ann = { id: 'user-ann', role: 'student' } as const;
    const client = await desk.client(ann);
    expect((await desk.ask(client, 'GET', '/info')).status).toBe(404);
    await accounts.put('local', labId, ann.id, 'member');
    expect((await desk.ask(client, 'GET', '/info')).status).toBe(200);
    await accounts.remove('local', labId, ann.id);
    const refused = await desk.ask(client, 'GET', '/info');
    expect([refused.status, messageOf(refused)]).toEqual([404, 'netfold: no such lab']);
  });

  test('a stream ends with a message when its right is taken away', async () => {
    const ann = { id: 'user-ann', role: 'student' } as const;
    await accounts.put('local', labId, ann.id, 'member');
    const client = await desk.client(ann);
    await desk.sleeper(client, 'c1');
    const logs = await desk.follow(client, '/containers/c1/logs?stdout=1&follow=1');
    const events = await desk.follow(client, '/events');
    await accounts.remove('local', labId, ann.id);
    const message = 'netfold: this stream ends: the right to it was taken away';
    expect(await logs.ended).toContain(message);
    expect(JSON.parse(await events.ended)).toMatchObject({ Type: 'daemon', Action: message });
  });

  test('a stream ends when the token of its certificate is revoked', async () => {
    const client = await desk.client();
    const events = await desk.follow(client, '/events');
    desk.holders.clear();
    expect(await events.ended).toContain('opens nothing more');
  });

  test('a stream goes on for who keeps the right', async () => {
    const client = await desk.client();
    const events = await desk.follow(client, '/events');
    await new Promise((resolve) => setTimeout(resolve, 3 * doorLimits.rightsCheckMs));
    await desk.sleeper(client, 'c1');
    await expect.poll(events.text).toContain('"Action":"start"');
  });
});

describe('limits', () => {
  test('one actor has so many streams, whatever the client', async () => {
    const first = await desk.client();
    const second = await desk.client();
    for (let open = 0; open < doorLimits.streamsPerActorMax; open += 1) {
      expect((await desk.follow(open % 2 === 0 ? first : second, '/events')).status).toBe(200);
    }
    const refused = await desk.ask(first, 'GET', '/events');
    expect([refused.status, messageOf(refused)]).toEqual([
      503,
      'netfold: you have 20 streams open, and may have no more',
    ]);
    const other = await desk.client({ id: 'user-other' });
    expect((await desk.follow(other, '/events')).status).toBe(200);
  });

  test('one actor has so many connections', { timeout: 30_000 }, async () => {
    const client = await desk.client();
    const ping = `GET /labs/${labId}/hosts/h1/_ping HTTP/1.1\r\nHost: x\r\n\r\n`;
    for (let open = 0; open < doorLimits.connectionsPerActorMax; open += 1) {
      const socket = await desk.connection(client);
      const answered = new Promise((resolve) => socket.once('data', resolve));
      socket.write(ping);
      await answered;
    }
    const refused = await desk.ask(client, 'GET', '/_ping');
    expect([refused.status, messageOf(refused)]).toEqual([
      503,
      'netfold: you have 64 connections open, and may have no more',
    ]);
  });

  test('more than so many connections of all are not heard', { timeout: 90_000 }, async () => {
    const { ca } = await desk.client();
    const { connectionsMax, handshakesMax } = doorLimits;
    for (let open = 0; open < connectionsMax; open += handshakesMax / 2) {
      const together = Array.from({ length: handshakesMax / 2 }, () => desk.connection({ ca }));
      await Promise.all(together);
    }
    await expect(desk.connection({ ca })).rejects.toThrow();
  });

  test('who shakes hands too slowly is cut off', { timeout: 20_000 }, async () => {
    const began = performance.now();
    const socket = connect(desk.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    // The first byte of a handshake, and then silence.
    socket.on('error', () => {}).write(Buffer.from([0x16]));
    await closed;
    expect(performance.now() - began).toBeGreaterThan(doorLimits.handshakeMs - 100);
  });

  test('more than so many handshakes at once are not heard', { timeout: 20_000 }, async () => {
    const client = await desk.client();
    const closed: number[] = [];
    const waiting = Array.from({ length: doorLimits.handshakesMax + 1 }, (_, number) =>
      connect(desk.port, '127.0.0.1')
        .on('error', () => {})
        .on('close', () => closed.push(number)),
    );
    // They come in order; all but the last have until their handshake is overdue.
    await expect.poll(() => closed).toEqual([doorLimits.handshakesMax]);
    for (const one of waiting) one.destroy();
    await expect
      .poll(() => desk.ask(client, 'GET', '/_ping').catch(() => null))
      .toEqual({ status: 200, text: 'OK' });
  });

  test('headers without end are refused, and the connection is closed', async () => {
    const client = await desk.client();
    const head = `GET /labs/${labId}/hosts/h1/_ping HTTP/1.1\r\nHost: x\r\n`;
    const { headerBytesMax, queryBytesMax } = engineLimits;
    const middling = `X-Filler: ${'x'.repeat(headerBytesMax)}\r\nConnection: close\r\n\r\n`;
    expect(await DoorDesk.said(await desk.connection(client), head + middling)).toMatch(
      /^HTTP\/1\.1 400 .*the header fields are too long/s,
    );
    const huge = `X-Filler: ${'x'.repeat(headerBytesMax + queryBytesMax)}`;
    expect(await DoorDesk.said(await desk.connection(client), head + huge)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  test('who speaks no TLS is cut off', async () => {
    const socket = connect(desk.port, '127.0.0.1').on('error', () => {});
    socket.write('GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    const client = await desk.client();
    expect((await desk.ask(client, 'GET', '/_ping')).status).toBe(200);
  });

  test('a stranger’s connection is not kept', async () => {
    const { ca } = await desk.client();
    const socket = await desk.connection({ ca });
    const said = await DoorDesk.said(socket, 'GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(said).toMatch(/^HTTP\/1\.1 401 .*Connection: close/s);
  });
});

describe('the door itself', () => {
  const openAt = (folder: string, port: number): Promise<DockerDoor> =>
    DockerDoor.open(
      { port, address: '127.0.0.1', host: 'labs.example.org', publicPort: 443, folder },
      {
        graphql: { gate: unused(), access: unused() },
        authenticator: unused(),
        states: lab,
        logger: pino({ level: 'silent' }),
      },
    );
  /** Nothing comes through these doors. */
  const unused = <T>(): T => Object.create(null) as T;

  test('tells its streams when it closes', async () => {
    const events = await desk.follow(await desk.client(), '/events');
    await desk.door.close();
    expect(await events.ended).toContain('netfold: this stream ends: the server stops');
  });

  test('is called as its clients call it', async () => {
    const door = await openAt(desk.folder, 0);
    expect(door.url).toBe('tcp://labs.example.org:443');
    await door.close();
  });

  test('believes the certificates of another one with the same authority', async () => {
    const [file = ''] = readdirSync(desk.folder);
    expect(statSync(join(desk.folder, file)).mode & 0o777).toBe(0o600);
    const before = await desk.client();
    const other = await openAt(desk.folder, 0);
    const { ca } = await desk.client();
    expect(ca).toBe(before.ca);
    await other.close();
  });

  test('does not open with an authority that cannot be read', async () => {
    const [file = ''] = readdirSync(desk.folder);
    writeFileSync(join(desk.folder, file), 'not a key');
    await expect(openAt(desk.folder, 0)).rejects.toMatchObject({ problem: { code: 'NF1310' } });
  });

  test('does not open on a port that is in use', async () => {
    await expect(openAt(desk.folder, desk.port)).rejects.toMatchObject({
      problem: { code: 'NF1306', fix: expect.stringContaining('--docker-tls') },
    });
  });

  test.each([
    ['no key', 'x'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'],
    ['half a key', '-----BEGIN PUBLIC KEY-----\nMFkwEw\n-----END PUBLIC KEY-----\n'],
  ])('makes no certificate for %s', async (_, publicKey) => {
    const wish = { labId, host: 'h1', publicKey };
    const made = desk.door.certificateFor({
      actor: { id: 'a', tenantId: 'local', role: 'operator', scopes: null, labIds: null },
      ...wish,
    });
    expect(await made).toBe('unfitKey');
  });
});
