import { defaultQuotas } from '@netfold/application';
import { servedLab as labId, serveGraphql } from '@netfold/testkit/graphql-service';
import { getIntrospectionQuery } from 'graphql';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { limits } from '../limits/limits.ts';

type Service = Awaited<ReturnType<typeof serveGraphql>>;
const running: Service[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ app }) => app.close())));

async function serve(of: Parameters<typeof serveGraphql>[0] = {}): Promise<Service> {
  const service = await serveGraphql(of);
  running.push(service);
  return service;
}

type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly code: unknown;
};
type Sent = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request exactly as given: fetch would set headers of its own. */
function send(port: number, body: string, sent: Sent = {}): Promise<Reply> {
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer good',
    'content-length': String(Buffer.byteLength(body)),
    ...sent.headers,
  };
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: sent.path ?? '/graphql', headers };
    const outgoing = httpRequest({ ...options, method: sent.method ?? 'POST' }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          code: codeOf(text),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function codeOf(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  const parsed = JSON.parse(text) as { errors?: { extensions: { code: unknown } }[] };
  return parsed.errors?.[0]?.extensions.code;
}

const ask = (port: number, query: string, more: object = {}, sent: Sent = {}): Promise<Reply> =>
  send(port, JSON.stringify({ query, ...more }), sent);
const hosts = `query Hosts($n: Int!) {
  lab(id: "${labId}") { hosts(first: $n) { nodes { name } } }
}`;

describe('a query by POST', () => {
  test('is answered, the compiled one alike', async () => {
    const { port, desk } = await serve();
    for (const _ of [1, 2, 3, 4]) {
      const reply = await ask(port, hosts, { variables: { n: 5 } });
      expect([reply.status, JSON.parse(reply.text)]).toEqual([
        200,
        { data: { lab: { hosts: { nodes: [{ name: 'h1' }] } } } },
      ]);
    }
    expect(desk.labs.opened.every((reader) => reader.isClosed)).toBe(true);
    expect(desk.faults).toEqual([]);
  });

  test('goes through the buses to the gate', async () => {
    const { port, desk } = await serve();
    const input = { lab: labId, host: 'h1', name: 'web' };
    const mutation =
      'mutation($input: NetworkCreateInput!) { networkCreate(input: $input) { commandId } }';
    const reply = await ask(port, mutation, { variables: { input } });
    expect(reply.status).toBe(200);
    expect(desk.labs.submitted.map(({ body }) => body.type)).toEqual(['CreateNetwork']);
  });

  test('gives its trace to its commands; a header that is none is ignored', async () => {
    const { port, desk } = await serve();
    desk.shell = ({ traceparent }) => ({ stdout: String(traceparent), stderr: '', exitCode: 0 });
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const none = trace.replace('00-', 'ff-');
    const mutation = `mutation { hostExec(input: {lab: "${labId}", host: "h1", command: ["id"]}) {
      stdout } networkCreate(input: {lab: "${labId}", host: "h1", name: "web"}) { commandId } }`;
    const printed: unknown[] = [];
    for (const traceparent of [trace, none]) {
      const { text } = await ask(port, mutation, {}, { headers: { traceparent } });
      printed.push((JSON.parse(text) as { data: { hostExec: object } }).data.hostExec);
    }
    expect(printed).toEqual([{ stdout: trace }, { stdout: 'null' }]);
    expect(desk.labs.submitted.map(({ traceparent }) => traceparent)).toEqual([trace, undefined]);
  });

  test('of one source with two operations answers the one that was asked for', async () => {
    const { port } = await serve();
    const query =
      'query A { a: labs(first: 1) { totalCount } } query B { b: labs(first: 1) { totalCount } }';
    const names = ['A', 'B', 'A', 'B', 'B', 'A'];
    for (const operationName of names) {
      const { text } = await ask(port, query, { operationName });
      expect(Object.keys((JSON.parse(text) as { data: object }).data)).toEqual([
        operationName.toLowerCase(),
      ]);
    }
  });

  test('answers introspection, for tools', async () => {
    const { port } = await serve();
    expect((await ask(port, getIntrospectionQuery())).status).toBe(200);
  });

  test('answers in the media type that was asked for', async () => {
    const { port } = await serve();
    const accept = 'application/graphql-response+json';
    const reply = await ask(port, '{ __typename }', {}, { headers: { accept } });
    expect(reply.headers['content-type']).toBe(`${accept}; charset=utf-8`);
  });

  test('says "did you mean" and no more about a field that there is not', async () => {
    const { port } = await serve();
    const reply = await ask(port, '{ lab(id: "x") { nam } }');
    expect([reply.status, reply.code]).toEqual([400, 'INVALID_QUERY']);
    expect(reply.text).toContain('Did you mean');
  });

  test('masks a fault of the server, compiled or not', async () => {
    const { port, desk } = await serve();
    desk.labs.open = () => Promise.reject(new Error('duplicate key value violates "actor_pkey"'));
    for (const _ of [1, 2, 3]) {
      const reply = await ask(port, hosts, { variables: { n: 1 } });
      expect(reply.code).toBe('INTERNAL');
      expect(reply.text).not.toContain('actor_pkey');
      expect(reply.text).not.toContain('stack');
    }
    expect(desk.faults).toHaveLength(3);
  });
});

describe('a request that is refused', () => {
  test.each([
    ['without a token', { authorization: '' }, 401, 'UNAUTHENTICATED'],
    ['with a wrong token', { authorization: 'Bearer bad' }, 401, 'UNAUTHENTICATED'],
    ['by another host name', { host: 'evil.example' }, 403, 'HOST_NOT_ALLOWED'],
    ['from a foreign page', { origin: 'https://evil.example' }, 403, 'ORIGIN_NOT_ALLOWED'],
    ['from nowhere', { origin: 'null' }, 403, 'ORIGIN_NOT_ALLOWED'],
    [
      'as a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['as text', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'as a form of parts',
      { 'content-type': 'multipart/form-data; boundary=x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'as almost JSON from a foreign page',
      { 'content-type': 'application/json;x=', origin: 'https://evil.example' },
      403,
      'ORIGIN_NOT_ALLOWED',
    ],
  ])('%s does nothing', async (_, headers, status, code) => {
    const { port, desk } = await serve();
    const mutation = 'mutation { labCreate(input: { name: "x" }) { commandId } }';
    const reply = await ask(port, mutation, {}, { headers });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(desk.labs.submitted).toEqual([]);
  });

  test('from a page of our own is none', async () => {
    const { port } = await serve();
    const headers = { origin: `http://localhost:${port}` };
    expect((await ask(port, '{ __typename }', {}, { headers })).status).toBe(200);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'by %s is told to POST',
    async (method) => {
      const { port } = await serve();
      const reply = await send(port, '', { method, path: '/graphql?query={__typename}' });
      expect([reply.status, reply.code, reply.headers['allow']]).toEqual([
        405,
        'METHOD_NOT_ALLOWED',
        'POST',
      ]);
    },
  );

  test.each([
    ['nothing', '', 'INVALID_REQUEST'],
    ['half of an object', '{', 'INVALID_REQUEST'],
    ['a number', '7', 'INVALID_REQUEST'],
    ['no query', '{}', 'INVALID_REQUEST'],
    ['a list of queries', '[{"query":"{__typename}"}]', 'BATCHING_DISABLED'],
    [
      'a syntax tree',
      '{"query":"{\\"kind\\":\\"Document\\",\\"definitions\\":[]}"}',
      'INVALID_REQUEST',
    ],
    ['a list as variables', '{"query":"{__typename}","variables":[]}', 'INVALID_REQUEST'],
    ['a name that is none', '{"query":"{__typename}","operationName":"a b"}', 'INVALID_REQUEST'],
    ['no GraphQL', '{"query":"hello {"}', 'INVALID_QUERY'],
  ])('with %s says so', async (_, body, code) => {
    const { port } = await serve();
    const reply = await send(port, body);
    expect([reply.status, reply.code]).toEqual([400, code]);
  });

  test('the body may have 100 KiB and not one byte more', async () => {
    const { port } = await serve();
    const bodyOf = (bytes: number): string => {
      const bare = JSON.stringify({ query: '{ __typename }', x: '' });
      return JSON.stringify({ query: '{ __typename }', x: 'x'.repeat(bytes - bare.length) });
    };
    expect((await send(port, bodyOf(limits.bodyBytes))).status).toBe(200);
    const reply = await send(port, bodyOf(limits.bodyBytes + 1));
    expect([reply.status, reply.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  test('variables may have 32 levels, and forty thousand do not harm', async () => {
    const { port } = await serve();
    const of = (levels: number) =>
      `{"query":"{__typename}","variables":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
    expect((await send(port, of(limits.variablesDepth))).status).toBe(200);
    expect((await send(port, of(limits.variablesDepth + 1))).code).toBe('VARIABLES_TOO_DEEP');
    const nested = '['.repeat(40_000) + ']'.repeat(40_000);
    const lists = `{"query":"{__typename}","variables":{"a":${nested}}}`;
    expect((await send(port, lists)).code).toBe('VARIABLES_TOO_DEEP');
  });

  test.each([
    ['tokens', `{ ${'__typename '.repeat(1_999)} }`, 'TOO_MANY_TOKENS'],
    ['levels', `{${'a{'.repeat(600)}b${'}'.repeat(600)}}`, 'QUERY_TOO_DEEP'],
    [
      'aliases',
      `{${Array.from({ length: 600 }, (_, i) => `a${i}:__typename`).join(' ')}}`,
      'TOO_MANY_ALIASES',
    ],
    ['directives', `{__typename ${'@skip(if: true)'.repeat(200)}}`, 'TOO_MANY_DIRECTIVES'],
    ['mutations', `mutation {${'labRemove '.repeat(11)}}`, 'TOO_MANY_MUTATIONS'],
    [
      'points',
      '{ labs(first: 200) { nodes { hosts(first: 200) { nodes { name } } } } }',
      'QUERY_TOO_EXPENSIVE',
    ],
    ['elements of a page', '{ labs(first: 201) { nodes { name } } }', 'BAD_PAGE_SIZE'],
  ])('too many %s are refused before anything is read, every time', async (_, query, code) => {
    const { port, desk } = await serve();
    for (const _again of [1, 2, 3]) {
      const reply = await ask(port, query);
      expect([reply.status, reply.code]).toEqual([400, code]);
    }
    expect(desk.labs.opened).toEqual([]);
  });

  test.each([
    ['an infinite number', '1e400'],
    ['a number beyond Int', '9007199254740993'],
  ])('%s as a variable is refused', async (_, number) => {
    const { port } = await serve();
    const body = `{"query":${JSON.stringify(hosts)},"variables":{"n":${number}}}`;
    const reply = await send(port, body);
    expect(reply.status).toBe(400);
  });

  test('too much in a minute says when to come again', async () => {
    const { port } = await serve({ quotas: { ...defaultQuotas, queryCostPerMinute: 10 } });
    const query = '{ labs(first: 5) { nodes { name } } }';
    expect((await ask(port, query)).status).toBe(200);
    const reply = await ask(port, query);
    expect([reply.status, reply.code, reply.headers['retry-after']]).toEqual([
      429,
      'RATE_LIMITED',
      '12',
    ]);
  });
});

describe('GraphiQL', () => {
  test('comes whole from this server', async () => {
    const { port } = await serve();
    const page = await send(port, '', { method: 'GET', path: '/graphiql' });
    expect(page.status).toBe(200);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      expect(path.startsWith('/graphiql/')).toBe(true);
      expect((await send(port, '', { method: 'GET', path })).status).toBe(200);
    }
  });
});
