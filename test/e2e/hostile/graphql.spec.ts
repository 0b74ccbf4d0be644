import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sendTo } from './graphql-client.ts';
import type { Reply, Sent } from './graphql-client.ts';
import { answerMsMax, HostileLab } from './hostile-lab.ts';

let lab: HostileLab;
let authorization: string;
beforeAll(async () => {
  lab = await HostileLab.start();
  authorization = `Bearer ${lab.server.token}`;
}, 60_000);
afterAll(() => lab.stop());

const send = (body: string, { headers, ...sent }: Sent = {}): Promise<Reply> =>
  sendTo(lab.server.url, body, { ...sent, headers: { authorization, ...headers } });

const ask = (query: string, variables: object = {}): Promise<Reply> =>
  send(JSON.stringify({ query, variables }));

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(' ');

const mutation = 'mutation { networkCreate(input: { lab: "hostile", host: "h1", name: "x" })';
const creation = JSON.stringify({ query: `${mutation} { commandId } }` });

/** No fact, no fault of the server, in time. */
async function expectRefused(asked: Promise<Reply>): Promise<Reply> {
  const version = await lab.version();
  const reply = await asked;
  expect(reply.ms).toBeLessThan(answerMsMax);
  expect(reply.text.length).toBeLessThan(10_000);
  expect(await lab.version()).toBe(version);
  expect(await lab.isWell()).toBe(true);
  return reply;
}

describe('input 104: a query', () => {
  test.each([
    ['of 1,000 levels', `{${'a{'.repeat(999)}a${'}'.repeat(999)}}`, 'TOO_MANY_TOKENS'],
    ['of 100 levels', `{${'a{'.repeat(99)}a${'}'.repeat(99)}}`, 'QUERY_TOO_DEEP'],
    ['of 10,000 aliases', `{${many(10_000, (at) => `x${at}:me{name}`)}}`, 'BODY_TOO_LARGE'],
    ['of 400 aliases', `{${many(400, (at) => `x${at}:me`)}}`, 'TOO_MANY_ALIASES'],
    ['of 100,000 directives', `{me ${'@a '.repeat(100_000)}{name}}`, 'BODY_TOO_LARGE'],
    ['of 900 directives', `{me ${'@a '.repeat(900)}{name}}`, 'TOO_MANY_DIRECTIVES'],
    ['of 1 MB', `{me{name}} #${'x'.repeat(1_000_000)}`, 'BODY_TOO_LARGE'],
    ['of 99,000 opening braces', '{'.repeat(99_000), 'TOO_MANY_TOKENS'],
    ['of fragments in a circle', '{...A} fragment A on Query {...A}', 'INVALID_QUERY'],
    ['of 20 mutations', `mutation {${many(20, () => 'a')}}`, null],
    ['of pages of pages', pages(), 'QUERY_TOO_EXPENSIVE'],
  ])('%s is refused', async (_, query, code) => {
    const reply = await expectRefused(ask(query));
    expect([400, 413]).toContain(reply.status);
    if (code !== null) expect(reply.code).toBe(code);
  });

  test('in a list of 1,000 is refused', async () => {
    const body = JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{me{name}}' })));
    expect(await expectRefused(send(body))).toMatchObject({
      status: 400,
      code: 'BATCHING_DISABLED',
    });
  });
});

function pages(): string {
  const networks = 'networks(first: 200) { nodes { endpoints(first: 200) { nodes { ipv4 } } } }';
  return `{ labs(first: 200) { nodes { hosts(first: 128) { nodes { ${networks} } } } } }`;
}

describe('input 105: variables', () => {
  const first = 'query($n: Int!) { labs(first: $n) { totalCount } }';
  test.each([
    ['10,000 levels deep', `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['40,000 levels deep', `{"x":${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}}`],
    ['a number 1e400', '{"n":1e400}'],
    ['2^53 + 1 for an Int', '{"n":9007199254740993}'],
    ['a text for an Int', '{"n":"1"}'],
    ['10 MB', `{"n":"${'x'.repeat(10_000_000)}"}`],
    ['what reaches for the prototype', '{"n":{"__proto__":{"polluted":"yes"}}}'],
  ])('%s are refused', async (_, variables) => {
    const body = `{"query":${JSON.stringify(first)},"variables":${variables}}`;
    // A body that is far too large may be cut off before the answer is read.
    const reply = await expectRefused(
      send(body).catch(() => ({ status: 413, text: '', code: null, ms: 0 })),
    );
    expect([400, 413]).toContain(reply.status);
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });

  test('of a name given twice are the last', async () => {
    const body = `{"query":${JSON.stringify(first)},"variables":{"n":0,"n":1}}`;
    expect((await send(body)).status).toBe(200);
  });
});

describe('inputs 106 and 119: a mutation', () => {
  test.each<[string, Sent, number]>([
    ['by GET', { method: 'GET', path: `/graphql?query=${encodeURIComponent(mutation)}` }, 405],
    ['as a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['as text', { headers: { 'content-type': 'text/plain' } }, 415],
    ['in parts', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 415],
    ['without a type', { headers: { 'content-type': '' } }, 415],
    [
      'from a foreign page',
      { headers: { 'content-type': 'application/json;x=', origin: 'https://evil.example' } },
      403,
    ],
    ['from nowhere', { headers: { origin: 'null' } }, 403],
    ['by another name', { headers: { host: 'evil.example' } }, 403],
    ['by another name with our port', { headers: { host: 'localhost.evil.example:4000' } }, 403],
    ['without a token', { headers: { authorization: '' } }, 401],
    ['with a token in the path', { path: '/graphql?token=x', headers: { authorization: '' } }, 401],
  ])('%s changes nothing', async (_, sent, status) => {
    expect((await expectRefused(send(creation, sent))).status).toBe(status);
  });
});

describe('input 111: a wrong token', () => {
  test('is refused however often, and locks nobody out', async () => {
    const right = lab.server.token;
    const last = right.endsWith('a') ? 'b' : 'a';
    const wrong = `Bearer ${right.slice(0, -1)}${last}`;
    const statuses: number[] = [];
    for (let wave = 0; wave < 20; wave += 1) statuses.push(...(await knocks(wrong, 500)));
    expect(statuses).toHaveLength(10_000);
    // Few enough at first are told that they are wrong, all others to wait.
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(2_000);
    expect((await ask('{ me { name } }')).status).toBe(200);
    expect(await lab.isWell()).toBe(true);
    await wait(1_000); // The tests to come are told again that they are wrong.
  }, 30_000);

  test.each([
    'Bearer',
    'Basic eDp5',
    `Bearer ${'x'.repeat(8_000)}`,
    'Bearer a b',
    'bearer ../../x',
  ])('of another form is refused alike: %s', async (header) => {
    const reply = await expectRefused(send(creation, { headers: { authorization: header } }));
    expect([reply.status, reply.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('that was revoked opens nothing, nor a socket', async () => {
    const { token, id } = await makeToken();
    const headers = { authorization: `Bearer ${token}` };
    expect((await send('{"query":"{me{name}}"}', { headers })).status).toBe(200);
    await lab.server.ask(
      'mutation($i: TokenRevokeInput!) { tokenRevoke(input: $i) { userErrors { code } } }',
      { i: { tokenId: id } },
    );
    expect((await send('{"query":"{me{name}}"}', { headers })).status).toBe(401);
    expect(await closeCodeOf({ authorization: headers.authorization })).toBe(4403);
  });
});

/** Asks so many times on one connection, one behind the other, and gives the statuses. */
function knocks(header: string, count: number): Promise<number[]> {
  const { hostname, port } = new URL(lab.server.url);
  const body = '{"query":"{me{name}}"}';
  const lines = [
    'POST /graphql HTTP/1.1',
    `Host: ${hostname}:${port}`,
    `Authorization: ${header}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const socket = connect({ host: hostname, port: Number(port) });
  let text = '';
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      socket.destroy();
      resolve(Array.from(text.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status]) => Number(status)));
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.split('HTTP/1.1 ').length > count && text.endsWith('}')) finish();
    });
    socket.on('close', finish);
    socket.on('error', reject);
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`.repeat(count));
  });
}

async function makeToken(): Promise<{ readonly token: string; readonly id: string }> {
  const { tokenCreate } = await lab.server.ask<{
    readonly tokenCreate: { readonly secret: string; readonly token: { readonly tokenId: string } };
  }>(
    `mutation($i: TokenCreateInput!) {
      tokenCreate(input: $i) { secret token { tokenId } userErrors { message } } }`,
    { i: { name: 'leaked' } },
  );
  return { token: tokenCreate.secret, id: tokenCreate.token.tokenId };
}

/** Memory that the server's process has at the moment. */
function residentBytes(): number {
  const status = readFileSync(`/proc/${lab.server.processId}/status`, 'utf8');
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
}

/** The code that a socket is closed with; `null` as payload says nothing at all. */
function closeCodeOf(
  payload: object | null,
  headers: Record<string, string> = {},
): Promise<number> {
  const url = lab.server.url.replace('http', 'ws');
  const socket = new WebSocket(`${url}/graphql`, 'graphql-transport-ws', { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      if (payload !== null) socket.send(JSON.stringify({ type: 'connection_init', payload }));
    });
    socket.on('close', (code) => resolve(code));
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
    socket.on('error', reject);
  });
}

describe('input 112: a socket', () => {
  test('that does not introduce itself is closed', async () => {
    expect(await closeCodeOf(null)).toBe(4408);
  }, 10_000);

  test('that introduces itself wrongly is closed', async () => {
    expect(await closeCodeOf({})).toBe(4403);
    expect(await closeCodeOf({ authorization: 7 })).toBe(4403);
  });

  test('of a foreign page or by another name is not opened', async () => {
    expect(await closeCodeOf({}, { origin: 'https://evil.example' })).toBe(403);
    expect(await closeCodeOf({}, { host: 'evil.example' })).toBe(403);
  });

  test('that subscribes before it introduced itself is closed', async () => {
    const socket = new WebSocket(
      `${lab.server.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const query = 'subscription { labCommits(lab: "hostile") { version } }';
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () =>
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } })),
      );
      socket.on('close', resolve);
    });
    expect(code).toBe(4401);
  });

  test('that never reads is waited for, and its commits are kept for nobody', async () => {
    const socket = new WebSocket(
      `${lab.server.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const fields = 'facts { type data } lab { hosts(first: 2) { nodes { name } } }';
    const query = `subscription { labCommits(lab: "${lab.labId}") { version ${fields} } }`;
    await new Promise<void>((resolve) => {
      socket.on('open', () =>
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
      );
      socket.on('message', () => resolve());
    });
    for (let id = 0; id < 20; id += 1) {
      socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query } }));
    }
    socket.pause();
    const label = { name: 'ballast', value: 'x'.repeat(4_000) };
    const commands = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((name) => [
      { networkCreate: { host: 'h1', name, labels: [label] } },
      { networkRemove: { host: 'h1', network: name } },
    ]);
    const before = residentBytes();
    for (let round = 0; round < 100; round += 1) {
      await lab.server.ask(
        'mutation($i: CommandsApplyInput!) { commandsApply(input: $i) { failedIndex } }',
        { i: { lab: lab.labId, commands } },
      );
    }
    // What twenty subscribers have not read is 20 x 100 x 32 kB = 64 MB and more.
    expect(residentBytes() - before).toBeLessThan(200_000_000);
    expect((await ask('{ me { name } }')).status).toBe(200);
    socket.terminate();
    expect(await lab.isWell()).toBe(true);
  }, 60_000);

  test('has so many subscriptions and no more', async () => {
    const client = createClient({
      url: `${lab.server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    const query = `subscription { labCommits(lab: "${lab.labId}") { version } }`;
    const refusals: unknown[] = [];
    const isDone = (): boolean => refusals.length === 480;
    await new Promise<void>((resolve) => {
      for (let count = 0; count < 500; count += 1) {
        const refuse = (fault: unknown): void => {
          refusals.push(fault);
          if (isDone()) resolve();
        };
        client.subscribe({ query }, { next: () => {}, error: refuse, complete: () => {} });
      }
    });
    expect(JSON.stringify(refusals[0])).toContain('TOO_MANY_SUBSCRIPTIONS');
    await client.dispose();
    expect(await lab.isWell()).toBe(true);
  });
});
