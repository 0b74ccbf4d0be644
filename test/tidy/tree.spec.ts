import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lanes } from '../lanes/lanes.ts';
import { files, filesLike, isLike, packages, textOf } from './repository.ts';

const topLevel = `
  apps libs deploy test docs .ci
  README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md LICENSE
  package.json package-lock.json nx.json tsconfig.base.json
  .dependency-cruiser.cjs .gitignore .knip.jsonc .npmrc .oxfmtrc.json .oxlintrc.json
`
  .trim()
  .split(/\s+/);

const homeless = /^(?:utils?|helpers?|common|shared|misc|types?|interfaces?|services?)$/;
const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.(?:ts|tsx|mjs)$/;
const sources = ['{apps,libs,test,deploy}/**/*.{ts,tsx,mjs}'];
const publicEntries = ['libs/*/src/index.ts', 'test/*/index.ts'];

describe('the tree', () => {
  test('the top level holds what is listed and nothing else', () => {
    const found = new Set(files.map((path) => path.split('/')[0]));
    expect([...found].filter((name) => !topLevel.includes(name ?? ''))).toEqual([]);
  });

  test('no folder or file for things without a home', () => {
    const names = (path: string): readonly string[] => [
      ...dirname(path).split('/'),
      basename(path).replace(/\..*$/, ''),
    ];
    const found = filesLike(sources).filter((path) => names(path).some((n) => homeless.test(n)));
    expect(found).toEqual([]);
  });

  test('source files are named in kebab-case', () => {
    expect(filesLike(sources).filter((path) => !kebabCase.test(basename(path)))).toEqual([]);
  });

  test('only the public entry of a package passes on what others export', () => {
    const found = filesLike(sources, [...publicEntries, '**/*.config.ts']).filter((path) =>
      /^export (?:type )?(?:\*|\{[^}]*\}) from /m.test(textOf(path)),
    );
    expect(found).toEqual([]);
  });

  test('index.ts is the public entry of a package and nothing else', () => {
    expect(filesLike(['**/index.ts'], publicEntries)).toEqual([]);
  });
});

describe('packages', () => {
  const layers: Readonly<Record<string, readonly string[]>> = {
    apps: ['layer:app'],
    libs: ['core', 'application', 'support', 'adapter', 'runtime', 'test'].map((l) => `layer:${l}`),
    test: ['layer:test'],
  };

  test.each(packages)('$path says its layer', ({ path, json }) => {
    const tags = (json.nx?.tags ?? []).filter((tag) => tag.startsWith('layer:'));
    expect(tags).toHaveLength(1);
    expect(layers[path.split('/')[0] ?? '']).toContain(tags[0]);
  });

  test.each(packages)('$path is private and named after its folder', ({ path, json }) => {
    const prefix = path.startsWith('test/') ? '@netfold/test-' : '@netfold/';
    expect(json).toMatchObject({ name: prefix + basename(path), private: true });
  });

  test('every TypeScript project is built by `tsc -b tsconfig.base.json`', () => {
    const { references } = JSON.parse(textOf('tsconfig.base.json')) as {
      readonly references: readonly { readonly path: string }[];
    };
    const listed = references.map(({ path }) => path.slice('./'.length)).toSorted();
    const projects = filesLike(['{apps,libs,test}/*/tsconfig{,.spec}.json'])
      .map((path) => path.replace(/\/tsconfig\.json$/, ''))
      .toSorted();
    expect(listed).toEqual(projects);
  });

  test.each(packages)('$path has its dependencies among its TypeScript references', (entry) => {
    const wanted = Object.keys(entry.json.dependencies ?? {})
      .filter((name) => name.startsWith('@netfold/'))
      .map((name) => name.slice('@netfold/'.length));
    const project = JSON.parse(textOf(`${entry.path}/tsconfig.json`)) as {
      readonly references?: readonly { readonly path: string }[];
    };
    const referenced = (project.references ?? []).map(({ path }) => basename(path));
    expect(wanted.filter((name) => !referenced.includes(name))).toEqual([]);
  });
});

describe('the lock file', () => {
  const { packages: locked } = JSON.parse(textOf('package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  type LockedPackage = (typeof packages)[number]['json'] & { readonly resolved?: string };

  test.each(packages)('$path is locked as its package.json says', ({ path, json }) => {
    const { dependencies = {}, devDependencies = {} } = locked[path] ?? {};
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: json.dependencies ?? {},
      devDependencies: json.devDependencies ?? {},
    });
  });

  test('it names no registry, so that any mirror will do', () => {
    const urls = Object.values(locked).filter(({ resolved }) => resolved?.includes('://'));
    expect(urls).toEqual([]);
  });
});

test('every spec runs in exactly one lane, not counting where it runs again', () => {
  const lanesOf = (path: string): readonly string[] =>
    lanes
      .filter(({ specs, not }) => isLike(path, specs) && !isLike(path, not ?? []))
      .map(({ name }) => name);
  const lost = filesLike(['**/*.{spec,test}.{ts,tsx,mjs}']).filter(
    (path) => lanesOf(path).length !== 1,
  );
  expect(lost).toEqual([]);
});

test('where specs run a second time, it is in another environment than the first', () => {
  for (const { name, specs, repeats = [], environment } of lanes) {
    const again = filesLike(repeats);
    expect(again.length > 0, name).toBe(environment !== undefined);
    expect(again.filter((path) => isLike(path, specs))).toEqual([]);
  }
});

test('the version stands in the packages alone, and is one', () => {
  const versions = new Set(packages.map(({ json }) => json.version));
  expect(versions.size).toBe(1);
  const [version = ''] = versions;
  const programs = filesLike(['apps/*/src/**/*.ts', 'libs/runtime/src/**/*.ts', 'deploy/**/*.mjs']);
  const found = programs.filter((path) => textOf(path).includes(`'${version}'`));
  expect(found).toEqual([]);
});
