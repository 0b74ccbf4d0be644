import { afterAll, beforeAll, expect, test } from 'vitest';
import { container, get, network, post } from './engine-case.ts';
import { askEngine } from './engine-run.ts';
import { HostileLab, makeLab } from './hostile-lab.ts';
import { asStudent } from './student.ts';

const canary = 'canary-5f1d';
let lab: HostileLab;
let neighbour: string;
beforeAll(async () => {
  lab = await HostileLab.start();
  neighbour = (await makeLab(lab.server, 'neighbour')).sockets[0] ?? '';
  for (const [socket, name] of [
    [lab.socketPath, 'guarded'],
    [neighbour, 'open'],
  ] as const) {
    await askEngine(socket, network(`${name}-net`, { Labels: { key: canary } }));
    await askEngine(socket, container(`${name}-box`, 'default', { Labels: { key: canary } }));
  }
}, 60_000);
afterAll(() => lab.stop());

const filtered = (path: string, value: string): string =>
  `${path}?all=1&filters=${encodeURIComponent(JSON.stringify({ label: [value] }))}`;

test.each([`key=${canary}`, 'key'])(
  'input 120: the label %s matches in its own lab only',
  async (label) => {
    for (const path of ['/networks', '/containers/json']) {
      const own = await askEngine(lab.socketPath, get(filtered(path, label)));
      expect(own.text).toContain('guarded-');
      expect(own.text).not.toContain('open-');
      const other = await askEngine(neighbour, get(filtered(path, label)));
      expect(other.text).toContain('open-');
      expect(other.text).not.toContain('guarded-');
    }
  },
);

test('input 120: what a student labels alike shows her nothing of others', async () => {
  const eve = await asStudent(lab.server, 'eve');
  const labId = await eve.ownLab('eves');
  const made = await eve.ask(
    'mutation($i: NetworkCreateInput!) {' +
      ' networkCreate(input: $i) { userErrors { message } ids { name } } }',
    { i: { lab: labId, host: 'h1', name: 'hers', labels: [{ name: 'key', value: canary }] } },
  );
  expect(made.code).toBeNull();
  const seen = await eve.ask(
    '{ labs(first: 9) { totalCount nodes { name hosts(first: 2) { nodes {' +
      ' networks(first: 9) { nodes { name labels { name value } } } } } } } }',
  );
  expect(seen.code).toBeNull();
  expect(seen.text).toContain('"hers"');
  expect(seen.text).toContain('"totalCount":1');
  expect(seen.text).not.toMatch(/guarded|open-|neighbour|hostile/);
});

test('input 120: pruning by a label leaves what others labelled alike', async () => {
  const pruned = await askEngine(neighbour, post(filtered('/networks/prune', `key=${canary}`)));
  expect(pruned.text).toContain('open-net');
  expect(pruned.text).not.toContain('guarded-net');
  const left = await askEngine(lab.socketPath, get('/networks/guarded-net'));
  expect(left.status).toBe(200);
});
