import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clone } from './clone.ts';

const lock = (packages: Readonly<Record<string, object>>): string =>
  JSON.stringify({ packages: { '': {}, ...packages } });

const wanted = {
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  'libs/own': { version: '0.1.0' },
  'node_modules/own': { resolved: 'libs/own', link: true },
};
const installed = {
  'node_modules/a': wanted['node_modules/a'],
  'node_modules/own': wanted['node_modules/own'],
};

let clone: Clone;

beforeEach(() => {
  clone = new Clone();
  clone.write(
    'install-it.mjs',
    "import { ensureInstalled } from './deploy/local/install.mjs'; ensureInstalled();",
  );
  clone.write('package-lock.json', lock(wanted));
});

afterEach(() => clone.remove());

/** An `npm` that leaves behind what `npm ci` would, and says on stderr that it ran. */
function provideNpm(leaves: string, exitCode = 0): void {
  clone.writeProgram(
    'bin/npm',
    `#!/bin/sh
echo "npm $1" >&2
mkdir -p node_modules/node/bin
touch node_modules/node/bin/node
cat > node_modules/.package-lock.json <<'END'
${leaves}
END
exit ${exitCode}
`,
  );
}

test('a fresh clone is installed once, and the reason is one line on stderr', async () => {
  provideNpm(lock(installed));
  const first = await clone.run('install-it.mjs');
  expect(first).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'installing npm packages (nothing is installed yet)\nnpm ci\n',
  });
  expect(await clone.run('install-it.mjs')).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

describe('it is installed again', () => {
  test.each([
    ['node_modules/a has another version', { version: '0.9.0', integrity: 'sha512-a' }],
    ['node_modules/a has other content', { version: '1.0.0', integrity: 'sha512-z' }],
    ['node_modules/a is missing', undefined],
  ])('when %s', async (reason, found) => {
    provideNpm(lock({ ...installed, ...(found && { 'node_modules/a': found }) }));
    await clone.run('install-it.mjs');
    const { 'node_modules/a': _a, ...others } = installed;
    clone.write(
      'node_modules/.package-lock.json',
      lock(found === undefined ? others : { ...others, 'node_modules/a': found }),
    );
    provideNpm(lock(installed));
    const run = await clone.run('install-it.mjs');
    expect(run).toMatchObject({ code: 0, stderr: `installing npm packages (${reason})\nnpm ci\n` });
  });
});

test('an install that fails ends with problem, cause and fix', async () => {
  provideNpm(lock({}), 1);
  const run = await clone.run('install-it.mjs');
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(
    /^error: .+\n {2}cause: npm ci ended with 1\n {2}fix: {3}run `npm ci`/m,
  );
});

test('an install that leaves the packages incomplete is not believed', async () => {
  provideNpm(lock({}));
  const run = await clone.run('install-it.mjs');
  expect(run).toMatchObject({ code: 1 });
  expect(run.stderr).toContain('cause: node_modules/a is missing');
});
