import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { container, network, start } from './engine-case.ts';
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

/** Asks once, in time, and tells whether it left a fact. */
async function refused(step: EngineStep): Promise<number> {
  const version = await lab.version();
  const since = performance.now();
  const { status, text } = await askEngine(lab.socketPath, step);
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
    [
      'input 64: 100,000 labels',
      network('n1', {
        Labels: Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`l${at}`, 'x'])),
      }),
    ],
  ])('%s', async (_, step) => {
    await clearEngine(lab.socketPath);
    expect([400, 413, 503]).toContain(await refused(step));
  });

  test('input 64: a label of 10 MB', async () => {
    const status = await refused(network('n1', { Labels: { a: 'x'.repeat(10_000_000) } })).catch(
      (fault: unknown) => fault,
    );
    // The connection may be cut before the answer is read.
    expect(status === 400 || (status as { readonly code?: string }).code === 'EPIPE').toBe(true);
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
    expect(performance.now() - since).toBeLessThan(200);
  }
});

test('input 67: a line break in a host never begins a line', async () => {
  await clearEngine(lab.socketPath);
  const host = { ExtraHosts: ['x\n6.6.6.6 evil:10.1.1.1'] };
  const { status } = await askEngine(lab.socketPath, container('c1', 'default', { host }));
  if (status === 201) await askEngine(lab.socketPath, start('c1'));
  expect(await lab.isWell()).toBe(true);
});
