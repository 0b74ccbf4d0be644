import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../server.ts';
import { consoleSteps, filled, isAsShown } from './console-block.ts';

const root = join(import.meta.dirname, '../../..');

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'netfold-documents-'));

beforeAll(async () => {
  server = await TestServer.start();
  const program = join(root, 'apps/netfold/bin/netfold.mjs');
  const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
  writeFileSync(join(folder, 'netfold'), script, { mode: 0o755 });
}, 120_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs one line after the exports before it, as a terminal does that stays open. */
function typed(line: string, exports: readonly string[]) {
  const run = spawnSync('sh', ['-c', [...exports, line].join('\n')], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: {
      HOME: folder,
      PATH: [folder, process.env['PATH'] ?? ''].join(delimiter),
      NETFOLD_DATA: server.data,
    },
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** What documents call the server by. */
const shownUrl = 'https://labs.example.org';

test.each(['README.md', 'docs/how-to/docker-from-elsewhere.md'])(
  'the first example of %s prints what it shows',
  { timeout: 120_000 },
  (document) => {
    const steps = consoleSteps(readFileSync(join(root, document), 'utf8'));
    expect(steps.length).toBeGreaterThan(3);
    const exports: string[] = [];
    let printed = '';
    for (const { command, output } of steps) {
      const line = filled(command, printed).replace(shownUrl, server.url);
      const run = typed(line, exports);
      expect(run.status, `${line}: ${run.stderr}`).toBe(0);
      const verdict = isAsShown(output, run.stdout) ? output : run.stdout;
      expect(verdict, line).toBe(output);
      if (line.startsWith('export ')) exports.push(line);
      printed += run.stdout;
    }
  },
);

describe('the comparison itself', () => {
  test('`…` stands for anything within its line, all else for itself', () => {
    expect(isAsShown('br-… a.b\n', 'br-0123 a.b\n')).toBe(true);
    expect(isAsShown('br-… a.b\n', 'br-0123 a-b\n')).toBe(false);
    expect(isAsShown('br-…\n', 'br-0123\nmore\n')).toBe(false);
    expect(isAsShown('', 'more\n')).toBe(false);
  });

  test('a command takes from what was printed what it leaves out', () => {
    expect(filled('export A=unix:///…/h1.sock', 'h1 docker=unix:///run/x/h1.sock\n')).toBe(
      'export A=unix:///run/x/h1.sock',
    );
    expect(() => filled('docker rm web…', 'shop')).toThrow('web…');
  });
});
