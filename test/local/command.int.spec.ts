import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const command = fileURLToPath(new URL('../../apps/netfold/bin/netfold.mjs', import.meta.url));
/** Of the 150 ms that help may take, 40 are Node's own start on a machine at rest. */
const helpMillisecondsMax = 110;

/** The Node that the machine itself has, which need not be the pinned one. */
function systemNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((path) => existsSync(path));
  return found ?? process.execPath;
}

const netfold = (...args: readonly string[]) =>
  spawnSync(systemNode(), [command, ...args], { encoding: 'utf8' });

function bestMilliseconds(run: () => unknown): number {
  const rounds = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  });
  return Math.min(...rounds);
}

test.each(['--help', 'lab create --help', 'up --help'])(
  '`netfold %s` answers on the Node of the system',
  (line) => {
    const run = netfold(...line.split(' '));
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/netfold/);
  },
);

test('the exit code of a command arrives, and its error is in three parts', () => {
  const run = netfold('nope');
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(/^error\[NF\d{4}\]: .+\n {2}cause: .+\n {2}fix: {3}.+\n$/);
});

test('help is there at once', () => {
  const bare = bestMilliseconds(() => spawnSync(systemNode(), ['-e', '0']));
  const help = bestMilliseconds(() => netfold('--help'));
  expect(help - bare).toBeLessThan(helpMillisecondsMax);
});
