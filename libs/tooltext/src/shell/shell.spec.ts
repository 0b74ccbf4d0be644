import type { NamespaceView } from '@netfold/dataplane';
import { describe, expect, it } from 'vitest';
import { findInstalled, newBudget } from '../program.ts';
import type { ToolWorld } from '../tool.ts';
import { fileReaders } from '../world/files.ts';
import { shellLimits } from './session.ts';
import { noLab } from '../network/no-lab.fixture.ts';
import { rootIdentity } from '@netfold/domain';

const nothing: NamespaceView = {
  interfaces: [],
  routes: [],
  chains: [],
  rules: [],
  forwarding: [],
  neighbours: [],
  sockets: [],
  processes: [],
};

const world: ToolWorld = {
  userland: 'busybox',
  place: 'container',
  stack: nothing,
  hostname: 'c1',
  domainname: '',
  user: 'root',
  identity: rootIdentity,
  processId: 0,
  workingDirectory: '/',
  environment: [],
  processes: [],
  now: 0,
  ...fileReaders(nothing, new Map(), 0),
  findStack: () => null,
  packets: noLab,
  edits: null,
  files: null,
  programs: {},
  isInstalled: (name) => name === 'vi',
};

const run = (line: string, stdin = '', environment: ToolWorld['environment'] = []) => {
  const find = findInstalled;
  const shell = find(world, 'sh');
  if (shell === null) throw new Error('there is no shell');
  const argv = ['sh', '-c', line];
  const output = shell({
    world: { ...world, environment },
    argv,
    stdin: { text: stdin },
    find,
    budget: newBudget(),
    depth: 0,
  });
  const text = output.pieces.map((piece) => piece.text).join('');
  return { ...output, text };
};

describe('a line of a shell', () => {
  it('prints each piece at its time, also from a shell within, until it goes on for ever', () => {
    const { pieces, durationMs } = run(
      'echo a; sleep 2; sh -c "sleep 1; echo b; sleep 1" | cat; date +%s; sleep 1d',
    );
    expect(pieces.map(({ text, atMs }) => [text, atMs])).toEqual([
      ['a\n', 0],
      ['b\n', 4_000],
      ['4\n', 4_000],
    ]);
    expect(durationMs).toBeNull();
  });

  it('ends a part of a pipeline that goes on for ever when its reader needs no more', () => {
    const ticks = '(echo a; sleep 1; echo b; sleep 1; echo c; sleep 1d)';
    const first = run(`${ticks} | head -n 2; date +%s`);
    expect(first).toMatchObject({ text: 'a\nb\n1\n', durationMs: 1_000, exitCode: 0 });
    const found = run(`${ticks} | grep -m 1 c; date +%s`);
    expect(found).toMatchObject({ text: 'c\n2\n', durationMs: 2_000 });
    expect(run(`${ticks} | grep -q a && echo yes`).text).toBe('yes\n');
    expect(run(`set -o pipefail; ${ticks} | head -c 1; echo " $?"`).text).toBe('a 141\n');
  });

  it('prints nothing behind such a part as long as its reader reads on', () => {
    const ticks = 'echo before; (echo a; echo b; sleep 1d)';
    for (const reader of ['wc -l', 'cat', 'head -n 3', 'grep nothing', 'cat | head -n 1']) {
      expect(run(`${ticks} | ${reader}; echo after`), reader).toMatchObject({
        text: 'before\n',
        durationMs: null,
      });
    }
  });

  it('goes on for ever when it loops and waits, as far as it is played', () => {
    const { pieces, durationMs } = run('while true; do echo x >&2; sleep 0.5; done');
    expect(durationMs).toBeNull();
    expect(pieces.length).toBeGreaterThan(1_000);
    expect(new Set(pieces.map(({ text }) => text))).toEqual(new Set(['x\n']));
    expect(pieces.slice(0, 3).map(({ atMs }) => atMs)).toEqual([0, 500, 1_000]);
  });

  it('goes on beside a command with `&`, until it waits for it', () => {
    const { pieces, durationMs } = run('(sleep 2; echo late) & echo now; sleep 1; wait; date +%s');
    expect(pieces.map(({ text, atMs }) => [text, atMs])).toEqual([
      ['now\n', 0],
      ['late\n', 2_000],
      ['2\n', 2_000],
    ]);
    expect(durationMs).toBe(2_000);
    expect(run('sleep 1d & echo on; kill $!; wait').durationMs).toBe(0);
    expect(run('nc -l -p 9 & echo on').durationMs).toBe(0);
  });

  it('is stopped when functions, values or braces grow without end', () => {
    for (const line of [
      'f() { f; }; f',
      'f() { f | f & }; f',
      'x=0123456789; while :; do x=$x$x; done',
      `x=$(printf '%9999d' 1); echo ${'$x'.repeat(1_000)}`,
    ]) {
      expect([line, run(line).exitCode]).toEqual([line, 137]);
    }
  });

  it('is stopped when it loops without end, and says so', () => {
    const { text, exitCode } = run('while true; do :; done');
    expect(exitCode).toBe(137);
    expect(text).toContain(`${shellLimits.commandsMax} commands`);
  });

  it('is stopped when it prints without measure', () => {
    const { pieces } = run('x=aaaaaaaaaa; while true; do x=$x$x; echo $x; done');
    const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
    expect(length).toBeLessThanOrEqual(shellLimits.outputMax + 100);
  });

  it('cannot nest without measure', () => {
    expect(run(`${'$('.repeat(500)}x${')'.repeat(500)}`).exitCode).toBe(2);
    expect(run('sh -c "sh -c \\"sh -c true\\""').exitCode).toBe(0);
    const nested = [
      ['(', 'x', ')'],
      ['{ ', ':;', '}'],
      ['if ', ':', '; then :; fi'],
      ['${x:-', 'x', '}'],
      ['$((', '1', '))'],
      ['`', 'x', '`'],
    ];
    for (const [open = '', inner = '', close = ''] of nested) {
      const line = `${open.repeat(5_000)}${inner}${close.repeat(5_000)}`;
      expect(run(line).exitCode, open).toBeGreaterThan(0);
      expect(run(line).text.length, open).toBeLessThan(70_000);
    }
  });

  it('says of brackets that nothing closes what it says of one', () => {
    const text = 'sh: syntax error: unexpected end of file (expecting ")")\n';
    for (const count of [1, 60, 100, 5_000]) {
      expect(run('('.repeat(count))).toMatchObject({ text, exitCode: 2 });
      expect(run('$('.repeat(count))).toMatchObject({ text, exitCode: 2 });
    }
  });

  it('runs for as long as its programs would', () => {
    expect(run('echo a; sleep 2d; echo b')).toMatchObject({ text: 'a\n', durationMs: null });
    expect(run('sleep 5; sh -c "sleep 1"')).toMatchObject({ exitCode: 0, durationMs: 6_000 });
  });

  it('says where no files are kept that none can be written', () => {
    const { text, exitCode } = run('echo x > /tmp/file');
    expect(text).toBe("sh: can't create /tmp/file: Read-only file system\n");
    expect(exitCode).toBe(1);
  });

  it('tells an installed program that nobody plays from one that is not there', () => {
    expect(run('vi').text).toBe('netfold: `vi` is not simulated yet\n');
    expect(run('emacs').text).toBe('sh: emacs: not found\n');
  });

  it('reads its script from its input', () => {
    const find = findInstalled;
    const shell = find(world, 'sh');
    const argv = ['sh'];
    const call = {
      world,
      argv,
      stdin: { text: 'echo from input' },
      find,
      budget: newBudget(),
      depth: 0,
    };
    expect(shell?.(call).pieces).toEqual([{ stream: 'stdout', text: 'from input\n', atMs: 0 }]);
  });
});

/** As recorded with BusyBox 1.35. */
describe('the environment that a shell of BusyBox hands on', () => {
  const environment = [
    ['PATH', '/bin'],
    ['HOSTNAME', 'c1'],
    ['A', '1'],
    ['PWD', '/x'],
    ['HOME', '/root'],
  ] as const;

  it('has its directory and its depth, in the order of its table', () => {
    const { text } = run('env', '', environment);
    expect(text).toBe('HOSTNAME=c1\nSHLVL=1\nHOME=/root\nA=1\nPATH=/bin\nPWD=/\n');
    expect(run('sh -c env', '', environment).text).toContain('SHLVL=2\n');
    expect(run('export', '', environment).text).toContain("export SHLVL='1'\n");
  });

  it('has the directory before, once it was left', () => {
    expect(run('cd /; env | grep PWD', '', environment).text).toBe('OLDPWD=/\nPWD=/\n');
  });
});
