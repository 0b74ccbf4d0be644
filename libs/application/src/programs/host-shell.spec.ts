import type { CommandBody } from '@netfold/contracts';
import type { EngineCall, EngineReply } from '@netfold/docker-client';
import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandResult } from '../command-request.ts';
import { engineLineLimits, runHostShell } from './host-shell.ts';
import type { HostShell } from './host-shell.ts';

const labId = 'lab-00000001';
const [, actor] = newLab(labId, 'h1');

let lab: ReturnType<typeof newLab>[0];
let asked: EngineCall[];
let waits: number[];
let submitted: CommandBody[];
/** Something that happens while the engine answers. */
let meanwhile: () => Promise<unknown>;

const reply: EngineReply = {
  status: 200,
  text: '[]',
  pieces: [],
  isOpen: false,
  meanwhile: [],
};

let now: number;
let ordinal: number;

/** As the writer of a lab answers; the lab in memory asks for no version. */
const overtaken = {
  outcome: {
    kind: 'refused',
    refusal: { class: 'conflict', code: 'VersionConflict', message: '', data: {} },
  },
  position: 0,
  labVersion: 0,
  isRepeat: false,
} as CommandResult;

const submit = (body: CommandBody, expectedVersion: number | null): Promise<CommandResult> => {
  if (expectedVersion !== null && expectedVersion !== lab.version)
    return Promise.resolve(overtaken);
  submitted.push(body);
  ordinal += 1;
  return lab.submit({
    id: `command-${ordinal}`,
    labId,
    tenantId: actor.tenantId,
    actorId: actor.id,
    face: 'graphql',
    commandText: null,
    correlationId: '',
    causationId: null,
    expectedVersion,
    body,
  });
};

const shell = (): HostShell => ({
  states: lab,
  clock: () => now,
  wait: (delayMs) => {
    waits.push(delayMs);
    now += delayMs;
    return Promise.resolve();
  },
  submit,
  askEngine: async (call) => {
    asked.push(call);
    await meanwhile();
    return reply;
  },
});

const run = (line: string) => runHostShell(shell(), { labId, host: 'h1' }, ['sh', '-c', line]);

beforeEach(async () => {
  const [made, , creation] = newLab(labId, 'h1');
  lab = made;
  await lab.submit(creation);
  [asked, waits, submitted, ordinal, now] = [[], [], [], 0, Date.now()];
  meanwhile = () => Promise.resolve();
});

afterEach(() => lab.close());

const namespaceOf = (name: string): CommandBody => ({
  type: 'EditStacks',
  host: 'h1',
  edits: [{ kind: 'addNamespace', name }],
});

test('what a line did before it asks its engine is a fact when the engine answers', async () => {
  let factsThen = 0;
  meanwhile = () => {
    factsThen = submitted.length;
    return Promise.resolve();
  };
  const ran = await run('ip link add br5 type bridge; docker ps -q; ip link add br6 type bridge');
  expect(ran).toMatchObject({ stderr: '', exitCode: 0 });
  expect(asked.map(({ path }) => path)).toEqual(['/containers/json']);
  expect(factsThen).toBe(1);
  expect(submitted.map(({ type }) => type)).toEqual(['EditStacks', 'EditStacks']);
  expect((await run('ip -br link | grep -c "br[56]"'))?.stdout).toBe('2\n');
});

test('each question is asked once, however often the line is run again', async () => {
  const ran = await run('for i in 1 2 3; do docker ps -q; done; echo end');
  expect(ran?.stdout).toBe('end\n');
  expect(asked).toHaveLength(3);
});

test('the words behind a question see the lab as it is then', async () => {
  meanwhile = () => submit(namespaceOf('ns7'), null);
  const ran = await run('ip netns | grep -c ns7; docker ps -q; ip netns | grep -c ns7');
  expect(ran?.stdout).toBe('0\n1\n');
});

test('a line that somebody else came before of goes on from what is there now', async () => {
  let isFirst = true;
  const states = {
    ...shell(),
    submit: async (body: CommandBody, expectedVersion: number | null) => {
      if (isFirst && asked.length > 0) {
        isFirst = false;
        await submit(namespaceOf('ns8'), null);
      }
      return submit(body, expectedVersion);
    },
  };
  const line = 'docker ps -q; ip netns add ns9; ip netns | grep -c "ns[89]"';
  const ran = await runHostShell(states, { labId, host: 'h1' }, ['sh', '-c', line]);
  expect(ran).toMatchObject({ stdout: '2\n', stderr: '' });
  expect(asked).toHaveLength(1);
});

test('a line waits as long as it sleeps before it asks', async () => {
  await run('sleep 3; docker ps -q; sleep 2; docker ps -q');
  expect(waits).toEqual([3_000, 2_000]);
});

test('a line asks so often and no more, and shows what it did until then', async () => {
  const { callsMax } = engineLineLimits;
  const ran = await run(`for i in $(seq 1 ${callsMax + 5}); do docker ps -q; echo $i; done`);
  expect(asked).toHaveLength(callsMax);
  expect(ran?.stdout.trim().split('\n')).toHaveLength(callsMax);
  expect(ran?.stderr).toBe(`netfold: a line may ask its engine ${callsMax} times\n`);
  expect(ran?.exitCode).toBe(124);
}, 60_000);

test('a line asks so long and no longer', async () => {
  const seconds = engineLineLimits.durationMsMax / 1_000;
  const ran = await run('while true; do sleep 7; docker ps -q; echo again; done');
  expect(asked).toHaveLength(Math.floor(seconds / 7));
  expect(ran?.stdout.trim().split('\n')).toHaveLength(Math.floor(seconds / 7));
  expect(ran?.stderr).toBe(`netfold: a line may run ${seconds} s while it asks its engine\n`);
});

test('what a line did before it ran too long is told once', async () => {
  const late = 'sleep 70; docker ps -q';
  const ran = await run(`docker ps -q; ip netns add late; ${late}; echo never`);
  expect(ran?.stderr).toMatch(/^netfold: a line may run \d+ s while it asks its engine\n$/);
  expect(submitted.map(({ type }) => type)).toEqual(['EditStacks']);
  expect((await run('ip netns | grep -c late'))?.stdout).toBe('1\n');
});

test('a host that goes while its engine answers is gone', async () => {
  meanwhile = () => submit({ type: 'RemoveHost', host: 'h1' }, null);
  expect(await run('docker ps -q; echo still here')).toBeNull();
});
