import type { NamespaceView } from '@netfold/dataplane';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findInstalled, newBudget } from '../program.ts';
import type { ToolWorld } from '../tool.ts';
import { fileReaders } from '../world/files.ts';
import { noLab } from '../network/no-lab.fixture.ts';
import { rootIdentity } from '@netfold/domain';

/** What the real shells and filters printed: `recordings/record-shell.py` says how. */
type Recording = {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

const recorded = createRequire(import.meta.url)('../../recordings/shell.json') as {
  readonly debian: readonly Recording[];
  readonly busybox: readonly Recording[];
};

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

const worldOf = (userland: 'debian' | 'busybox'): ToolWorld => ({
  userland,
  place: 'container',
  stack: nothing,
  hostname: 'h1',
  domainname: '',
  user: 'root',
  identity: rootIdentity,
  processId: 0,
  workingDirectory: '/',
  environment: [['PATH', '/bin']],
  processes: [],
  now: 0,
  ...fileReaders(nothing, new Map(), 0),
  findStack: () => null,
  packets: noLab,
  edits: null,
  files: null,
  programs: {},
  isInstalled: () => false,
});

const run = (userland: 'debian' | 'busybox', line: string): Recording => {
  const world = worldOf(userland);
  const find = findInstalled;
  const shell = find(world, 'sh');
  if (shell === null) throw new Error('there is no shell');
  const argv = ['sh', '-c', line];
  const output = shell({ world, argv, stdin: { text: '' }, find, budget: newBudget(), depth: 0 });
  const text = (stream: string): string =>
    output.pieces
      .filter((piece) => piece.stream === stream)
      .map((piece) => piece.text)
      .join('');
  return { line, stdout: text('stdout'), stderr: text('stderr'), exitCode: output.exitCode };
};

describe('a line in a shell with GNU tools prints what the real one printed', () => {
  it.each(recorded.debian)('$line', (recording) => {
    expect(run('debian', recording.line)).toEqual(recording);
  });
});

describe('a line in a BusyBox shell prints what the real one printed', () => {
  it.each(recorded.busybox)('$line', (recording) => {
    expect(run('busybox', recording.line)).toEqual(recording);
  });
});
