import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const context = mkdtempSync(join(tmpdir(), 'netfold-context-'));

const node = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  const filled = node(root, 'deploy/images/build.mjs', '--context', context);
  expect(filled).toMatchObject({ status: 0, stdout: '' });
}, 60_000);

afterAll(() => rmSync(context, { recursive: true, force: true }));

test('the command runs from what the image gets', () => {
  const help = node(context, 'apps/netfold/dist/cli.js', 'docker', '--help');
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('netfold docker');
});

const apps = ['gateway', 'commander', 'projector', 'bootstrap', 'netfold'];
const anImport = /\b(?:from |import\(|import )"([^"]+)"/g;

/** Modules that a bundle names and that would not be found where it stands. */
function missing(dist: string): readonly string[] {
  const files = readdirSync(dist).filter((name) => name.endsWith('.js'));
  return files.flatMap((file) => {
    const text = readFileSync(join(dist, file), 'utf8');
    const named = [...text.matchAll(anImport)].map(([, name]) => name ?? '');
    return named.filter((name) => !isBuiltin(name) && !isFound(name, join(dist, file)));
  });
}

function isFound(name: string, from: string): boolean {
  if (name.startsWith('.')) return existsSync(join(dirname(from), name));
  const packageName = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  return (
    createRequire(from)
      .resolve.paths(name)
      ?.some((folder) => existsSync(join(folder, packageName, 'package.json'))) ?? false
  );
}

test.each(apps)('the modules of %s are all in what the image gets', (app) => {
  const dist = join(context, 'apps', app, 'dist');
  expect(readdirSync(dist)).toContain('main.js');
  expect(missing(dist)).toEqual([]);
});

test('a module that the image does not get is found missing', () => {
  const dist = join(context, 'apps/gateway/dist');
  writeFileSync(join(dist, 'planted.js'), 'import { a } from "./nowhere.js";\nimport "no-such";\n');
  expect(missing(dist)).toEqual(['./nowhere.js', 'no-such']);
});
