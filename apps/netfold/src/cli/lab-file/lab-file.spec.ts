import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf, publish } from './commands.ts';
import { labFileKeys, parseLabFile } from './lab-file.ts';

const page = readFileSync(
  join(import.meta.dirname, '../../../../../docs/reference/lab-file.md'),
  'utf8',
);

describe('the reference of the lab file', () => {
  const example = /^```yaml\n([^]*?)^```$/m.exec(page)?.[1] ?? '';

  test('has an example that is a lab file', () => {
    const file = parseLabFile(example, 'lab-file.md');
    expect(file.name).toBe('shop');
    const commands = commandsOf(file, new Map()).map((command) => Object.keys(command)[0]);
    expect(commands).toEqual([
      'hostAdd',
      'hostAdd',
      'networkCreate',
      'networkCreate',
      'containerCreate',
      'containerStart',
      'containerCreate',
      'networkConnect',
      'containerStart',
      'containerCreate',
    ]);
  });

  test.each(Object.entries(labFileKeys))('names every key of %s and no other', (part, keys) => {
    const section = page.split(/^## /m).find((text) => text.startsWith(`${part}\n`)) ?? '';
    const named = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? '').matchAll(/`(\w+)`/g)].map(([, key]) => key),
    );
    expect(named.toSorted()).toEqual(keys.toSorted());
  });
});

test.each([
  ['80', { containerPort: '80/tcp', hostPort: '', hostIp: '' }],
  ['8080:80/udp', { containerPort: '80/udp', hostPort: '8080', hostIp: '' }],
  ['127.0.0.1::80', { containerPort: '80/tcp', hostPort: '', hostIp: '127.0.0.1' }],
  ['[::1]:8080:80', { containerPort: '80/tcp', hostPort: '8080', hostIp: '::1' }],
])('the port %s is read as `docker run -p` does', (text, wanted) => {
  expect(publish(text)).toEqual(wanted);
});
