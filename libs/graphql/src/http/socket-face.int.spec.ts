import { servedLab as labId, serveGraphql } from '@netfold/testkit/graphql-service';
import { createClient } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../limits/limits.ts';

type Service = Awaited<ReturnType<typeof serveGraphql>>;
const running: Service[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ app }) => app.close())));

async function serve(of: Parameters<typeof serveGraphql>[0] = {}): Promise<Service> {
  const service = await serveGraphql(of);
  running.push(service);
  return service;
}

describe('a subscription', () => {
  const watch = (after: number) =>
    `subscription { labCommits(lab: "${labId}", afterVersion: ${after}) {
      version cursor lab { name version } } }`;
  const clientOf = (port: number, authorization = 'Bearer good') =>
    createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });

  test('brings every commit once, in order, each with its own moment of the lab', async () => {
    const { port, desk } = await serve();
    const client = clientOf(port);
    const seen: unknown[] = [];
    for await (const { data, errors } of client.iterate({ query: watch(1) }))
      seen.push(errors ?? data);
    expect(seen).toMatchObject([
      { labCommits: { version: 2, lab: { name: 'first', version: 2 } } },
      { labCommits: { version: 3, lab: { name: 'first', version: 3 } } },
    ]);
    await client.dispose();
    expect(desk.labs.opened.every((reader) => reader.isClosed)).toBe(true);
  });

  test('goes on after a cursor', async () => {
    const { port } = await serve();
    const client = clientOf(port);
    type Seen = { readonly labCommits: { readonly version: number; readonly cursor: string } };
    const collect = async (query: string): Promise<readonly Seen[]> => {
      const seen: Seen[] = [];
      for await (const { data } of client.iterate({ query })) seen.push(data as unknown as Seen);
      return seen;
    };
    const [first] = await collect(watch(0));
    const cursor = first?.labCommits.cursor ?? '';
    const query = `subscription { labCommits(lab: "first", after: "${cursor}") { version } }`;
    expect(await collect(query)).toMatchObject([
      { labCommits: { version: 2 } },
      { labCommits: { version: 3 } },
    ]);
    await client.dispose();
  });

  test.each([
    [
      'of a foreign lab',
      'subscription { labCommits(lab: "lab-99999999") { version } }',
      'INVALID_ARGUMENT',
    ],
    [
      'with a forged cursor',
      `subscription { labCommits(lab: "${labId}", after: "x") { version } }`,
      'INVALID_CURSOR',
    ],
    [
      'from the future',
      `subscription { labCommits(lab: "${labId}", afterVersion: 9) { version } }`,
      'VERSION_UNKNOWN',
    ],
    ['that is a query', '{ __typename }', 'INVALID_REQUEST'],
    ['too deep', `{${'a{'.repeat(9)}b${'}'.repeat(9)}}`, 'QUERY_TOO_DEEP'],
  ])('%s is refused', async (_, query, code) => {
    const { port } = await serve();
    const client = clientOf(port);
    const answer = new Promise((resolve) => {
      client.subscribe({ query }, { next: resolve, error: resolve, complete: () => resolve(null) });
    });
    const found = await answer;
    const [error] = Array.isArray(found) ? found : (found as { errors: unknown[] }).errors;
    expect(error).toMatchObject({ extensions: { code } });
    await client.dispose();
  });

  const closeOf = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => {
      socket.on('close', resolve);
      socket.on('error', () => resolve(-1));
    });
  const open = (port: number, headers: Readonly<Record<string, string>> = {}): WebSocket =>
    new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { headers });
  const init = (authorization: string): string =>
    JSON.stringify({ type: 'connection_init', payload: { authorization } });

  test('without introduction is closed with 4401', async () => {
    const { port } = await serve();
    const socket = open(port);
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: watch(0) } })),
    );
    expect(await closeOf(socket)).toBe(4401);
  });

  test('that says nothing is closed after five seconds', async () => {
    const { port } = await serve();
    const before = performance.now();
    expect(await closeOf(open(port))).toBe(4408);
    expect(performance.now() - before).toBeGreaterThan(4_900);
  }, 10_000);

  test('with a wrong token is closed with 4403', async () => {
    const { port } = await serve();
    const socket = open(port);
    socket.on('open', () => socket.send(init('Bearer bad')));
    expect(await closeOf(socket)).toBe(4403);
  });

  test('from a foreign page does not even open', async () => {
    const { port } = await serve();
    expect(await closeOf(open(port, { origin: 'https://evil.example' }))).toBe(-1);
    expect(await closeOf(open(port, { host: 'evil.example' }))).toBe(-1);
  });

  test('is closed when its token was revoked meanwhile', async () => {
    const { port, tokens } = await serve();
    const socket = open(port);
    socket.on('open', () => socket.send(init('Bearer good')));
    await new Promise((resolve) => {
      socket.once('message', resolve);
    });
    tokens.clear();
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: watch(0) } }));
    expect(await closeOf(socket)).toBe(4403);
  });

  test('by a sixth socket of one actor is closed with 4429', async () => {
    const { port } = await serve();
    const sockets = Array.from({ length: limits.socketsPerActor }, () => open(port));
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise((resolve) => {
            socket.on('open', () => socket.send(init('Bearer good')));
            socket.once('message', resolve);
          }),
      ),
    );
    const sixth = open(port);
    sixth.on('open', () => sixth.send(init('Bearer good')));
    expect(await closeOf(sixth)).toBe(4429);
    sockets.forEach((socket) => socket.terminate());
  });

  test('beyond twenty on one socket is refused', async () => {
    const { port, desk } = await serve();
    // Subscriptions that wait for a commit that does not come.
    desk.labs.follow = async function* (_lab, _after, signal) {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      yield* [];
    };
    const socket = open(port);
    socket.on('open', () => socket.send(init('Bearer good')));
    await new Promise((resolve) => {
      socket.once('message', resolve);
    });
    const refused = new Promise<{ id: string; type: string }>((resolve) => {
      socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as never));
    });
    for (let id = 1; id <= limits.subscriptionsPerSocket + 1; id += 1) {
      socket.send(
        JSON.stringify({ type: 'subscribe', id: String(id), payload: { query: watch(0) } }),
      );
    }
    const { id, type } = await refused;
    expect([id, type]).toEqual([String(limits.subscriptionsPerSocket + 1), 'error']);
    socket.terminate();
  });

  test('is sent away with 1001 when the server shuts down', async () => {
    const { port, app } = await serve();
    const socket = open(port);
    socket.on('open', () => socket.send(init('Bearer good')));
    await new Promise((resolve) => {
      socket.once('message', resolve);
    });
    const closed = closeOf(socket);
    await app.close();
    running.length = 0;
    expect(await closed).toBe(1001);
  });
});
