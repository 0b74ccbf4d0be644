import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageVersion } from './package-version.ts';

test('the version is that of the nearest package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-version-'));
  const bundle = join(folder, 'app/dist');
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.0.0" }');
  writeFileSync(join(folder, 'app/package.json'), '{ "version": "2.3.4" }');
  writeFileSync(join(bundle, 'main.js'), '');
  expect(packageVersion(pathToFileURL(join(bundle, 'main.js')).href)).toBe('2.3.4');
  rmSync(folder, { recursive: true });
});
