import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClients } from './lab-clients.ts';

const timeout = 180_000;

const file = `
version: "3.7"
services:
  web:
    image: nginx
    ports: ["8081:80"]
    networks: [front]
    volumes: ["data:/usr/share/nginx/html"]
    depends_on: [db]
  db:
    image: redis
    networks:
      front:
        aliases: [store]
networks:
  front:
    ipam:
      config: [{subnet: 172.30.0.0/24}]
volumes:
  data: {}
`;

let clients: LabClients;

beforeAll(async () => {
  clients = await LabClients.start();
  writeFileSync(join(clients.folder, 'docker-compose.yml'), file);
}, timeout);

afterAll(() => clients.stop());

test(
  'docker-compose 1.29 brings a project up, looks into it and takes it down',
  { timeout },
  () => {
    const compose = (...args: readonly string[]): string =>
      clients.printed('docker-compose', '--project-name', 'shop', '--ansi', 'never', ...args);
    expect(compose('version')).toContain('docker-compose version 1.29');
    compose('up', '-d');
    expect(compose('ps')).toMatch(/^shop_web_1 .*0\.0\.0\.0:8081->80\/tcp/m);
    expect(compose('port', 'web', '80')).toBe('0.0.0.0:8081\n');
    expect(compose('exec', '-T', 'web', 'curl', '-s', 'http://localhost')).toContain('nginx');
    const prepare = 'apt-get update && apt-get install -y iputils-ping';
    expect(compose('exec', '-T', 'web', 'sh', '-c', prepare)).toContain('Setting up iputils-ping');
    expect(compose('exec', '-T', 'web', 'ping', '-c', '1', 'store')).toContain('1 received');
    const volumes = clients.printed('docker', 'volume', 'ls', '--format', '{{.Name}}');
    expect(volumes).toBe('shop_data\n');
    compose('restart', 'web');
    expect(compose('logs', '--no-color')).toContain('Attaching to');
    compose('down', '-v');
    expect(clients.printed('docker', 'ps', '-aq')).toBe('');
    expect(clients.printed('docker', 'volume', 'ls', '-q')).toBe('');
  },
);
