import { describe, expect, test } from 'vitest';
import { impurities } from './purity.ts';
import { filesLike, packages, textOf } from './repository.ts';

test('the core reads no clock, draws no random number, waits for nothing', () => {
  const core = packages
    .filter(({ json }) => json.nx?.tags?.includes('layer:core'))
    .map(({ path }) => `${path}/src/**/*.ts`);
  const sources = filesLike(core, ['**/*.spec.ts']);
  expect(sources.length).toBeGreaterThan(core.length);
  expect(sources.flatMap((path) => impurities(path, textOf(path)))).toEqual([]);
});

describe('the check itself', () => {
  test.each([
    'const t = Date.now();',
    'const t = new Date();',
    'const n = Math.random();',
    'const f = async () => 1;',
    'async function f() {}',
    'class A { async f() {} }',
    'const p = new Promise(() => {});',
    'const e = process.env;',
    "console.log('x');",
    'setTimeout(() => {}, 1);',
    "const m = import('./x.ts');",
    "const b = Buffer.from('x');",
  ])('finds: %s', (line) => {
    expect(impurities('a.ts', line)).toHaveLength(1);
  });

  test.each([
    'const d = new Date(command.now);',
    'type Sandbox = { readonly process: string };',
    'const s = { process: 1 };',
    'const pid = sandbox.process.pid;',
    'for (const process of list) use(process.pid);',
    '// Date.now() is what we do not call',
  ])('leaves alone: %s', (line) => {
    expect(impurities('a.ts', line)).toEqual([]);
  });
});
