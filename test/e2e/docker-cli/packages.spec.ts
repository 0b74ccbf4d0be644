import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClients } from './lab-clients.ts';

const timeout = 180_000;

let clients: LabClients;

beforeAll(async () => {
  clients = await LabClients.start();
}, timeout);

afterAll(() => clients.stop());

const docker = (...args: readonly string[]): string => clients.printed('docker', ...args);

test(
  'a tool is absent until its package is installed, and lasts with its container',
  {
    timeout,
  },
  () => {
    docker('run', '-d', '--name', 'bare', 'debian', 'sleep', '1d');
    const absent = clients.run('docker', ['exec', 'bare', 'dig', 'outside.lab']);
    expect(absent.status).toBe(126);
    expect(absent.stderr + absent.stdout).toContain('"dig": executable file not found in $PATH');
    docker('exec', 'bare', 'sh', '-c', 'apt-get update && apt-get install -y dnsutils');
    expect(docker('exec', 'bare', 'dig', '+short', 'outside.lab')).toBe('192.168.50.1\n');
    expect(docker('diff', 'bare')).toContain('C /var/lib/dpkg/status\n');
    docker('restart', '-t', '0', 'bare');
    expect(docker('exec', 'bare', 'dig', '+short', 'outside.lab')).toBe('192.168.50.1\n');
    docker('commit', 'bare', 'with-dig');
    expect(docker('run', '--rm', 'with-dig', 'dig', '+short', 'outside.lab')).toBe(
      '192.168.50.1\n',
    );
    const other = clients.run('docker', ['run', '--rm', 'debian', 'dig', 'outside.lab']);
    expect(other.status).toBe(127);
  },
);

test('an image that is built has what its steps installed', { timeout }, () => {
  const lines = [
    'FROM ubuntu',
    'RUN apt-get update && apt-get install -y iputils-ping && rm -rf /var/lib/apt/lists/*',
    'CMD ["ping", "-c", "1", "127.0.0.1"]',
  ];
  writeFileSync(join(clients.folder, 'Dockerfile'), `${lines.join('\n')}\n`);
  expect(docker('build', '-t', 'pinger', clients.folder)).toContain('Setting up iputils-ping (3:');
  expect(docker('run', '--rm', 'pinger')).toContain('1 packets transmitted, 1 received');
  const late = clients.run('docker', ['run', '--rm', 'pinger', 'apt-get', 'install', '-y', 'wget']);
  expect(late).toMatchObject({ status: 100, stderr: 'E: Unable to locate package wget\n' });
});

test('nothing is installed where no way leads out', { timeout }, () => {
  docker('network', 'create', '--internal', 'sealed');
  const args = ['run', '--rm', '--network', 'sealed', 'alpine', 'apk', 'add', 'curl'];
  const { status, stderr } = clients.run('docker', args);
  expect(status).toBe(1);
  expect(stderr).toContain('  curl (no such package):\n    required by: world[curl]\n');
});
