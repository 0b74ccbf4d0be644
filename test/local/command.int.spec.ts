import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const command = fileURLToPath(new URL('../../apps/netfold/bin/netfold.mjs', import.meta.url));
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

/** Tells at its end which npm packages a program has loaded. */
const watching = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
      if (name !== undefined) loaded.add(name);
      return next(url, context);
    },
  });
  process.on('exit', () => process.stderr.write([...loaded].sort().join(' ')));
`;

function packagesLoadedBy(...args: readonly string[]): readonly string[] {
  const hook = `data:text/javascript,${encodeURIComponent(watching)}`;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, ...args], {
    encoding: 'utf8',
  });
  return stderr.split(' ').filter((name) => name !== '');
}

// How fast that is, a busy machine cannot say; what costs is loading.
test('help is there at once: it loads no package', () => {
  expect(packagesLoadedBy(command, '--help')).toEqual([]);
  expect(packagesLoadedBy(command, 'lab', 'create', '--help')).toEqual([]);
  expect(packagesLoadedBy('--eval', "import('pino')")).toContain('pino');
});
