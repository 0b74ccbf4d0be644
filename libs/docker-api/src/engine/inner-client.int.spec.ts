import { ProcessGate, systemTimers } from '@netfold/application';
import type { EngineCall } from '@netfold/docker-client';
import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLabId } from '../conformance/engine-desk.ts';
import { askEngine } from './inner-client.ts';

let close: () => void;
let ask: ReturnType<typeof askEngine>;
/** One that listens for longer than a test may take: it must not have to. */
let askForLong: ReturnType<typeof askEngine>;

beforeEach(async () => {
  const [lab, actor, creation] = newLab(deskLabId, 'h1');
  const gate = new ProcessGate({ gate: lab, states: lab, timers: systemTimers });
  await gate.submit(creation);
  close = () => lab.close();
  const context = {
    host: 'h1',
    labId: deskLabId,
    tenant: 'local',
    actor,
    gate,
    demand: () => Promise.resolve(),
    states: lab,
    clock: () => Date.now(),
  };
  ask = askEngine(context, { answerMs: 5_000, runMs: 700, followMs: 700 });
  askForLong = askEngine(context, { answerMs: 120_000, runMs: 120_000, followMs: 120_000 });
});

afterEach(() => close());

const post = (path: string, body?: unknown): EngineCall => ({ method: 'POST', path, body });

const create = async (name: string, config: object): Promise<string> => {
  const call = post(`/containers/create?name=${name}`, { Image: 'alpine', ...config });
  const { status, text } = await ask(call);
  expect([status, text]).toEqual([201, text]);
  return (JSON.parse(text) as { readonly Id: string }).Id;
};

const attached = (id: string, input = ''): EngineCall => ({
  ...post(`/containers/${id}/attach?stdin=1&stdout=1&stderr=1&stream=1`),
  input,
  meanwhile: [post(`/containers/${id}/wait?condition=next-exit`), post(`/containers/${id}/start`)],
});

test('an answer comes as any client gets it, a refusal as well', async () => {
  const networks = await ask({ method: 'GET', path: '/networks' });
  expect(networks).toMatchObject({ status: 200, isOpen: false, pieces: [] });
  expect(JSON.parse(networks.text)).toHaveLength(3);
  const refused = await ask({ method: 'GET', path: '/containers/nosuch/json' });
  expect(refused.status).toBe(404);
  expect(JSON.parse(refused.text)).toEqual({ message: 'No such container: nosuch' });
});

test('an attached container is started meanwhile, and brings both its streams', async () => {
  const id = await create('box', { Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'] });
  const { status, pieces, isOpen, meanwhile } = await ask(attached(id));
  expect(status).toBe(101);
  expect(isOpen).toBe(false);
  expect(pieces.map(({ stream, text }) => [stream, text])).toEqual([
    ['stdout', 'out\n'],
    ['stderr', 'err\n'],
  ]);
  const [waited, started] = meanwhile;
  expect(started?.status).toBe(204);
  expect(JSON.parse(waited?.text ?? '')).toMatchObject({ StatusCode: 3 });
});

test('what is typed reaches the container, and its end as well', async () => {
  const id = await create('box', {
    Cmd: ['cat'],
    AttachStdin: true,
    OpenStdin: true,
    StdinOnce: true,
  });
  const { pieces } = await ask(attached(id, 'one\ntwo\n'));
  expect(pieces.map(({ text }) => text).join('')).toBe('one\ntwo\n');
});

test('a container that goes on is listened to for a while', async () => {
  const id = await create('box', { Cmd: ['sh', '-c', 'echo first; sleep 100'] });
  const { pieces, isOpen, meanwhile } = await ask(attached(id));
  expect(isOpen).toBe(true);
  expect(pieces.map(({ text }) => text).join('')).toBe('first\n');
  expect(meanwhile.map((one) => one.isOpen)).toEqual([true, false]);
});

test('a container that cannot be started is not listened to', async () => {
  const id = await create('box', { Cmd: ['nosuch'] });
  const { meanwhile } = await askForLong(attached(id));
  expect(meanwhile.at(-1)?.status).toBe(400);
});

test('what only waits is left alone when it is abandoned', async () => {
  const id = await create('box', { Cmd: ['sleep', '1d'] });
  const wait = post(`/containers/${id}/wait?condition=next-exit`);
  const { meanwhile } = await askForLong({
    ...wait,
    isAbandoned: true,
    meanwhile: [post(`/containers/${id}/start`)],
  });
  expect(meanwhile[0]?.status).toBe(204);
});

test('what happens, and the end of a container, are waited for in vain', async () => {
  const id = await create('box', { Cmd: ['sleep', '1d'] });
  await ask(post(`/containers/${id}/start`));
  const waited = await ask(post(`/containers/${id}/wait`));
  expect(waited).toMatchObject({ isOpen: true, text: '' });
  const events = await ask({ method: 'GET', path: '/events?since=1' });
  expect(events.isOpen).toBe(true);
  expect(events.text).toContain('"Action":"start"');
});

test('what a path in a container is comes with the answer', async () => {
  const id = await create('box', { Cmd: ['sleep', '1d'] });
  const path = `/containers/${id}/archive?path=%2Fetc`;
  const { status, pathStat = '' } = await ask({ method: 'HEAD', path });
  expect(status).toBe(200);
  expect(JSON.parse(Buffer.from(pathStat, 'base64').toString())).toMatchObject({ name: 'etc' });
});
