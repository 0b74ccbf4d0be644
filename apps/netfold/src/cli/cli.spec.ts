import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliReference } from './reference.ts';
import { runCli } from './run.ts';

test('the reference of the command line is what the program prints', async () => {
  await expect(cliReference()).toMatchFileSnapshot('../../../../docs/reference/cli.md');
});

test('help lists the commands and the exit codes', async () => {
  const { stdout, exitCode } = await runCli(['--help'], {});
  expect(exitCode).toBe(0);
  expect(stdout).toContain('lab create');
  expect(stdout).toContain('3 no server');
});

test('its version is that of its package', async () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { readonly version: string };
  const { stdout, exitCode } = await runCli(['--version'], {});
  expect([stdout, exitCode]).toEqual([`netfold ${version}\n`, 0]);
});

test('an unknown command is wrong usage with a way out', async () => {
  const { stderr, exitCode } = await runCli(['lap'], {});
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    'error[NF1003]: there is no command `netfold lap`\n' +
      '  cause: the word is not known\n' +
      '  fix:   see `netfold --help`\n',
  );
});

test('half a command names its continuations', async () => {
  const { stderr } = await runCli(['lab'], {});
  expect(stderr).toContain('`netfold lab create`, `netfold lab ls`');
});

test('an unknown option is wrong usage', async () => {
  const { stderr, exitCode } = await runCli(['lab', 'ls', '--nonsense'], {});
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--nonsense');
});

test('without a server every client command says where it looked', async () => {
  const { stderr, exitCode } = await runCli(['lab', 'ls', '--data', '/nonexistent'], {});
  expect(exitCode).toBe(3);
  expect(stderr).toContain('no server says in /nonexistent that it runs');
});

test.each([
  ['docker-context shop/h1 --o', '--output'],
  ['docker shop/h1 --o', ''],
  ['docker', 'docker docker-context'],
  ['lab cr', 'create'],
])('bash completes %s with %s', async (typed, words) => {
  const { stdout: script } = await runCli(['completion', 'bash'], {});
  const line = typed.split(' ');
  const asked = `COMP_WORDS=(netfold ${typed}); COMP_CWORD=${line.length}; _netfold`;
  const { stdout } = spawnSync('bash', ['-c', `${script}\n${asked}; echo "\${COMPREPLY[*]}"`], {
    encoding: 'utf8',
  });
  expect(stdout).toBe(`${words}\n`);
});

test('completion scripts know every first word', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await runCli(['completion', shell], {});
    expect(stdout).toContain('netfold');
    expect(stdout).toContain('token');
  }
});
