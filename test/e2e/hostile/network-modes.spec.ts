import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { connect, container, disconnect, get, network, remove, start } from './engine-case.ts';
import { askEngine, clearEngine } from './engine-run.ts';
import { answerMsMax, HostileLab } from './hostile-lab.ts';

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

describe('network modes, drivers and options are taken and refused as by a real engine', () => {
  test.each(engineCases['modes'] ?? [])('input $input: $title', async (one) => {
    await expectAsRecorded(lab, one);
  });
});

describe('input 82: a chain of a thousand containers, each in the stack of the one before', () => {
  const length = 1_000;

  async function apply(commands: readonly object[]): Promise<number | null> {
    const { commandsApply } = await lab.server.ask<{
      readonly commandsApply: { readonly failedIndex: number | null };
    }>('mutation($i: CommandsApplyInput!) { commandsApply(input: $i) { failedIndex } }', {
      i: { lab: lab.labId, commands },
    });
    return commandsApply.failedIndex;
  }

  const links = Array.from({ length }, (_, at) => ({ name: `l${at}`, before: `l${at - 1}` }));

  test('starts from its beginning only, and each answer comes in time', async () => {
    await clearEngine(lab.socketPath);
    const command = ['sleep', '1d'];
    const creations = links.map(({ name, before }, at) => {
      const networkMode = at === 0 ? 'default' : `container:${before}`;
      return { containerCreate: { host: 'h2', name, image: 'alpine', command, networkMode } };
    });
    for (let at = 0; at < length; at += 250) {
      expect(await apply(creations.slice(at, at + 250))).toBeNull();
    }
    const engine = lab.sockets[1] ?? '';
    const since = performance.now();
    const last = await askEngine(engine, start(`l${length - 1}`));
    expect(performance.now() - since).toBeLessThan(answerMsMax);
    expect(last.status).toBe(409);
    expect(last.text).toContain('cannot join network of a non running container');
    const starts = links.map(({ name }) => ({ containerStart: { host: 'h2', container: name } }));
    for (let at = 0; at < length; at += 250) {
      expect(await apply(starts.slice(at, at + 250))).toBeNull();
    }
    const { lab: seen } = await lab.server.ask<{
      readonly lab: { readonly host: { readonly container: { readonly status: string } } };
    }>(
      'query($id: ID!, $name: String!) {' +
        ' lab(id: $id) { host(name: "h2") { container(reference: $name) { status } } } }',
      { id: lab.labId, name: `l${length - 1}` },
    );
    expect(seen.host.container.status.toLowerCase()).toBe('running');
    const gone = await askEngine(engine, remove('/containers/l0?force=1'));
    expect(gone.status).toBe(204);
    expect(await lab.isWell()).toBe(true);
  }, 60_000);
});

describe('input 92: a container that is being removed', () => {
  test('is connected and disconnected before, or not at all', async () => {
    await clearEngine(lab.socketPath);
    for (const step of [network('n1'), network('n2'), container('c1', 'n1'), start('c1')]) {
      expect((await askEngine(lab.socketPath, step)).status).toBeLessThan(300);
    }
    const steps = Array.from({ length: 24 }, (_, at) =>
      at % 2 === 0 ? connect('n2', 'c1') : disconnect('n2', 'c1'),
    );
    steps.splice(12, 0, remove('/containers/c1?force=1'), remove('/containers/c1?force=1'));
    const answers = await Promise.all(steps.map((step) => askEngine(lab.socketPath, step)));
    const removals = answers.slice(12, 14).map(({ status }) => status);
    expect(removals.toSorted((a, b) => a - b)).toEqual([204, 404]);
    for (const { status, text } of answers) {
      expect([200, 204, 403, 404, 500]).toContain(status);
      if (status >= 400) {
        expect(text).toMatch(/already exists|is not connected to|No such container/);
      }
    }
    for (const name of ['n1', 'n2']) {
      const { text } = await askEngine(lab.socketPath, get(`/networks/${name}`));
      expect((JSON.parse(text) as { readonly Containers: object }).Containers).toEqual({});
      expect((await askEngine(lab.socketPath, remove(`/networks/${name}`))).status).toBe(204);
    }
    expect(await lab.isWell()).toBe(true);
  });
});
