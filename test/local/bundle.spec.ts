import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Clone } from './clone.ts';

let clone: Clone;

beforeEach(() => {
  clone = new Clone();
  for (const name of ['node', 'rolldown', '@rolldown', '@oxc-project']) clone.link(name);
  clone.write('package-lock.json', '{}');
  clone.write('apps/netfold/package.json', '{ "type": "module" }');
  clone.write(
    'apps/netfold/rolldown.config.ts',
    `export default { input: { main: 'src/main.ts', cli: 'src/cli.ts' }, platform: 'node',
       output: { dir: 'dist', format: 'esm' } };`,
  );
  clone.write(
    'apps/netfold/src/main.ts',
    "import { word } from './word.ts';\nconsole.log(word);\n",
  );
  clone.write('apps/netfold/src/cli.ts', "import { word } from './word.ts';\nconsole.log(word);\n");
  clone.write('apps/netfold/src/word.ts', "export const word: string = 'one';\n");
  clone.write('libs/a/src/index.ts', 'export const a = 1;\n');
  clone.age('apps/netfold/src/word.ts', 10);
});

afterEach(() => clone.remove());

const build = () => clone.run('deploy/local/build.mjs');
const answer = async (): Promise<string> => (await clone.run('apps/netfold/dist/main.js')).stdout;
const dist = (): readonly string[] => readdirSync(join(clone.path, 'apps/netfold/dist')).toSorted();

test('the application is built from its sources, silently, and nothing else is left', async () => {
  expect(await build()).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(await answer()).toBe('one\n');
  expect(dist().filter((name) => !/^(?:cli|main|word-.*)\.js$/.test(name))).toEqual(['.sources']);
});

test('parts of a day-old build go, younger ones stay for a server that still runs', async () => {
  clone.write('apps/netfold/dist/word-old.js', '');
  clone.write('apps/netfold/dist/word-new.js', '');
  clone.age('apps/netfold/dist/word-old.js', 25 * 3600);
  await build();
  expect(dist()).toContain('word-new.js');
  expect(dist()).not.toContain('word-old.js');
});

test('it is not built again while nothing changed', async () => {
  await build();
  clone.write('apps/netfold/dist/main.js', "console.log('kept');\n");
  await build();
  expect(await answer()).toBe('kept\n');
});

test('an edit builds it again', async () => {
  await build();
  clone.write('apps/netfold/src/word.ts', "export const word: string = 'two';\n");
  await build();
  expect(await answer()).toBe('two\n');
});

test('a new file, a deleted file and another lock file build it again', async () => {
  await build();
  const changes = [
    () => clone.write('libs/a/src/b.ts', 'export const b = 1;\n'),
    () => rmSync(join(clone.path, 'libs/a/src/b.ts')),
    () => clone.write('package-lock.json', '{ "packages": {} }'),
  ];
  for (const change of changes) {
    clone.write('apps/netfold/dist/main.js', "console.log('kept');\n");
    change();
    await build();
    expect(await answer()).toBe('one\n');
  }
});

test('a spec is no source', async () => {
  await build();
  clone.write('apps/netfold/dist/main.js', "console.log('kept');\n");
  clone.write('libs/a/src/index.spec.ts', '');
  await build();
  expect(await answer()).toBe('kept\n');
});

test('a source that cannot be built is refused with a reason; the last build stays', async () => {
  await build();
  const before = readFileSync(join(clone.path, 'apps/netfold/dist/main.js'), 'utf8');
  clone.write('apps/netfold/src/main.ts', "import './missing.ts';\n");
  const run = await build();
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('./missing.ts');
  expect(run.stderr).toMatch(/^error: .+\n {2}cause: .+\n {2}fix: {3}.+\n$/m);
  expect(readFileSync(join(clone.path, 'apps/netfold/dist/main.js'), 'utf8')).toBe(before);
  expect(dist().filter((name) => name.startsWith('.next'))).toEqual([]);
});

test('two starts at once both find a whole bundle', async () => {
  expect(await Promise.all([build(), build()])).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(await answer()).toBe('one\n');
});
