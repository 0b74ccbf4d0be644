import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { connect, container, get, network, remove, start } from './engine-case.ts';
import type { EngineStep } from './engine-case.ts';
import { askEngine, clearEngine } from './engine-run.ts';
import { answerMsMax, HostileLab } from './hostile-lab.ts';

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

describe('names and texts are taken and refused as by a real engine', () => {
  test.each(engineCases['names'] ?? [])('input $input: $title', async (one) => {
    await expectAsRecorded(lab, one);
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });
});

/** Of a body that is far too large, the connection may end before the answer is read. */
function wasCutOff(fault: NodeJS.ErrnoException) {
  if (fault.code !== 'EPIPE' && fault.code !== 'ECONNRESET') throw fault;
  return { status: 413, text: '' };
}

/** Asks once, in time, and tells whether it left a fact. */
async function refused(step: EngineStep): Promise<number> {
  const version = await lab.version();
  const since = performance.now();
  const { status, text } = await askEngine(lab.socketPath, step).catch(wasCutOff);
  expect(performance.now() - since).toBeLessThan(answerMsMax);
  expect(text.length).toBeLessThan(10_000);
  expect(await lab.version()).toBe(version);
  expect(await lab.isWell()).toBe(true);
  return status;
}

describe('what no lab keeps is refused', () => {
  test.each([
    ['input 56: a name of 1 MB', network('n'.repeat(1_000_000))],
    ['input 56: a name of 5,000 bytes', network('n'.repeat(5_000))],
    ['input 61: NUL in a name', network('a\u0000b')],
    ['input 61: NUL in a key', network('n1', { Labels: { 'a\u0000b': 'c' } })],
    ['input 61: NUL in a command', container('c1', 'default', { Cmd: ['\u0000'] })],
    ['input 62: half a surrogate pair', { ...network('n1'), body: '{"Name":"\\ud800"}' }],
    [
      'input 62: half a surrogate pair in a key',
      { ...network('n1'), body: '{"Name":"n1","Options":{"\\udfff":"x"}}' },
    ],
    ...[600, 20_000, 100_000].map((count): [string, EngineStep] => [
      `input 64: ${count} labels`,
      network('n1', {
        Labels: Object.fromEntries(Array.from({ length: count }, (_, at) => [`l${at}`, ''])),
      }),
    ]),
    ['input 64: a label of 900 KB', network('n1', { Labels: { a: 'x'.repeat(900_000) } })],
    [
      'input 64: a label that long a name',
      network('n1', { Labels: { ['x'.repeat(900_000)]: '' } }),
    ],
  ])('%s', async (_, step) => {
    await clearEngine(lab.socketPath);
    expect([400, 413, 503]).toContain(await refused(step));
  });

  test('input 64: a label of 10 MB', async () => {
    const step = network('n1', { Labels: { a: 'x'.repeat(10_000_000) } });
    expect([400, 413]).toContain(await refused(step));
  });
});

describe('input 47: aliases', () => {
  beforeAll(async () => {
    await clearEngine(lab.socketPath);
    for (const step of [network('n1'), container('c1'), start('c1'), container('c2')]) {
      expect((await askEngine(lab.socketPath, step)).status).toBeLessThan(300);
    }
  });

  const many = (count: number, length: number): string[] =>
    Array.from({ length: count }, (_, at) => `a${at}`.padEnd(length, 'x'));

  test.each([
    ['of 64 KiB', [`a${'x'.repeat(65_535)}`]],
    ['of 254 letters', many(1, 254)],
    ['65 of them', many(65, 4)],
    ['10,000 of them', many(10_000, 8)],
  ])('%s are refused', async (_, Aliases) => {
    for (const name of ['c1', 'c2']) {
      expect([400, 503]).toContain(await refused(connect('n1', name, { Aliases })));
    }
    const EndpointsConfig = { n1: { Aliases } };
    const step = container('c3', 'n1', { NetworkingConfig: { EndpointsConfig } });
    expect([400, 503]).toContain(await refused(step));
  });

  test('64 of 253 letters are kept and resolved', async () => {
    const Aliases = many(64, 253);
    const joined = await askEngine(lab.socketPath, connect('n1', 'c1', { Aliases }));
    expect(joined.status).toBe(200);
    const { text } = await askEngine(lab.socketPath, get('/containers/c1/json'));
    expect(text).toContain(Aliases[63]);
  });
});

describe('input 57: the beginning of several ids', () => {
  /** Sixteen letters begin an id, so of seventeen two begin alike. */
  const made = 17;

  async function sharedLetter(steps: (name: string) => EngineStep): Promise<string> {
    const letters: string[] = [];
    for (let at = 0; at < made; at += 1) {
      const { text } = await askEngine(lab.socketPath, steps(`twin${at}`));
      letters.push((JSON.parse(text) as { readonly Id: string }).Id.slice(0, 1));
    }
    return letters.find((letter, at) => letters.indexOf(letter) !== at) ?? '';
  }

  // As a real engine 20.10.24 words them; the number of matches is a matter of chance.
  test('is no network', async () => {
    await clearEngine(lab.socketPath);
    const letter = await sharedLetter((name) => network(name));
    await askEngine(lab.socketPath, container('c1'));
    const of = 'matches found based on ID prefix';
    const seen = await askEngine(lab.socketPath, get(`/networks/${letter}`));
    expect(seen.status).toBe(400);
    expect(seen.text).toMatch(new RegExp(`"\\d+ ${of}: network ${letter} is ambiguous"`));
    const gone = await askEngine(lab.socketPath, remove(`/networks/${letter}`));
    expect(gone.status).toBe(400);
    expect(gone.text).toMatch(new RegExp(`"network ${letter} is ambiguous \\(\\d+ ${of}\\)"`));
    const { text } = await askEngine(lab.socketPath, get('/networks'));
    expect(JSON.parse(text)).toHaveLength(made + 3);
  });

  test('is no container', async () => {
    await clearEngine(lab.socketPath);
    await askEngine(lab.socketPath, network('n1'));
    const letter = await sharedLetter((name) => container(name));
    for (const step of [
      get(`/containers/${letter}/json`),
      remove(`/containers/${letter}`),
      start(letter),
      connect('n1', letter),
    ]) {
      const message = `Multiple IDs found with provided prefix: ${letter}`;
      const answer = await askEngine(lab.socketPath, step);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([500, { message }]);
    }
  });
});

describe('input 62: bytes that are no text', () => {
  const posted = (body: Buffer): EngineStep => ({
    ...network(''),
    body: body.toString('latin1'),
    isLatin1: true,
  });

  // As a real engine 20.10.24 answers.
  test('are replaced, as Go does', async () => {
    await clearEngine(lab.socketPath);
    const body = Buffer.concat([Buffer.from('{"Name":"a'), Buffer.of(0xff), Buffer.from('b"}')]);
    expect((await askEngine(lab.socketPath, posted(body))).status).toBe(201);
    const { status } = await askEngine(lab.socketPath, get('/networks/a%EF%BF%BDb'));
    expect(status).toBe(200);
  });

  test.each([['a byte order mark', Buffer.from('\ufeff{"Name":"n"}'), 'ï']])(
    'are no JSON: %s',
    async (_, body, letter) => {
      const { status, text } = await askEngine(lab.socketPath, posted(body));
      const message = `invalid character '${letter}' looking for beginning of value`;
      expect([status, JSON.parse(text)]).toEqual([400, { message }]);
    },
  );

  test('and what UTF-7 would read otherwise is kept as it stands', async () => {
    expect((await askEngine(lab.socketPath, network('u+ACI-'))).status).toBe(201);
    expect((await askEngine(lab.socketPath, get('/networks/u+ACI-'))).text).toContain('"u+ACI-"');
  });
});

test('input 50: of fifty creates at once one succeeds', async () => {
  await clearEngine(lab.socketPath);
  const asked = Array.from({ length: 50 }, () => askEngine(lab.socketPath, network('once')));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([
    201,
    ...Array.from({ length: 49 }, () => 409),
  ]);
});

test('input 65: a filter that would backtrack takes linear time', async () => {
  await clearEngine(lab.socketPath);
  await askEngine(lab.socketPath, network(`${'a'.repeat(1_000)}!`));
  for (const pattern of ['(a+)+$', '(a|aa)+$', '(.*)*b', '(a*)*(a*)*(a*)*c']) {
    const filters = encodeURIComponent(JSON.stringify({ name: [pattern] }));
    const since = performance.now();
    const path = `/v1.41/networks?filters=${filters}`;
    expect((await askEngine(lab.socketPath, { method: 'GET', path })).status).toBe(200);
    // One that backtracks would not end in a life.
    expect(performance.now() - since).toBeLessThan(answerMsMax);
  }
});

test('input 67: a line break in a host never begins a line', async () => {
  await clearEngine(lab.socketPath);
  const host = { ExtraHosts: ['x\n6.6.6.6 evil:10.1.1.1'] };
  const { status } = await askEngine(lab.socketPath, container('c1', 'default', { host }));
  if (status === 201) await askEngine(lab.socketPath, start('c1'));
  expect(await lab.isWell()).toBe(true);
});
