import { expect, test } from 'vitest';
import { runTool } from './tools.ts';

const secondsMax = 120;

test.each([
  ['types are right', 'tsc', ['-b', 'tsconfig.base.json']],
  ['the linter finds nothing', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['the code is formatted', 'oxfmt', ['--check']],
  [
    'modules import only what their layer may',
    'depcruise',
    ['libs', 'apps', 'test', '--config', '.dependency-cruiser.cjs'],
  ],
  [
    'no file, export or dependency is dead, no dependency undeclared',
    'knip',
    [
      '--include',
      'files,unlisted,unresolved,exports,types,dependencies',
      '--no-config-hints',
      '--no-progress',
    ],
  ],
] as const)('%s', { timeout: secondsMax * 1000 }, (_title, tool, args) => {
  const { status, output } = runTool(tool, args);
  expect(status, output).toBe(0);
});
