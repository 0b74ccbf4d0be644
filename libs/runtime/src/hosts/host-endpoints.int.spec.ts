import { actorOf, MemoryLab } from '@netfold/testkit';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HostEndpoints } from './host-endpoints.ts';

const labId = 'lab-00000001';

let folder: string;
let lab: MemoryLab;
let endpoints: HostEndpoints;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nf-'));
  lab = new MemoryLab(labId);
  const access = { demand: () => Promise.resolve() };
  endpoints = new HostEndpoints({ folder, gate: lab, access, states: lab, actor: actorOf() });
  const hosts = ['h1', 'h2'].map((name) => ({ name, engineProfile: '20.10' as const, nics: [] }));
  await submit({ type: 'CreateLab', name: 'test', hosts, lans: [], images: null });
});

afterEach(async () => {
  await endpoints.close();
  lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const submit = (body: Parameters<MemoryLab['submit']>[0]['body']) =>
  lab.submit({
    id: body.type,
    labId,
    tenantId: 'local',
    actorId: 'tester',
    face: 'cli',
    commandText: null,
    correlationId: 'test',
    causationId: null,
    expectedVersion: null,
    body,
  });

test('a host that another process added has its endpoint when it is asked for', async () => {
  const socket = join(folder, labId, 'h1.sock');
  const asked = [1, 2, 3].map(() => endpoints.dockerHostOf(labId, 'h1'));
  expect(new Set(await Promise.all(asked))).toEqual(new Set([`unix://${socket}`]));
  expect(existsSync(socket)).toBe(true);
});

test('a host that the lab has not, or no more, has none', async () => {
  expect(await endpoints.dockerHostOf(labId, 'h9')).toBeNull();
  await submit({ type: 'RemoveHost', host: 'h2' });
  expect(await endpoints.dockerHostOf(labId, 'h1')).not.toBeNull();
  await endpoints.sync(labId);
  expect(await endpoints.dockerHostOf(labId, 'h2')).toBeNull();
});

/** What a follower of the events of a host is told until its end. */
async function followed(host: string): Promise<{ readonly ended: Promise<string> }> {
  const dockerHost = await endpoints.dockerHostOf(labId, host);
  const socketPath = dockerHost?.replace('unix://', '') ?? '';
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/events' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      resolve({ ended: new Promise((over) => response.once('close', () => over(text))) });
    }).on('error', reject);
  });
}

test('streams are told that their host was removed, and that the server stops', async () => {
  const [first, second] = await Promise.all([followed('h1'), followed('h2')]);
  await submit({ type: 'RemoveHost', host: 'h2' });
  await endpoints.sync(labId);
  expect(await second.ended).toContain('netfold: this stream ends: the lab host was removed');
  await endpoints.close();
  expect(await first.ended).toContain('netfold: this stream ends: the server stops');
});
