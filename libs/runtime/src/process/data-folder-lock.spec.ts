import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NetfoldProblem } from '@netfold/configuration';
import { lockDataFolder } from './data-folder-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfold-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockOf = (holder: object): void =>
  writeFileSync(join(folder, 'lock'), JSON.stringify(holder));

test('a lock whose process is gone is taken over', () => {
  lockOf({ processId: 2 ** 22 + 1, startedAt: '1' });
  expect(() => lockDataFolder(folder)()).not.toThrow();
});

test('a process id that was used again does not hold the folder', () => {
  lockOf({ processId: process.ppid, startedAt: 'long ago' });
  expect(() => lockDataFolder(folder)()).not.toThrow();
});

test('a half-written lock does not hold the folder', () => {
  writeFileSync(join(folder, 'lock'), '{"proc');
  expect(() => lockDataFolder(folder)()).not.toThrow();
});

test('a folder below one that takes no folders is a problem, not an endless attempt', () => {
  expect(() => lockDataFolder('/proc/netfold/data')).toThrow(NetfoldProblem);
});

test('a folder that cannot be made is a problem with a way out', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => lockDataFolder(join(folder, 'file', 'data'))).toThrow(NetfoldProblem);
});
