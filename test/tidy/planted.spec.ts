import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesLike, packages, root } from './repository.ts';
import { runTool } from './tools.ts';

/** A file that breaks a rule of the layers, and the rule that must find it. */
type Plant = {
  readonly path: string;
  readonly imports: string;
  readonly rule: string;
};

const plants: readonly Plant[] = [
  { path: 'libs/addressing/src/p1.ts', imports: '@netfold/contracts', rule: 'core-addressing' },
  { path: 'libs/contracts/src/p1.ts', imports: '@netfold/domain', rule: 'core-contracts' },
  { path: 'libs/domain/src/p1.ts', imports: '@netfold/dataplane', rule: 'core-domain' },
  { path: 'libs/dataplane/src/p1.ts', imports: '@netfold/tooltext', rule: 'core-dataplane' },
  {
    path: 'libs/docker-client/src/p1.ts',
    imports: '@netfold/contracts',
    rule: 'core-docker-client',
  },
  { path: 'libs/tooltext/src/p1.ts', imports: '@netfold/docker-api', rule: 'core-tooltext' },
  { path: 'libs/domain/src/p2.ts', imports: '@netfold/application', rule: 'layer-core' },
  { path: 'libs/domain/src/p3.ts', imports: 'pg', rule: 'core-is-deaf-and-blind' },
  { path: 'libs/domain/src/p4.ts', imports: 'node:fs', rule: 'core-is-deaf-and-blind' },
  { path: 'libs/domain/src/p5.ts', imports: '@nestjs/common', rule: 'core-is-deaf-and-blind' },
  { path: 'libs/application/src/p1.ts', imports: '@netfold/graphql', rule: 'layer-application' },
  { path: 'libs/application/src/p2.ts', imports: 'pg', rule: 'application-knows-ports' },
  { path: 'libs/auth/src/p1.ts', imports: '@netfold/graphql', rule: 'adapter-auth' },
  { path: 'libs/docker-api/src/p1.ts', imports: '@netfold/auth', rule: 'adapter-docker-api' },
  {
    path: 'libs/embedded-postgres/src/p1.ts',
    imports: '@netfold/log-postgres',
    rule: 'adapter-embedded-postgres',
  },
  { path: 'libs/graphql/src/p1.ts', imports: '@netfold/log-postgres', rule: 'adapter-graphql' },
  { path: 'libs/log-kafka/src/p1.ts', imports: '@netfold/auth', rule: 'adapter-log-kafka' },
  { path: 'libs/log-postgres/src/p1.ts', imports: '@netfold/auth', rule: 'adapter-log-postgres' },
  {
    path: 'libs/readmodel-postgres/src/p1.ts',
    imports: '@netfold/log-postgres',
    rule: 'adapter-readmodel-postgres',
  },
  { path: 'libs/graphql/src/p2.ts', imports: '../../../apps/netfold/src/main.ts', rule: 'no-app' },
  { path: 'libs/auth/src/p2.ts', imports: '@netfold/testkit', rule: 'layer-adapter' },
  { path: 'libs/auth/src/p3.ts', imports: '@netfold/testkit', rule: 'testkit-is-for-tests' },
  { path: 'apps/netfold/src/p1.ts', imports: '@netfold/testkit', rule: 'layer-app' },
];

/** Seen only by dependency-cruiser, which follows an import; the linter reads its text. */
const deepPlants: readonly Plant[] = [
  { path: 'libs/migrations/src/p1.ts', imports: '@netfold/auth', rule: 'layer-support' },
  { path: 'libs/migrations/src/p2.ts', imports: '@netfold/contracts', rule: 'layer-support' },
  { path: 'libs/domain/src/p10.ts', imports: '@netfold/migrations', rule: 'layer-core' },
  { path: 'libs/application/src/p3.ts', imports: '@netfold/migrations', rule: 'layer-application' },
  { path: 'libs/runtime/src/p1.ts', imports: '../../testkit/src/index.ts', rule: 'layer-runtime' },
  {
    path: 'libs/embedded-kafka/src/p1.ts',
    imports: '@netfold/auth',
    rule: 'adapter-embedded-kafka',
  },
  { path: 'libs/domain/src/p6.ts', imports: 'yaml', rule: 'core-is-deaf-and-blind' },
  { path: 'libs/domain/src/p7.ts', imports: '../../contracts/src/inner.ts', rule: 'public-entry' },
  { path: 'libs/domain/src/p8.ts', imports: './p8.ts', rule: 'no-cycle' },
  { path: 'libs/domain/src/p9.ts', imports: './nowhere.ts', rule: 'resolvable' },
  { path: 'apps/other/src/p1.ts', imports: '../../netfold/src/main.ts', rule: 'no-other-app' },
  { path: 'test/e2e/p1.ts', imports: '../../apps/netfold/src/main.ts', rule: 'layer-test' },
  { path: 'test/e2e/p2.spec.ts', imports: '../../apps/netfold/src/main.ts', rule: 'no-app' },
];

/** Code that breaks a rule of form, and the rule of the linter that must find it. */
const misformed = [
  ['max-lines-per-function', `export function long(): void {\n${'  void 0;\n'.repeat(70)}}\n`],
  [
    'max-params',
    'export function f(a: 1, b: 1, c: 1, d: 1, e: 1): number {\n  return a+b+c+d+e;\n}',
  ],
  ['no-explicit-any', 'export const a: any = 1;'],
  ['no-default-export', 'export default 1;'],
  ['no-empty', 'try {\n  void 0;\n} catch {}'],
  ['no-console', "console.log('x');"],
  ['ban-ts-comment', '// @ts-ignore\nexport const a: string = 1;'],
  ['no-restricted-properties', 'export const now = (): number => Date.now();'],
] as const;

let copy = '';

/** A copy of the repository's packages without their code, and the plants in it. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'netfold-tidy-'));
  const configuration = ['.dependency-cruiser.cjs', '.oxlintrc.json', 'tsconfig.base.json'];
  const parts = filesLike(['{libs,apps,test}/*/{package,tsconfig}.json']);
  for (const path of [...configuration, ...parts]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  write('package.json', '{ "name": "planted", "type": "module" }');
  linkPackages();
  for (const { path } of packages.filter((each) => each.path.startsWith('libs/'))) {
    write(`${path}/src/index.ts`, 'export const entry = 1;\n');
  }
  write('libs/contracts/src/inner.ts', 'export const inner = 1;\n');
  write('apps/netfold/src/main.ts', 'export const main = 1;\n');
  for (const [rule, text] of misformed) write(`libs/domain/src/misformed/${rule}.ts`, text);
  for (const { path, imports } of [...plants, ...deepPlants]) write(path, `import '${imports}';\n`);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
}

/** npm's packages are the real ones; ours lead into the copy. */
function linkPackages(): void {
  mkdirSync(join(copy, 'node_modules/@netfold'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@netfold' || name.startsWith('.')) continue;
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const { path, json } of packages) {
    symlinkSync(join(copy, path), join(copy, 'node_modules', json.name));
  }
}

describe('a forbidden import fails the check of the module graph', () => {
  let found: readonly { readonly from: string; readonly rule: { readonly name: string } }[] = [];

  beforeAll(() => {
    const args = ['libs', 'apps', 'test', '--config', '.dependency-cruiser.cjs', '-T', 'json'];
    const { output } = runTool('depcruise', args, copy);
    const report = JSON.parse(output) as {
      readonly summary: { readonly violations: typeof found };
    };
    found = report.summary.violations;
  });

  test.each([...plants, ...deepPlants])('$path importing $imports: $rule', ({ path, rule }) => {
    expect(found.filter(({ from }) => from === path).map((each) => each.rule.name)).toContain(rule);
  });

  test('nothing else is found', () => {
    const planted = new Set([...plants, ...deepPlants].map(({ path }) => path));
    expect(found.filter(({ from }) => !planted.has(from))).toEqual([]);
  });

  test('every rule is proven by a plant', () => {
    const { forbidden } = createRequire(import.meta.url)(`${root}.dependency-cruiser.cjs`) as {
      readonly forbidden: readonly { readonly name: string }[];
    };
    const proven = new Set([...plants, ...deepPlants].map(({ rule }) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe('forbidden imports and forms fail the linter', () => {
  let found: readonly { readonly code: string; readonly filename: string }[] = [];

  beforeAll(() => {
    const { output } = runTool('oxlint', ['-f', 'json'], copy);
    found = (JSON.parse(output) as { readonly diagnostics: typeof found }).diagnostics;
  });

  test.each(plants)('$path importing $imports', ({ path }) => {
    const codes = found.filter(({ filename }) => filename === path).map(({ code }) => code);
    expect(codes).toContain('eslint(no-restricted-imports)');
  });

  test.each(misformed)('%s', (rule) => {
    const path = `libs/domain/src/misformed/${rule}.ts`;
    const codes = found.filter(({ filename }) => filename === path).map(({ code }) => code);
    expect(codes).toContainEqual(expect.stringContaining(`(${rule})`));
  });
});
