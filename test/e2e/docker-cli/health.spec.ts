import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClients } from './lab-clients.ts';

const timeout = 180_000;
const waitMs = 20_000;

const file = `
version: "2.4"
services:
  db:
    image: busybox
    command: sleep 1d
    healthcheck: {test: "echo ready", interval: 1s, retries: 10}
  web:
    image: busybox
    command: sleep 1d
    depends_on: {db: {condition: service_healthy}}
`;

let clients: LabClients;

beforeAll(async () => {
  clients = await LabClients.start();
}, timeout);

afterAll(() => clients.stop());

const docker = (...args: readonly string[]): string => clients.printed('docker', ...args);

const statusOf = (name: string): string =>
  docker('ps', '-a', '--filter', `name=${name}`, '--format', '{{.Status}}').trim();

const until = async (name: string, status: string): Promise<void> => {
  await expect.poll(() => statusOf(name), { timeout: waitMs, interval: 200 }).toContain(status);
};

test('docker shows what a health check comes to', { timeout }, async () => {
  const check = ['--health-cmd', 'test -f /ok', '--health-interval', '500ms'];
  docker('run', '-d', '--name', 'one', ...check, '--health-retries', '2', 'busybox', 'sleep', '1d');
  expect(statusOf('one')).toContain('(health: starting)');
  await until('one', '(unhealthy)');
  const query = `{ lab(name: "clients") {
    host(name: "h1") { containers(first: 5) { nodes { health } } } } }`;
  const containers = { nodes: [{ health: 'UNHEALTHY' }] };
  expect(await clients.query(query)).toMatchObject({ data: { lab: { host: { containers } } } });
  docker('exec', 'one', 'touch', '/ok');
  await until('one', '(healthy)');
  const healthy = docker('ps', '--filter', 'health=healthy', '--format', '{{.Names}}');
  expect(healthy).toBe('one\n');
  const streak = docker('inspect', '-f', '{{.State.Health.FailingStreak}}', 'one');
  expect(streak).toBe('0\n');
  // The client asks up to the second that has begun.
  const told = (): readonly string[] =>
    docker('events', '--since', '5m', '--until', '0s', '--format', '{{.Action}}')
      .split('\n')
      .filter((line) => line.startsWith('health_status'));
  const both = ['health_status: unhealthy', 'health_status: healthy'];
  await expect.poll(told, { timeout: waitMs }).toEqual(both);
});

test('docker-compose waits for a service to be healthy', { timeout }, () => {
  writeFileSync(join(clients.folder, 'docker-compose.yml'), file);
  const compose = (...args: readonly string[]): string =>
    clients.printed('docker-compose', '--project-name', 'shop', '--ansi', 'never', ...args);
  compose('up', '-d');
  expect(statusOf('shop_db_1')).toContain('(healthy)');
  expect(statusOf('shop_web_1')).toContain('Up');
  compose('down', '-t', '0');
});

test('docker commits a container and runs what came of it', { timeout }, () => {
  docker('run', '-d', '--name', 'two', 'busybox', 'sleep', '1d');
  docker('exec', 'two', 'sh', '-c', 'echo kept > /note');
  const id = docker('commit', '-m', 'noted', '-c', 'CMD ["cat","/note"]', 'two', 'mine:1').trim();
  expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(docker('run', '--rm', 'mine:1')).toBe('kept\n');
  expect(docker('history', '--format', '{{.Comment}}', 'mine:1').split('\n')[0]).toBe('noted');
  docker('rmi', 'mine:1');
  const missing = clients.run('docker', ['commit', '-c', 'FOO x', 'two', 'mine:2']);
  expect([missing.status, missing.stderr]).toEqual([
    1,
    'Error response from daemon: foo is not a valid change command\n',
  ]);
});

test('docker refuses what no engine starts', { timeout }, () => {
  const refused = (...args: readonly string[]): readonly [number | null, string] => {
    const { status, stderr } = clients.run('docker', ['run', '--rm', ...args]);
    return [status, stderr.split('\n')[0] ?? ''];
  };
  expect(refused('--user', 'nosuch', 'busybox', 'true')).toEqual([
    125,
    'docker: Error response from daemon: unable to find user nosuch: ' +
      'no matching entries in passwd file',
  ]);
  const [status, folder] = refused('busybox', '/etc');
  expect(status).toBe(126);
  expect(folder).toContain('exec: "/etc": permission denied');
  expect(refused('--gpus', 'all', 'busybox', 'true')[1]).toContain(
    'could not select device driver "" with capabilities: [[gpu]]',
  );
});
