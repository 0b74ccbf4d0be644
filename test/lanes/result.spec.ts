import { describe, expect, test } from 'vitest';
import type { Lane, Tool } from './lanes.ts';
import { closingLine, judge, type LaneReport } from './result.ts';

const tool: Tool = { command: 'docker', probe: [], howToGet: 'install it' };
const lane: Lane = { name: 'docker-cli', specs: [], minutesMax: 2, tools: [tool] };

const report = (said: Partial<LaneReport>): LaneReport => ({
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
  ...said,
});

describe('one lane', () => {
  test('a lane is green when its tests passed', () => {
    expect(judge(lane, report({ passed: 3 }), 0)).toMatchObject({ passed: 3, failed: 0 });
  });

  test('failing tests are counted one by one', () => {
    expect(judge(lane, report({ passed: 3, failed: 2 }), 1)).toMatchObject({
      passed: 3,
      failed: 2,
    });
  });

  test.each([
    ['ran no test', judge(lane, report({}), 0)],
    ['ran no test', judge(lane, null, 0)],
    ['did not run 1 of its tests', judge(lane, report({ passed: 1, skipped: 1 }), 0)],
    ['failed outside of its tests', judge(lane, report({ passed: 1 }), 1)],
    ['took longer than 2 minutes', judge(lane, null, null)],
  ])('a lane that %s has failed', (complaint, result) => {
    expect(result).toMatchObject({ complaints: expect.arrayContaining([complaint]) });
    expect(closingLine([result], { requireAll: false }).failed).toBeGreaterThan(0);
  });
});

describe('the closing line', () => {
  const green = judge(lane, report({ passed: 3 }), 0);
  const red = judge(lane, report({ passed: 4, failed: 2 }), 1);

  test('sums the lanes and stands alone at the end', () => {
    const { lines, failed } = closingLine([green, red], { requireAll: false });
    expect(lines.at(-1)).toBe('7 passed, 2 failed');
    expect(failed).toBe(2);
  });

  test('says what failed and why, so that its reader needs nothing of the run itself', () => {
    const failures = ['a.spec.ts: adds: 3 is not 4', 'outside of all tests: lost\nat a.ts:1'];
    const { lines } = closingLine([judge(lane, report({ passed: 1, failures }), 1)], {
      requireAll: false,
    });
    expect(lines).toEqual([
      'lane docker-cli: 1 passed, 1 failed',
      '  failed: the lane failed outside of its tests',
      '  failed: a.spec.ts: adds: 3 is not 4',
      '  failed: outside of all tests: lost\n    at a.ts:1',
      '1 passed, 1 failed',
    ]);
  });

  test('names twenty failures at most', () => {
    const failures = Array.from({ length: 22 }, (_, index) => `test ${index}`);
    const { lines } = closingLine([judge(lane, report({ failed: 22, failures }), 1)], {
      requireAll: false,
    });
    expect(lines.slice(-3)).toEqual(['  failed: test 19', '  and 2 more', '0 passed, 22 failed']);
  });

  test('a lane without its tool is named with the way to get it, and is no failure', () => {
    const { lines, failed } = closingLine([green, { kind: 'missing', lane, tool }], {
      requireAll: false,
    });
    expect(lines.slice(-3)).toEqual([
      'lane docker-cli: not run: `docker` was not found',
      '  to get it: install it',
      '3 passed, 0 failed',
    ]);
    expect(failed).toBe(0);
  });

  test('a lane without its tool is a failure where all are required', () => {
    const { lines, failed } = closingLine([{ kind: 'missing', lane, tool }], { requireAll: true });
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(failed).toBe(1);
  });
});
