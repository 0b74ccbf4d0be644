import { describe, expect, test } from 'vitest';
import { exemptFromLimits } from './exempt.ts';
import {
  architectureLinesMax,
  decisionLinesMax,
  fileLinesMax,
  limitBreaches,
  lineColumnsMax,
} from './limits.ts';
import { files, filesLike, isLike, textOf } from './repository.ts';

const code = ['**/*.{ts,tsx,mjs,cjs,js,sql,graphql,sh,css}', '.*.cjs', '.ci/*'];

test('files and lines of code keep within their limits', () => {
  const breaches = filesLike(code, exemptFromLimits).flatMap((path) =>
    limitBreaches(path, textOf(path)),
  );
  expect(breaches).toEqual([]);
});

test('ARCHITECTURE.md and the decisions stay short', () => {
  const limitOf = (path: string): number | null => {
    if (path === 'ARCHITECTURE.md') return architectureLinesMax;
    return isLike(path, ['docs/decisions/*.md']) ? decisionLinesMax : null;
  };
  const tooLong = files.filter((path) => {
    const limit = limitOf(path);
    return limit !== null && textOf(path).split('\n').length - 1 > limit;
  });
  expect(tooLong).toEqual([]);
});

describe('the check itself', () => {
  test('a file at the limit is fine, one line more is not', () => {
    expect(limitBreaches('a.ts', 'x\n'.repeat(fileLinesMax))).toEqual([]);
    expect(limitBreaches('a.ts', 'x\n'.repeat(fileLinesMax + 1))).toEqual([
      'a.ts: 401 lines, at most 400',
    ]);
  });

  test('a line at the limit is fine, one column more is not', () => {
    expect(limitBreaches('a.ts', `x\n${'y'.repeat(lineColumnsMax)}\n`)).toEqual([]);
    expect(limitBreaches('a.ts', `x\n${'y'.repeat(lineColumnsMax + 1)}\n`)).toEqual([
      'a.ts:2: 101 columns, at most 100',
    ]);
  });
});
