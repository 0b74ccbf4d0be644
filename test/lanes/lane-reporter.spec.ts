import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LaneReport } from './result.ts';

const inRoot = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

function reportOn(spec: string): LaneReport {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-lane-'));
  const report = join(folder, 'report.json');
  try {
    writeFileSync(join(folder, 'a.spec.ts'), spec);
    const config = ['--config', inRoot('test/lanes/vitest.config.ts'), '--globals'];
    const args = ['run', '--root', folder, ...config];
    const { NETFOLD_LANE: _lane, ...environment } = process.env;
    spawnSync(process.execPath, [inRoot('node_modules/vitest/vitest.mjs'), ...args], {
      cwd: folder,
      env: { ...environment, NETFOLD_LANE_REPORT: report },
    });
    return JSON.parse(readFileSync(report, 'utf8')) as LaneReport;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a run is told by its counts and by all that failed in it', () => {
  const report = reportOn(`
    test('adds', () => expect(3).toBe(3));
    describe('numbers', () => { test('subtract', () => expect(3, 'the rest').toBe(4)); });
    describe('a group', () => {
      beforeAll(() => { throw new Error('no server'); });
      test('is not reached', () => {});
    });
    test('later', (context) => context.skip());
    test('leaves something behind', () => { setTimeout(() => { throw new Error('lost'); }); });
    test('waits', () => new Promise((resolve) => { setTimeout(resolve, 50); }));
  `);
  expect(report).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
  expect(report.failures).toEqual([
    expect.stringContaining('a.spec.ts: numbers > subtract: the rest: expected 3 to be 4'),
    expect.stringContaining('a.spec.ts: a group: no server'),
    expect.stringMatching(/^outside of all tests: Error: lost\n +at .*a\.spec\.ts/u),
  ]);
});

test('a file that cannot be loaded is told', () => {
  const report = reportOn("throw new Error('cannot be loaded');");
  expect(report).toEqual({
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [expect.stringContaining('a.spec.ts: cannot be loaded')],
  });
});
