import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendTo } from './graphql-client.ts';
import type { Reply } from './graphql-client.ts';
import { answerMsMax, HostileLab, makeLab } from './hostile-lab.ts';
import { asStudent } from './student.ts';

let lab: HostileLab;
let otherLabId: string;
beforeAll(async () => {
  lab = await HostileLab.start();
  otherLabId = (await makeLab(lab.server, 'other')).labId;
}, 60_000);
afterAll(() => lab.stop());

const sendText = (body: string | Buffer): Promise<Reply> =>
  sendTo(lab.server.url, body, { headers: { authorization: `Bearer ${lab.server.token}` } });

const ask = (query: string, variables: object = {}): Promise<Reply> =>
  sendText(JSON.stringify({ query, variables }));

const create = `mutation($input: NetworkCreateInput!) {
  networkCreate(input: $input) { commandId isRepeat version ids { name value }
    userErrors { code class message } } }`;

const creating = (name: string, more: object = {}): Promise<Reply> =>
  ask(create, { input: { lab: lab.labId, host: 'h1', name, ...more } });

/** Refused by the query or by the command: no fact, no fault of the server, in time. */
async function expectRefused(asked: () => Promise<Reply>): Promise<Reply> {
  const version = await lab.version();
  const reply = await asked();
  expect(reply.ms).toBeLessThan(answerMsMax);
  expect(reply.code).not.toBeNull();
  expect(reply.code).not.toBe('INTERNAL');
  expect(reply.text.length).toBeLessThan(10_000);
  expect(await lab.version()).toBe(version);
  expect(await lab.isWell()).toBe(true);
  return reply;
}

type Created = {
  readonly data: {
    readonly networkCreate: {
      readonly isRepeat: boolean;
      readonly userErrors: readonly object[];
      readonly version: number;
      readonly ids: readonly { readonly value: string }[];
    };
  };
};

const created = ({ text }: Reply) => (JSON.parse(text) as Created).data.networkCreate;

describe('a command id', () => {
  test('input 94: given fifty times at once is carried out once', async () => {
    const version = await lab.version();
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => creating('once', { commandId: 'fifty-times' })),
    );
    const answers = replies.map(created);
    expect(answers.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    const facts = answers.map(({ ids, version: at }) => JSON.stringify([ids, at]));
    expect(new Set(facts).size).toBe(1);
    expect(await lab.version()).toBe(version + 1);
  });

  test('input 95: again with another payload is refused, in another order it is not', async () => {
    await creating('first', { commandId: 'reused' });
    const reply = await expectRefused(() => creating('second', { commandId: 'reused' }));
    expect(reply.text).toContain('CONFLICT');
    const input = `{"name":"first","commandId":"reused","host":"h1","lab":"${lab.labId}"}`;
    const again = `{"variables":{"input":${input}},"query":${JSON.stringify(create)}}`;
    expect(created(await sendText(again)).isRepeat).toBe(true);
  });

  // Another tenant's ids are its own: lab-writer.spec.ts. The users of one server are one tenant.
  test('input 97: of another user opens nothing of what was answered to it', async () => {
    const commandId = 'of-everybody';
    const first = created(await creating('independent', { commandId }));
    const ids = first.ids.map(({ value }) => value);
    expect(ids).not.toEqual([]);
    const mallory = await asStudent(lab.server, 'mallory');
    const owned = await mallory.ownLab('hers');
    const input = { host: 'h1', name: 'independent' };
    const used = await mallory.ask(create, { input: { ...input, commandId, lab: owned } });
    expect(used.text).toContain('"class":"CONFLICT"');
    const stolen = await mallory.ask(create, { input: { ...input, commandId, lab: lab.labId } });
    expect(stolen.code).not.toBeNull();
    for (const id of ids) expect(used.text + stolen.text).not.toContain(id);
    const own = created(await mallory.ask(create, { input: { ...input, lab: owned } }));
    expect([own.isRepeat, own.userErrors]).toEqual([false, []]);
  });

  test.each(['', 'a\nb', 'a b', 'ü', '\u0000', 'x'.repeat(129), 'x'.repeat(90_000)])(
    'input 96: of another form is refused (%#)',
    async (commandId) => {
      await expectRefused(() => creating('n', { commandId }));
    },
  );
});

describe('input 98: an expected version', () => {
  test.each([-1, 2 ** 53, 1e300, 0.5, '1', 'NaN', 1_000_000, 1, { $gt: 0 }])(
    '%j is refused',
    async (expectedVersion) => {
      await expectRefused(() => creating('n', { expectedVersion }));
    },
  );
});

describe('input 99: a moment', () => {
  const at =
    'query($id: ID!, $at: AsOf) {' +
    ' lab(id: $id, asOf: $at) { version hosts(first: 1) { totalCount } } }';
  test.each([
    { version: -1 },
    { version: 1_000_000 },
    { version: 1e300 },
    { version: 0.5 },
    { version: 'NaN' },
    { time: 'yesterday' },
    { time: '9999999-01-01T00:00:00Z' },
    { time: '' },
    {},
    { version: 1, time: '2026-01-01T00:00:00.000Z' },
  ])('%j is refused', async (asOf) => {
    await expectRefused(() => ask(at, { id: lab.labId, at: asOf }));
  });

  test.each(['1e309', '9007199254740993', '-0.1'])('%s is refused', async (version) => {
    const variables = `{"id":"${lab.labId}","at":{"version":${version}}}`;
    await expectRefused(() => sendText(`{"query":${JSON.stringify(at)},"variables":${variables}}`));
  });
});

describe('input 100: a cursor', () => {
  const page =
    'query($id: ID!, $after: String) { lab(id: $id) {' +
    ' commits(first: 5, after: $after) { nodes { version } }' +
    ' hosts(first: 5, after: $after) { nodes { name } } } }';
  const foreign = async (): Promise<string> => {
    const { lab: other } = await lab.server.ask<{
      readonly lab: {
        readonly commits: { readonly nodes: readonly { readonly cursor: string }[] };
      };
    }>('query($id: ID!) { lab(id: $id) { commits(first: 1) { nodes { cursor } } } }', {
      id: otherLabId,
    });
    return other.commits.nodes[0]?.cursor ?? '';
  };

  test.each([
    'x',
    '',
    '\u0000',
    'AAAA',
    '../..',
    "' or 1=1 --",
    'x'.repeat(90_000),
    'e30=',
    'W10=',
  ])('that is forged is refused (%#)', async (after) => {
    await expectRefused(() => ask(page, { id: lab.labId, after }));
  });

  test('of another lab shows nothing of it', async () => {
    const after = await foreign();
    const reply = await ask(page, { id: lab.labId, after });
    expect(reply.text).not.toContain(otherLabId);
    expect(reply.code).not.toBe('INTERNAL');
  });
});

describe('input 101: a lab that is not for who asks', () => {
  const query = 'query($id: ID!) { lab(id: $id) { name } }';
  test.each([
    '00000000-0000-4000-8000-000000000000',
    'lab-00000000',
    '../',
    '7',
    '',
    '\u202e',
    "'; drop table log.commit; --",
    'x'.repeat(1_000),
    '__proto__',
  ])('is not there: %j', async (id) => {
    const reply = await ask(query, { id });
    expect(reply.text).toBe('{"data":{"lab":null}}');
  });

  test('is not there for commands', async () => {
    for (const id of ['lab-00000000', '../', '__proto__']) {
      await expectRefused(() => ask(create, { input: { lab: id, host: 'h1', name: 'n' } }));
    }
  });

  test('is not there for a student, whatever the id says', async () => {
    const { userCreate } = await lab.server.ask<{
      readonly userCreate: { readonly user: { readonly name: string } };
    }>(
      `mutation($i: UserCreateInput!) {
        userCreate(input: $i) { user { name } userErrors { message } } }`,
      { i: { name: 'eve', role: 'STUDENT' } },
    );
    const { tokenCreate } = await lab.server.ask<{
      readonly tokenCreate: { readonly secret: string };
    }>('mutation($i: TokenCreateInput!) { tokenCreate(input: $i) { secret } }', {
      i: { name: 'hers', user: userCreate.user.name },
    });
    const headers = { authorization: `Bearer ${tokenCreate.secret}` };
    const askedBy = (body: object): Promise<Reply> =>
      sendTo(lab.server.url, JSON.stringify(body), { headers });
    const texts = new Set<string>();
    for (const id of [lab.labId, otherLabId, 'lab-00000000']) {
      texts.add((await askedBy({ query, variables: { id } })).text);
    }
    expect([...texts]).toEqual(['{"data":{"lab":null}}']);
    const version = await lab.version();
    const variables = { input: { lab: lab.labId, host: 'h1', name: 'stolen' } };
    const own = await askedBy({ query: create, variables });
    const gone = { input: { lab: 'lab-00000000', host: 'h1', name: 'stolen' } };
    const missing = await askedBy({ query: create, variables: gone });
    expect(own.code).toBe(missing.code);
    expect(await lab.version()).toBe(version);
  });
});

describe('input 102: a batch', () => {
  const apply =
    'mutation($i: CommandsApplyInput!) {' +
    ' commandsApply(input: $i) { failedIndex userErrors { code message } } }';
  const batch = (count: number) => ({
    lab: lab.labId,
    commands: Array.from({ length: count }, () => ({
      networkRemove: { host: 'h1', network: 'x' },
    })),
  });

  test('of 1,001 is refused', async () => {
    await expectRefused(() => ask(apply, { i: batch(1_001) }));
  });

  test('of none is refused', async () => {
    await expectRefused(() => ask(apply, { i: batch(0) }));
  });

  test('of which one fails leaves nothing', async () => {
    const commands = [
      { networkCreate: { host: 'h1', name: 'of-a-batch' } },
      { networkRemove: { host: 'h1', network: 'nosuch' } },
    ];
    const reply = await expectRefused(() => ask(apply, { i: { lab: lab.labId, commands } }));
    expect(reply.text).toContain('"failedIndex":1');
  });
});

describe('inputs 61 to 64: a text', () => {
  test.each([
    ['with NUL', { name: 'a\u0000b' }],
    ['with NUL in a key', { name: 'n', labels: [{ name: '\u0000', value: 'x' }] }],
    ['of 1 MB', { name: 'n'.repeat(90_000) }],
    ['with 2,000 pools', { name: 'n', pools: Array.from({ length: 2_000 }, () => ({})) }],
    [
      'with 3,000 labels',
      { name: 'n', labels: Array.from({ length: 3_000 }, (_, at) => ({ name: `l${at}` })) },
    ],
  ])('%s is refused', async (_, input) => {
    await expectRefused(() => creating(input.name, input));
  });

  test.each(['\\ud800', 'a\\udc00b'])('with half a pair is refused: %s', async (half) => {
    const input = `{"lab":"${lab.labId}","host":"h1","name":"${half}"}`;
    await expectRefused(() =>
      sendText(`{"query":${JSON.stringify(create)},"variables":{"input":${input}}}`),
    );
  });

  const creatingNamed = (name: Buffer): Buffer => {
    const input = `{"lab":"${lab.labId}","host":"h1","name":"`;
    const before = `{"query":${JSON.stringify(create)},"variables":{"input":${input}`;
    return Buffer.concat([Buffer.from(before), name, Buffer.from('"}}}')]);
  };

  test.each([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]])(
    'of bytes that are no UTF-8 is refused (%#)',
    async (...bytes) => {
      const reply = await expectRefused(() => sendText(creatingNamed(Buffer.from(bytes))));
      expect([reply.status, reply.code]).toEqual([400, 'INVALID_REQUEST']);
    },
  );

  test.each([
    ['behind a byte order mark', '\ufeff', 'utf8'],
    ['in UTF-16', '', 'utf16le'],
  ] as const)('%s is no JSON', async (_, mark, encoding) => {
    const body = Buffer.from(mark + creatingNamed(Buffer.from('n')).toString(), encoding);
    expect((await expectRefused(() => sendText(body))).code).toBe('INVALID_REQUEST');
  });

  test('that UTF-7 would read otherwise is kept as it stands', async () => {
    const name = '\ufeff+ACI-+ADw-script+AD4-';
    const reply = await creating(name);
    expect(reply.code).toBeNull();
    const { lab: seen } = await lab.server.ask<{
      readonly lab: { readonly host: { readonly network: { readonly name: string } } };
    }>(
      'query($id: ID!, $name: String!) {' +
        ' lab(id: $id) { host(name: "h1") { network(reference: $name) { name } } } }',
      { id: lab.labId, name },
    );
    expect(seen.host.network.name).toBe(name);
  });

  test.each([
    ['64: 1,000 labels of 250 letters', 1_000, 250],
    ['64: a label of 90 KB', 1, 90_000],
    ['64: a label of 10 MB', 1, 10_000_000],
  ])('input %s is refused', async (_, count, length) => {
    const labels = Array.from({ length: count }, (_one, at) => ({
      name: `l${at}`,
      value: 'x'.repeat(length),
    }));
    // A body that is far too large may be cut off before the answer is read.
    const tooLarge: Reply = { status: 413, text: '', code: 'BODY_TOO_LARGE', ms: 0 };
    const reply = await expectRefused(() => creating('n', { labels }).catch(() => tooLarge));
    expect([200, 400, 413]).toContain(reply.status);
  });

  test('with keys of the prototype is data', async () => {
    const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const labels = keys.map((name) => ({ name, value: 'polluted' }));
    await creating('keys', { labels });
    const { lab: seen } = await lab.server.ask<{
      readonly lab: { readonly host: { readonly network: { readonly labels: object[] } } };
    }>(
      `query($id: ID!) { lab(id: $id) { host(name: "h1") {
        network(reference: "keys") { labels { name value } } } } }`,
      { id: lab.labId },
    );
    expect(seen.host.network.labels).toHaveLength(keys.length);
    expect(seen.host.network.labels).toEqual(expect.arrayContaining(labels));
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });
});
