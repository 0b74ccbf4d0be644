import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeVersion } from './code-version.ts';

test('a build is another one as soon as any of its code is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-code-'));
  writeFileSync(join(folder, 'main.js'), 'one');
  writeFileSync(join(folder, 'chunk.js'), 'a');
  const first = codeVersion(folder);
  expect(codeVersion(folder)).toBe(first);
  writeFileSync(join(folder, 'chunk.js'), 'b');
  expect(codeVersion(folder)).not.toBe(first);
  rmSync(folder, { recursive: true });
});
